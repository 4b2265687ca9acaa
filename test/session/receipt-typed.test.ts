import { expect, test } from 'vitest';
import { typedTurn } from '../../source/session/receipt.ts';
import { type Happening, hostStatusAfter } from '../agents/host-status.ts';

test.each<[string, readonly Happening[], boolean]>([
  ['nothing was typed', [{ state: 'idle' }, { state: 'working' }], false],
  [
    'an Enter that answered a dialog before the conversation',
    [{ state: 'blocked' }, { submitted: true }, { state: 'idle' }],
    false,
  ],
  ['an Enter on a program that says nothing', [{ submitted: true }, { drawn: true }], false],
  ['a turn of a sub-agent only', [{ submitted: true }, { state: 'working', id: 'sub' }], false],
  ['typed, and the agent works', [{ state: 'idle' }, { submitted: true }, { state: 'working' }], true],
  ['typed, and only the end was told', [{ state: 'idle' }, { submitted: true }, { state: 'done' }], true],
])('somebody began a turn by keys: %s', (_, happenings, begun) => {
  expect(typedTurn(hostStatusAfter(happenings))).toBe(begun);
});

test.each<[string, readonly Happening[], boolean]>([
  ['what holds in a turn alone', [{ submitted: true }, { holds: 'x/working' }], true],
  ['that before anything was typed', [{ holds: 'x/working' }, { submitted: true }], false],
  ['something else', [{ submitted: true }, { holds: 'x/taken' }], false],
])('of a program that says nothing of itself its screen tells it: %s', (_, happenings, begun) => {
  expect(typedTurn(hostStatusAfter(happenings), { typed: ['x/working'] })).toBe(begun);
});
