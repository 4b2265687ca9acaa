import { describe, expect, test } from 'vitest';
import { CHAPTERS, type Command } from '../../../source/tui/keymap/command.ts';
import { COMMANDS, commandsHere, findCommands, footerCommands, shortOf } from '../../../source/tui/keymap/commands.ts';
import { overlayKeys } from '../../../source/tui/keymap/overlay-keys.ts';
import { placeOf } from '../../../source/tui/store/select.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { SCENES } from '../scenes.ts';
import { fleetAt } from '../shown.ts';

const states: readonly (readonly [string, State])[] = Object.entries(SCENES).map(([name, scene]) => [
  name,
  scene([120, 40]),
]);

test('ids are unique, titles are phrases of their own', () => {
  expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
  expect(new Set(COMMANDS.map(({ title }) => title)).size).toBe(COMMANDS.length);
  for (const { title, chapter } of COMMANDS) {
    expect(title).toMatch(/^[A-Z].*[^.!]$/);
    expect(CHAPTERS).toContain(chapter);
  }
});

test('in one place no key has two commands', () => {
  const places = new Set(COMMANDS.flatMap(({ places }) => places));
  for (const place of places) {
    const keys = COMMANDS.filter(command => command.places.includes(place)).flatMap(({ keys }) => keys);
    expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
  }
});

test('in an overlay no key has two meanings', () => {
  for (const [name, { overlay }] of states) {
    if (!overlay) continue;
    const keys = overlayKeys(overlay).flatMap(each => each.keys);
    expect(keys.toSorted(), name).toEqual([...new Set(keys)].toSorted());
  }
});

test('every overlay closes on esc and says so in the footer', () => {
  for (const [name, state] of states) {
    if (!state.overlay) continue;
    const esc = overlayKeys(state.overlay).find(({ keys }) => keys.includes('escape'));
    expect(esc?.short, name).toBeDefined();
    expect(
      esc?.run(state).actions?.some(({ type }) => type === 'overlayClosed'),
      name,
    ).toBe(true);
  }
});

test('every command is reached by a key or by the palette', () => {
  for (const command of COMMANDS) {
    const [, state] = states.find(([, each]) => command.places.includes(placeOf(each))) ?? [];
    expect(state, command.id).toBeDefined();
    if (state) expect(findCommands(state, command.title).map(({ id }) => id)).toContain(command.id);
  }
});

test('the keys of Claude Squad are there', () => {
  const keys = COMMANDS.filter(({ places }) => places.includes('fleet')).flatMap(({ keys }) => keys);
  expect(keys).toEqual(
    expect.arrayContaining('n N D enter o c r p tab j k up down shift-up shift-down ? q ctrl-c'.split(' ')),
  );
});

describe('a key that is enabled does something, one that is disabled says why', () => {
  test.each(states)('%s', (_name, state) => {
    for (const command of commandsHere(state)) {
      const why = command.disabledReason(state);
      if (why !== undefined) {
        expect(why, command.id).not.toBe('');
        expect(why, command.id).not.toMatch(/\.$/);
        continue;
      }
      const { actions = [], acts = [] } = command.run(state);
      expect(actions.length + acts.length, command.id).toBeGreaterThan(0);
    }
  });
});

test('the footer has only what can be done now, most useful first', () => {
  const ids = (state: State) => footerCommands(state).map(({ id }) => id);
  expect(ids(fleetAt([120, 40])).slice(0, 4)).toEqual(['focus', 'inbox', 'prompt', 'letGo']);
  expect(ids(SCENES.ready?.([120, 40]) as State).slice(0, 3)).toEqual(['focus', 'merge', 'sendBack']);
  expect(ids(SCENES.paused?.([120, 40]) as State)[0]).toBe('resume');
  expect(ids(SCENES.taken?.([120, 40]) as State)[0]).toBe('giveBack');
  for (const [, state] of states) {
    for (const command of footerCommands(state)) expect(command.disabledReason(state)).toBeUndefined();
  }
});

test('the palette finds by all words, in any order, what can be done first', () => {
  const state = fleetAt([120, 40]);
  const titles = (query: string) => findCommands(state, query).map(({ title }) => title);
  expect(titles('worktree shell')).toEqual(['Open a shell in its worktree']);
  expect(titles('xyzzy')).toEqual([]);
  const enabled = findCommands(state, '').map((command: Command) => command.disabledReason(state) === undefined);
  expect(enabled).toEqual(enabled.toSorted((a, b) => Number(b) - Number(a)));
});

test('the short name of tab says where it leads', () => {
  const tab = COMMANDS.find(({ id }) => id === 'nextTab') as Command;
  expect(shortOf(tab, fleetAt([120, 40]))).toBe('diff');
  expect(shortOf(tab, fleetAt([120, 40], { type: 'tabChosen', tab: 'shell' }))).toBe('agent');
});
