import { expect, test } from 'vitest';
import type { SessionFact } from '../../source/session/event.ts';
import { LIVE, STARTED, sessionAfter } from './make.ts';

test('a conversation that another one follows stays within reach, once, if a turn has begun in it', () => {
  const named = (conversation: string, begun = true): SessionFact => ({
    type: 'conversationReported',
    conversation,
    begun,
  });
  const after = (...facts: readonly SessionFact[]) => {
    const { conversation, earlier } = sessionAfter(...LIVE, ...facts);
    return [conversation, earlier?.map(({ id }) => id)];
  };
  // A made one in whose place the agent has chosen its own.
  expect(after(named('a'))).toEqual(['a', undefined]);
  expect(after(named('a'), named('a'))).toEqual(['a', undefined]);
  expect(after(named('a'), named('b'), named('c'))).toEqual(['c', ['a', 'b']]);
  expect(after(named('a'), named('b'), named('c'), named('a'))).toEqual(['a', ['b', 'c']]);
  // The agent does not know it any more; the next one was never asked anything.
  expect(after(named('a'), named('b', false), named('c'))).toEqual(['c', ['a']]);
});

test('an earlier conversation lies where its agent kept its records then', () => {
  const named = (conversation: string): SessionFact => ({ type: 'conversationReported', conversation, begun: true });
  const started = [...LIVE.slice(0, -1), { ...STARTED, records: '/home/ana/.claude' }];
  expect(sessionAfter(...started, named('a'), named('b')).earlier).toEqual([{ id: 'a', records: '/home/ana/.claude' }]);
});
