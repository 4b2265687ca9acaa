import { expect, test } from 'vitest';
import { adoptChosen, lookAtChosen } from '../../../source/tui/keymap/adopt-keys.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import { RECORD_SCENES } from '../record-scenes.ts';

const list = RECORD_SCENES.adopt([80, 24]);

test('the chosen one is taken over as a session of its agent, its first prompt as the title', () => {
  const next = reduce(list, { type: 'overlayScrolled', by: 1 });
  expect(adoptChosen(next)).toEqual({
    actions: [{ type: 'overlayClosed' }],
    acts: [
      {
        type: 'createSession',
        title: 'Add a dark theme',
        agent: { kind: 'codex', command: undefined, permissionMode: undefined, model: undefined, extra: [] },
        adopt: '0190d0b0-2222-4222-8333-444455556666',
      },
    ],
  });
  expect(lookAtChosen(next)).toEqual({
    acts: [{ type: 'readConversation', agent: 'codex', id: '0190d0b0-2222-4222-8333-444455556666' }],
  });
});

test('one that can not be taken over says why, and the list stays; nothing is chosen where there is none', () => {
  const last = reduce(list, { type: 'overlayScrolled', by: 9 });
  expect(lookAtChosen(last).acts).toHaveLength(1);
  const { actions, acts } = adoptChosen(last);
  expect(acts).toBeUndefined();
  expect(actions).toMatchObject([{ type: 'said', text: expect.stringContaining('only in the folder where it began') }]);
  const none = RECORD_SCENES.adoptNone([80, 24]);
  expect([adoptChosen(none), lookAtChosen(none)]).toEqual([{}, {}]);
});

const idOf = ({ overlay }: typeof list) =>
  (overlay?.kind === 'adopt' ? overlay.conversations?.[overlay.at]?.id : undefined) ?? '';
const shownIn = ({ overlay }: typeof list) => (overlay?.kind === 'adopt' ? overlay.look : undefined);
const FOUND = (() => {
  const found = shownIn(RECORD_SCENES.adoptLook([80, 24]))?.found;
  if (!found) throw new Error('no history is shown');
  return found;
})();

test('a history that comes after another one was chosen is not shown: enter would take what is not looked at', () => {
  const id = idOf(list);
  const moved = reduce(list, { type: 'overlayScrolled', by: 1 });
  expect(shownIn(reduce(moved, { type: 'conversationRead', id, found: FOUND }))).toBeUndefined();
  expect(shownIn(reduce(list, { type: 'conversationRead', id, found: FOUND }))).toEqual({ found: FOUND, top: 0 });
});

test('one that is open elsewhere is taken by a second press, which a key that is held is not, and another row begins anew', () => {
  const at = (state: typeof list, ms: number) => ({ ...state, now: list.now + ms });
  const press = (state: typeof list) => (adoptChosen(state).actions ?? []).reduce(reduce, state);
  const open = reduce(list, { type: 'overlayScrolled', by: 2 });
  expect(adoptChosen(open).acts).toBeUndefined();
  const armed = press(open);
  const held = press(at(armed, 100));
  expect(adoptChosen(at(armed, 100)).acts).toBeUndefined();
  expect(adoptChosen(at(held, 499)).acts).toBeUndefined();
  expect(adoptChosen(at(held, 500)).acts).toMatchObject([{ type: 'createSession', adoptOpen: true }]);
  // Who presses on and on is waited for once.
  const again = press(at(armed, 500));
  expect(adoptChosen(at(again, 899)).acts).toBeUndefined();
  expect(adoptChosen(at(again, 900)).acts).toHaveLength(1);
  const left = [-1, 1].reduce((state, by) => reduce(state, { type: 'overlayScrolled', by }), armed);
  expect(adoptChosen(at(left, 800)).acts).toBeUndefined();
  // From its history the list comes back, which says why.
  const looking = reduce(open, { type: 'conversationRead', id: idOf(open), found: FOUND });
  expect(press(looking).overlay).toMatchObject({
    look: undefined,
    armed: { key: '0190d0b0-3333-4222-8333-444455556666' },
  });
});
