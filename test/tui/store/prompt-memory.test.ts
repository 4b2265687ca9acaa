import { expect, test } from 'vitest';
import type { Prompt } from '../../../source/session/prompt.ts';
import {
  draftOf,
  earlierPrompts,
  mergedMemory,
  NO_MEMORY,
  withDraft,
  withSent,
} from '../../../source/tui/store/prompt-memory.ts';
import { draftFor } from '../../../source/tui/store/recall.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import { promptForm } from '../../../source/tui/store/session-forms.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { fleetAt } from '../shown.ts';

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

test('of very many drafts, or very long ones, the newest are kept', () => {
  const many = Array.from({ length: 150 }, (_, at) => [`s${at}`, 'x'] as const).reduce(
    (memory, [id, text]) => withDraft(memory, [id], text),
    NO_MEMORY,
  );
  expect(Object.keys(many.drafts)).toHaveLength(100);
  expect(Object.keys(many.drafts)[0]).toBe('s50');
  // One that is typed on is new again.
  const on = withDraft(withDraft(many, ['s50'], 'xx'), ['new'], 'x');
  expect([draftOf(on, ['s50']), draftOf(on, ['s51'])]).toEqual(['xx', '']);
  const long = ['a', 'b', 'c'].reduce((memory, id) => withDraft(memory, [id], 'x'.repeat(400_000)), NO_MEMORY);
  expect(Object.keys(long.drafts)).toEqual(['b', 'c']);
  expect(Object.keys(withDraft(long, ['d'], 'x'.repeat(1_200_000)).drafts)).toEqual(['d']);
  const both = mergedMemory({ kept: many, before: NO_MEMORY, own: on });
  expect(Object.keys(both.drafts)).toHaveLength(100);
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

const typing = (state: State, text: string) => reduce(state, { type: 'overlayEdited', edit: { type: 'insert', text } });
const opened = (state: State, draft?: string) =>
  reduce(state, { type: 'overlayOpened', overlay: { kind: 'form', form: promptForm(['a'], draft) } });

test('a draft that was typed on and sent does not come back', () => {
  const fleet = fleetAt([120, 40]);
  const left = reduce(typing(opened(fleet), 'fix'), { type: 'overlayClosed' });
  expect(draftOf(left.memory, ['a'])).toBe('fix');
  const sending = reduce(typing(opened(left, 'fix'), ' bug'), { type: 'formSent' });
  expect(draftOf(reduce(sending, { type: 'promptSent', ...sent('a', 'fix bug', 1) }).memory, ['a'])).toBe('');
  // One that was refused is still there.
  expect(draftOf(sending.memory, ['a'])).toBe('fix bug');
});

test('who only looks at an earlier prompt keeps what he had typed', () => {
  const known = reduce(fleetAt([120, 40]), { type: 'promptSent', ...sent('a', 'an earlier one', 1) });
  const looking = reduce(typing(opened(known), 'long thoughts'), { type: 'promptRecalled', by: 1 });
  expect(draftOf(reduce(looking, { type: 'overlayClosed' }).memory, ['a'])).toBe('long thoughts');
});

test('what a session has got already is no draft, however a screen has ended; what was not delivered is', () => {
  const id = 'aaaa000004';
  const memory = withDraft(NO_MEMORY, [id], 'Fix it');
  const got = (state: Prompt['state'], text = 'Fix it') => {
    const fleet = fleetAt([120, 40]);
    const view = fleet.sessions.get(id);
    if (!view) throw new Error('it is not listed');
    const prompt = { id: 'p1', text, state } as Prompt;
    const session = { ...view.session, outbox: [prompt] };
    return draftFor({ memory, sessions: new Map([[id, { ...view, session }]]) }, [id]);
  };
  expect((['queued', 'submitted', 'begun'] as const).map(state => got(state))).toEqual(['', '', '']);
  expect((['withdrawn', 'undelivered'] as const).map(state => got(state))).toEqual(['Fix it', 'Fix it']);
  expect(got('begun', 'Fix')).toBe('Fix it');
});
