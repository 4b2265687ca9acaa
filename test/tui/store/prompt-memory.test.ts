import { expect, test } from 'vitest';
import {
  draftOf,
  earlierPrompts,
  mergedMemory,
  NO_MEMORY,
  withDraft,
  withSent,
} from '../../../source/tui/store/prompt-memory.ts';

const sent = (session: string, text: string, at: number) => ({ sessions: [session], text, at });

test('what this session was told comes first, then what others were, each text once', () => {
  const memory = [sent('a', 'one', 1), sent('b', 'two', 2), sent('a', 'three', 3), sent('b', 'one', 4)].reduce(
    withSent,
    NO_MEMORY,
  );
  expect(earlierPrompts(memory, ['a'])).toEqual(['three', 'one', 'two']);
  expect(earlierPrompts(memory, ['b'])).toEqual(['one', 'two', 'three']);
  expect(earlierPrompts(memory, ['c'])).toEqual(['one', 'three', 'two']);
});

test('the same to the same is kept once, and no more than three hundred', () => {
  const many = Array.from({ length: 400 }, (_, at) => sent('a', `text ${at % 350}`, at)).reduce(withSent, NO_MEMORY);
  expect(many.sent).toHaveLength(300);
  expect(many.sent[0]).toEqual(sent('a', 'text 49', 399));
  expect(withSent(NO_MEMORY, sent('a', 'x'.repeat(20_001), 1)).sent).toEqual([]);
});

test('a draft stays until it is sent or emptied; what was typed on meanwhile stays', () => {
  const typed = withDraft(NO_MEMORY, ['b', 'a'], 'half');
  expect(draftOf(typed, ['a', 'b'])).toBe('half');
  expect(draftOf(typed, ['a'])).toBe('');
  expect(withSent(typed, { sessions: ['a', 'b'], text: 'half', at: 1 }).drafts).toEqual({});
  expect(withSent(typed, { sessions: ['a', 'b'], text: 'ha', at: 1 }).drafts).toEqual(typed.drafts);
  expect(withDraft(typed, ['a', 'b'], '').drafts).toEqual({});
});

test('two screens that keep prompts lose none of each other, and bring nothing back', () => {
  const before = withDraft(withDraft(NO_MEMORY, ['a'], 'old'), ['b'], 'stays');
  const kept = withDraft(withSent(before, sent('b', 'theirs', 2)), ['c'], 'new there');
  const own = withSent(before, sent('a', 'old', 3));
  expect(mergedMemory({ kept, before, own })).toEqual({
    sent: [sent('a', 'old', 3), sent('b', 'theirs', 2)],
    drafts: { b: 'stays', c: 'new there' },
  });
});
