import { afterEach, expect, test } from 'vitest';
import { DEMO_SESSIONS } from '../../source/demo/fleet.ts';
import type { Fleet } from '../driver/fleet.ts';
import { gone, marked, select, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

test('two screens show the same fleet, and both can type', async () => {
  fleet = await startStage({ size: [100, 30] });
  const first = fleet.terminal;
  const second = fleet.open({ size: [120, 40] });
  await second.see('No sessions in');
  await spawnByKeys(first, 'Shared', '[[say one]]');
  await marked(second, 'Shared', '○');
  await second.see('● one');
  second.press('enter');
  await second.see('keys go to demo');
  second.type('[[say from the second]]\n');
  await first.see('● from the second');
  second.press('ctrl-q');
  await second.see('? help');
  await select(first, 'Shared');
  first.press('i');
  await first.see('enter send');
  first.type('[[say from the first]]\n');
  await second.see('● from the first');
  first.press('q');
  expect(await first.ended).toBe(0);
  await second.see('● from the first');
});

test('commands act on a fleet that a screen shows', async () => {
  fleet = await startStage({ size: [100, 30] });
  const made = await fleet.cli(['new', 'From a script', '--agent', 'demo', '--prompt', '[[say made]]']);
  const id = made.stdout.trim();
  await marked(fleet.terminal, 'From a script', '○');
  await fleet.see('● made');
  expect((await fleet.cli(['send', id, '[[say sent]]', '--wait'])).code).toBe(0);
  await fleet.see('● sent');
  await fleet.cli(['rename', id, 'Renamed']);
  await fleet.see('Renamed');
  await fleet.cli(['pause', id]);
  await marked(fleet.terminal, 'Renamed', '‖');
  await fleet.cli(['resume', id]);
  await marked(fleet.terminal, 'Renamed', '○');
  await fleet.cli(['kill', id]);
  await gone(fleet.terminal, 'Renamed');
  await fleet.cli(['undo']);
  await marked(fleet.terminal, 'Renamed', '○');
});

test('outside of a repository: the way on is offered, and the demo works', async () => {
  fleet = await startStage({ repository: 'none', opened: false });
  const terminal = fleet.open();
  await terminal.see('not a git repository');
  terminal.press('d');
  for (const { title } of DEMO_SESSIONS) await terminal.see(title, { within: 20_000 });
  await terminal.see('▲', { within: 20_000 });
}, 60_000);

test('outside of a repository: one is made here, and a session in it', async () => {
  fleet = await startStage({ repository: 'none', opened: false });
  const terminal = fleet.open();
  await terminal.see('not a git repository');
  terminal.press('m');
  await terminal.see('── Make a git repository here? ─');
  terminal.press('y');
  await terminal.see('No sessions in');
  await spawnByKeys(terminal, 'First', '[[say hello]]');
  await marked(terminal, 'First', '○');
});

test('a repository without a commit: the first one is offered', async () => {
  fleet = await startStage({ repository: { unborn: true }, opened: false });
  const terminal = fleet.open();
  await terminal.see(/no commit/i);
  terminal.press('m');
  await terminal.see('No sessions in');
  await spawnByKeys(terminal, 'First', '[[say hello]]');
  await marked(terminal, 'First', '○');
});

test('attach shows one pane on the whole terminal; the leaving key ends it', async () => {
  fleet = await startStage({ opened: false });
  const id = (await fleet.cli(['new', 'Solo', '--agent', 'demo', '--prompt', '[[say here]]'])).stdout.trim();
  const terminal = fleet.open({ args: ['attach', id], size: [100, 30] });
  await terminal.see('● here');
  terminal.type('[[say attached]]\n');
  await terminal.see('● attached');
  terminal.press('ctrl-q');
  expect(await terminal.ended).toBe(0);
  expect(terminal.modes().alternateScreen).toBe(false);
});

test('keys that are typed right after a pane was entered are not lost', async () => {
  fleet = await startStage({ size: [100, 30] });
  for (const title of ['Alto', 'Bass']) await spawnByKeys(fleet.terminal, title, `[[say ${title}]]`);
  for (const title of ['Alto', 'Bass']) await marked(fleet.terminal, title, '○');
  // All in one go: another pane is selected, entered and typed to before its host can have answered.
  const from = fleet.screen().lines.findIndex(line => line.startsWith('▌'));
  const up = fleet
    .screen()
    .lines.slice(0, from)
    .some(line => /^ ○ /.test(line));
  fleet.terminal.send(`${up ? 'k' : 'j'}\r[[say at once]]`);
  await fleet.see('> [[say at once]]');
  fleet.press('enter');
  await fleet.see('● at once');
});

test('keys that come before tutti has the terminal, and while it looks for the sessions, are played in their order', async () => {
  fleet = await startStage({ opened: false });
  await fleet.cli(['new', 'Early', '--agent', 'demo', '--prompt', '[[say here]]']);
  await fleet.cli('wait Early');
  // Nothing of it runs yet: the terminal still makes lines of what is typed.
  const first = fleet.open({ size: [100, 30] });
  first.type('\n[[say typed at once]]\n');
  await first.see('● typed at once');
  first.press('ctrl-q', 'q');
  expect(await first.ended).toBe(0);
  // A daemon that has to be started keeps one waiting.
  await fleet.cli('daemon stop');
  const second = fleet.open({ size: [100, 30] });
  await second.waitUntil('it has the terminal', () => second.modes().alternateScreen);
  second.type('\n[[say typed soon]]\n');
  await second.see('● typed soon');
  await second.hangUp();
  const third = fleet.open({ args: ['attach', 'Early'], size: [100, 30] });
  third.type('[[say typed to an attach]]\n');
  await third.see('● typed to an attach');
});
