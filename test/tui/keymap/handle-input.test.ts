import { expect, test } from 'vitest';
import type { Changes } from '../../../source/protocol/daemon.ts';
import type { Status } from '../../../source/session/status.ts';
import { pictureOf } from '../../../source/tui/app/screen.ts';
import { footerCommands } from '../../../source/tui/keymap/commands.ts';
import { dismissal, handleMouse, handlePaste } from '../../../source/tui/keymap/handle-input.ts';
import type { MouseEvent } from '../../../source/tui/keys/input-event.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { press } from '../press-keys.ts';
import { SCENES } from '../scenes.ts';
import { fleetAt, shown } from '../shown.ts';
import { NOW, runOf, viewOf } from '../views.ts';

const fleet = fleetAt([120, 40]);

test('j j k moves, enter focuses, z zooms', () => {
  expect(press(fleet, 'j', 'j', 'k').state.selected).toBe('aaaa000002');
  expect(press(fleet, 'enter').state.view).toBe('pane');
  expect(press(fleet, 'o').state.view).toBe('pane');
  expect(press(fleet, 'z').state.view).toBe('zoom');
});

test('a disabled key says why instead of doing nothing; esc owes no explanation', () => {
  expect(press(fleet, 'r').state.message?.text).toBe('r (resume) does nothing now: it is running, not paused.');
  expect(press(fleet, 'escape').state.message).toBeUndefined();
  expect(press(fleet, 'f12')).toEqual({ state: fleet, acts: [] });
});

test('D asks, and only y kills', () => {
  const asked = press(fleet, 'D');
  expect(asked.acts).toEqual([]);
  expect(press(asked.state, 'y').acts).toEqual([{ type: 'kill', session: 'aaaa000001' }]);
  expect(press(asked.state, 'c').acts).toEqual([{ type: 'pause', session: 'aaaa000001' }]);
  for (const no of ['escape', 'n', 'ctrl-c']) {
    expect(press(asked.state, no)).toMatchObject({ acts: [], state: { overlay: undefined } });
  }
  expect(press(asked.state, 'enter', 'space', 'x')).toEqual({ state: asked.state, acts: [] });
});

test('in why ! keeps a state that is wrong, and closes', () => {
  expect(press(fleet, 'w', '!')).toMatchObject({
    acts: [
      { type: 'askWhy', session: 'aaaa000001' },
      { type: 'reportState', session: 'aaaa000001' },
    ],
    state: { overlay: undefined },
  });
});

test('a pause of a working session asks, of an idle one does not', () => {
  expect(press(fleet, 'c').acts).toEqual([{ type: 'pause', session: 'aaaa000001' }]);
  const working = press(fleetAt([120, 40], { type: 'selected', id: 'aaaa000004' }), 'c');
  expect(working.acts).toEqual([]);
  expect(press(working.state, 'y').acts).toEqual([{ type: 'pause', session: 'aaaa000004' }]);
});

test('merge and push are bound to the commit that is shown', () => {
  const ready = fleetAt([120, 40], { type: 'selected', id: 'aaaa000003' });
  expect(press(ready, 'm', 'y').acts).toEqual([{ type: 'merge', session: 'aaaa000003', commit: '3'.repeat(40) }]);
  expect(press(fleet, 'p', 'n').acts).toEqual([{ type: 'push', session: 'aaaa000001', commit: '2'.repeat(40) }]);
});

test('i types into the prompt box, keys of commands included; enter sends', () => {
  const typed = press(fleet, 'i', 'n', 'D', 'space', 'q', 'alt-enter', 'x', 'enter');
  expect(typed.acts).toEqual([{ type: 'sendPrompt', sessions: ['aaaa000001'], text: 'nD q\nx' }]);
  expect(typed.state.overlay).toMatchObject({ kind: 'form', form: { sending: true } });
});

test('a paste is text, never keys', () => {
  const box = press(fleet, 'i').state;
  const intent = handlePaste(box, { type: 'paste', text: 'a\r\ny', bytes: Buffer.alloc(0), raw: Buffer.alloc(0) });
  const after = (intent.actions ?? []).reduce(reduce, box);
  expect(press(after, 'enter').acts).toMatchObject([{ text: 'a\ny' }]);
  expect(handlePaste(fleet, { type: 'paste', text: 'D', bytes: Buffer.alloc(0), raw: Buffer.alloc(0) })).toEqual({});
});

test('the palette runs what it shows, and says why it does not', () => {
  const found = press(fleet, ':', ...'rename'.split(''), 'enter');
  expect(found.state.overlay).toMatchObject({ kind: 'form', form: { purpose: { name: 'rename' } } });
  const refused = press(fleet, ':', ...'restart'.split(''), 'enter');
  expect(refused.state.message?.text).toContain('its agent runs');
  expect(press(fleet, ':', 'down', 'down', 'up').state.overlay).toMatchObject({ at: 1 });
});

test('the filter narrows while it is typed; enter keeps it, esc takes it away', () => {
  const typed = press(fleet, '/', 'n', 'o', 'd', 'e').state;
  expect(typed.filter).toBe('node');
  expect(press(typed, 'enter').state).toMatchObject({ overlay: undefined, filter: 'node' });
  expect(press(typed, 'enter', 'escape').state.filter).toBe('');
  expect(press(typed, 'escape').state).toMatchObject({ overlay: undefined, filter: '' });
});

test('q quits at once, ctrl-c asks and quits the second time', () => {
  expect(press(fleet, 'q').acts).toEqual([{ type: 'quit' }]);
  expect(press(fleet, 'ctrl-c').acts).toEqual([]);
  expect(press(fleet, 'ctrl-c', 'ctrl-c').acts).toEqual([{ type: 'quit' }]);
  expect(press(SCENES.empty?.([80, 24]) as State, 'ctrl-c').acts).toEqual([{ type: 'quit' }]);
});

test('places without sessions have their own keys', () => {
  const outside = SCENES.noRepository?.([80, 24]) as State;
  const asked = press(outside, 'm');
  expect(asked.acts).toEqual([]);
  expect(shown(asked.state)).toContain('Make a git repository here?');
  expect(press(asked.state, 'n')).toMatchObject({ acts: [], state: { overlay: undefined } });
  expect(press(asked.state, 'y').acts).toEqual([{ type: 'beginRepository' }]);
  // That it is one was somebody's wish already.
  expect(press(SCENES.emptyRepository?.([80, 24]) as State, 'm').acts).toEqual([{ type: 'beginRepository' }]);
  expect(press(outside, 'd').acts).toEqual([{ type: 'openDemo' }]);
  expect(press(outside, 'n').acts).toEqual([]);
  expect(press(outside, 'c').state.overlay).toMatchObject({ kind: 'form', form: { purpose: { name: 'choosePath' } } });
});

test('enter in the tab of a shell that is not there opens one', () => {
  const shell = fleetAt([120, 40], { type: 'tabChosen', tab: 'shell' });
  expect(press(shell, 'enter')).toMatchObject({
    acts: [{ type: 'openShell' }],
    state: { view: 'pane', opening: true },
  });
});

test('enter on the diff and on a check that is over goes to the agent, as the footer says', () => {
  for (const scene of ['diff', 'check']) {
    const state = SCENES[scene]?.([80, 24]) as State;
    expect(shown(state)).toContain('enter focus agent');
    expect(press(state, 'enter').state).toMatchObject({ view: 'pane', tab: 'agent' });
    expect(press(state, 'z').state).toMatchObject({ view: 'zoom', tab: 'agent' });
  }
});

test('the output of a check that is over scrolls to both of its ends', () => {
  const check = SCENES.check?.([80, 24]) as State;
  expect(shown(check)).toContain('not ok 60');
  const up = press(check, 'pageUp', 'shift-up').state;
  expect(up.scrolledBack).toBe(20);
  expect(shown(up)).not.toContain('not ok 60');
  expect(shown(up)).toContain('20 rows up');
  const first = press(up, 'pageUp', 'pageUp', 'pageUp').state;
  expect(shown(first)).toContain('not ok 1 -');
  expect(press(first, 'shift-up').state.scrolledBack).toBe(first.scrolledBack);
  expect(press(first, 'escape').state.scrolledBack).toBe(0);
});

test('what can not be scrolled says so', () => {
  const exited = SCENES.exited?.([80, 24]) as State;
  expect(press(exited, 'pageUp').state.message?.text).toBe('pgup (page up) does nothing now: no program runs there.');
});

test('p offers to commit what is not committed; where all is committed it only asks whether to push', () => {
  const asked = press(fleetAt([120, 40]), 'p').state;
  const commit = '2'.repeat(40);
  expect(asked.overlay).toMatchObject({ question: { ask: 'push', commit, uncommitted: 2 } });
  const push = { type: 'push', session: 'aaaa000001', commit };
  expect(press(asked, 'y').acts).toEqual([{ type: 'commitAndPush', session: 'aaaa000001' }]);
  expect(press(asked, 'n').acts).toEqual([push]);
  expect(press(asked, 'escape')).toMatchObject({ acts: [], state: { overlay: undefined } });
  const clean = viewOf({ id: 'aaaa000001', changes: {} });
  const question = press(fleetAt([120, 40], { type: 'sessionChanged', view: clean }), 'p').state;
  expect(press(question, 'y').acts).toEqual([push]);
  expect(press(question, 'n').acts).toEqual([]);
  // The files of a run that has committed them since they were counted.
  const run = runOf({ stage: { name: 'ready', at: NOW }, readyCommit: '3'.repeat(40) });
  const stale = viewOf({ id: 'aaaa000001', changes: { uncommitted: 2 }, session: { run } });
  const ready = press(fleetAt([120, 40], { type: 'sessionChanged', view: stale }), 'p').state;
  expect(ready.overlay).toMatchObject({ question: { ask: 'push', commit: '3'.repeat(40), uncommitted: 0 } });
});

test('t dismisses the failure of a run that is over; where its agent has gone on, there is nothing to take', () => {
  const run = runOf({ stage: { name: 'stopped', why: 'attempts', text: 'still red', at: NOW } });
  const stopped = (status: Status) =>
    fleetAt([120, 40], {
      type: 'sessionChanged',
      view: viewOf({ id: 'aaaa000001', status, session: { run }, refused: { takeOver: undefined } }),
    });
  expect(shown(stopped('failed'))).toContain('t dismiss');
  expect(press(stopped('failed'), 't').acts).toEqual([{ type: 'takeOver', session: 'aaaa000001' }]);
  expect(press(stopped('working'), 't')).toMatchObject({ acts: [], state: { message: { tone: 'info' } } });
  expect(footerCommands(stopped('working')).map(({ id }) => id)).not.toContain('takeOver');
});

test('p says where to; without a commit there is no push of the commits only, and with nothing at all none', () => {
  const target = (changes: Partial<Changes>, refused = {}) =>
    fleetAt([120, 40], {
      type: 'sessionChanged',
      view: viewOf({ id: 'aaaa000001', title: 'Is it fast?', changes, refused }),
    });
  const first = press(target({ commits: 0, uncommitted: 2 }), 'p').state;
  expect(shown(first)).toContain('── Push "Is it fast?" to origin? ──');
  expect(shown(first)).toMatch(/^ y commit all and push {3}esc no/m);
  expect(press(first, 'n')).toMatchObject({ acts: [], state: { overlay: undefined } });
  expect(shown(press(target({ pushesTo: undefined }), 'p').state)).toContain('── Push "Is it fast?"? ──');
  const nothing = press(target({ commits: 0 }), 'p').state;
  expect(nothing.message?.text).toContain('its branch has nothing of its own yet');
  expect(footerCommands(target({ commits: 0 })).map(({ id }) => id)).not.toContain('push');
  const busy = press(target({ commits: 0, uncommitted: 2 }, { commit: 'it is being committed' }), 'p').state;
  expect(busy.message?.text).toContain('it is being committed');
});

test('S goes to the shell: one that is not there is opened first', () => {
  const opened = press(fleetAt([120, 40]), 'S');
  expect(opened).toMatchObject({
    acts: [{ type: 'openShell' }],
    state: { tab: 'shell', view: 'pane', opening: true },
  });
  const [view] = opened.state.sessions.values();
  const shell = { role: 'shell', name: 'shell-1', bundle: '/data/shell', running: true } as const;
  const there = viewOf({ id: view?.session.id ?? '', panes: [...(view?.panes ?? []), shell] });
  const standing = fleetAt([120, 40], { type: 'sessionChanged', view: there });
  expect(press(standing, 'S')).toMatchObject({ acts: [], state: { tab: 'shell', view: 'pane', opening: false } });
});

const mouse = (action: MouseEvent['action'], x: number, y: number): MouseEvent => ({
  type: 'mouse',
  action,
  button: 'left',
  x,
  y,
  ctrl: false,
  alt: false,
  shift: false,
  raw: Buffer.alloc(0),
});

test('a click on either line of a row selects it, on a heading nothing, in the pane it focuses', () => {
  const picture = pictureOf(fleet);
  const click = (x: number, y: number) => handleMouse(fleet, mouse('press', x, y), picture).actions ?? [];
  expect(click(5, 4)).toEqual([{ type: 'selected', id: 'aaaa000002' }]);
  expect(click(5, 5)).toEqual([{ type: 'selected', id: 'aaaa000002' }]);
  expect(click(5, 6)).toEqual([]);
  expect(click(5, 30)).toEqual([]);
  expect(click(60, 10)).toEqual([{ type: 'viewChosen', view: 'pane' }]);
  expect(handleMouse(fleet, mouse('release', 5, 4), picture)).toEqual({});
});

test('the wheel moves the list, scrolls the diff or the pane, or what lies over them', () => {
  const picture = pictureOf(fleet);
  expect(handleMouse(fleet, mouse('wheelDown', 5, 4), picture).actions).toEqual([{ type: 'moved', by: 1 }]);
  expect(handleMouse(fleet, mouse('wheelUp', 60, 4), picture).acts).toEqual([{ type: 'scrollPane', by: 3 }]);
  const diff = SCENES.diff?.([120, 40]) as State;
  expect(handleMouse(diff, mouse('wheelDown', 60, 4), pictureOf(diff)).actions).toEqual([
    { type: 'diffScrolled', by: 3 },
  ]);
  const help = SCENES.help?.([120, 40]) as State;
  expect(handleMouse(help, mouse('wheelDown', 60, 4), pictureOf(help)).actions).toEqual([
    { type: 'overlayScrolled', by: 3 },
  ]);
});

test('a key takes a message away; a failure only when it could be read', () => {
  const said = (tone: 'info' | 'failure') => fleetAt([80, 24], { type: 'said', tone, text: 'x', at: NOW });
  expect(dismissal(said('info'), NOW)).toEqual({ type: 'messageSeen' });
  expect(dismissal(said('failure'), NOW + 500)).toBeUndefined();
  expect(dismissal(said('failure'), NOW + 1_000)).toEqual({ type: 'messageSeen' });
  expect(dismissal(fleet, NOW)).toBeUndefined();
});
