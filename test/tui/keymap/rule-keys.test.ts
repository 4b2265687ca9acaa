import { expect, test } from 'vitest';
import { footerCommands } from '../../../source/tui/keymap/commands.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { press } from '../press-keys.ts';
import { inbox } from '../scenes.ts';
import { fleetAt } from '../shown.ts';

const ID = 'aaaa000001';
const allowed = (state: State) =>
  reduce(state, { type: 'commandAllowed', allowed: { session: ID, command: 'npm test' } });

test('Y makes a rule of what was allowed last: at first of that command, in that session, for that agent alone', () => {
  const { state } = press(allowed(fleetAt([120, 40])), 'Y');
  expect(state.overlay).toMatchObject({ kind: 'form', form: { purpose: { name: 'rule', session: ID, from: 'list' } } });
  expect(press(state, 'enter').acts).toEqual([
    {
      type: 'makeRule',
      session: ID,
      command: 'npm test',
      match: 'exact',
      where: 'session',
      agent: 'claude',
      from: 'list',
    },
  ]);
  expect(press(state, 'tab', 'down', 'tab', 'down', 'tab', 'down', 'enter').acts).toMatchObject([
    { match: 'beginning', where: 'repository', agent: null },
  ]);
  expect(press(state, 'tab', 'tab', 'down', 'down', 'enter').acts).toMatchObject([{ where: 'everywhere' }]);
});

test('what no rule can be made of is said in the form', () => {
  const { state } = press(allowed(fleetAt([120, 40])), 'Y');
  const edited = reduce(state, { type: 'overlayEdited', edit: { type: 'insert', text: '; rm -rf /' } });
  const refused = press(edited, 'enter');
  expect(refused.acts).toEqual([]);
  expect(refused.state.overlay).toMatchObject({
    form: { trouble: expect.stringContaining('it deletes without asking') },
  });
});

test('where nothing was allowed there is nothing to make a rule of; its session may be gone', () => {
  const fleet = fleetAt([120, 40]);
  expect(press(fleet, 'Y').state.message?.text).toBe(
    'Y (rule) does nothing now: no command was allowed here by an answer yet.',
  );
  expect(footerCommands(fleet).map(({ id }) => id)).not.toContain('rule');
  expect(footerCommands(allowed(fleet)).map(({ id }) => id)).toContain('rule');
  expect(press(reduce(allowed(fleet), { type: 'sessionRemoved', id: ID }), 'Y').state.overlay).toBeUndefined();
  expect(press(inbox([120, 40]), 'Y').state.message?.text).toContain('There is nothing to make a rule of');
});

test('from the inbox it leads back there', () => {
  const { state } = press(allowed(inbox([120, 40])), 'Y');
  expect(state.overlay).toMatchObject({ form: { purpose: { from: 'inbox' } } });
  expect(press(state, 'escape').state.overlay).toMatchObject({ kind: 'inbox' });
});
