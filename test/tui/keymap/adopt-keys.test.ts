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
  const { actions, acts } = adoptChosen(last);
  expect(acts).toBeUndefined();
  expect(actions).toMatchObject([{ type: 'said', text: expect.stringContaining('it is open in claude') }]);
  const none = RECORD_SCENES.adoptNone([80, 24]);
  expect([adoptChosen(none), lookAtChosen(none)]).toEqual([{}, {}]);
});
