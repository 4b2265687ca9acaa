import { expect, test } from 'vitest';
import type { Activity } from '../../source/session/activity.ts';
import { deriveStatus } from '../../source/session/derive-status.ts';
import type { SessionFact } from '../../source/session/event.ts';
import { itemOf, refusalOfSnooze, SPANS, statusWords, withSnooze } from '../../source/session/snooze.ts';
import { isUnread, wasRead } from '../../source/session/unread.ts';
import { LIVE, sessionAfter } from './make.ts';

const activity = (given: Partial<Activity> = {}): Activity => ({
  state: 'waiting',
  kind: 'permission',
  outcome: undefined,
  text: 'approve Bash: ls',
  since: 10,
  evidence: [],
  ...given,
});

const ASKED = 'needsYou 10 approve Bash: ls';

/** What people see at this time of a session that was put away. */
function seen(facts: readonly SessionFact[], now: number, given: Partial<Activity> = {}) {
  const session = sessionAfter(...LIVE, ...facts);
  const what = activity(given);
  const { status, line, since } = withSnooze(deriveStatus(session, what), { session, activity: what }, now);
  return { session, status, line, since, activity: what };
}

test('what is put away is so until its time is over', () => {
  const facts: readonly SessionFact[] = [{ type: 'snoozed', item: ASKED, until: 100 }];
  expect(seen([], 50)).toMatchObject({ status: 'needsYou', since: 10 });
  // It keeps its words: what was put away can be read in its row.
  expect(seen(facts, 99)).toMatchObject({ status: 'snoozed', since: 4, line: 'approve Bash: ls' });
  expect(seen(facts, 100)).toMatchObject({ status: 'needsYou', since: 10 });
  expect(seen([{ type: 'snoozed', item: ASKED, until: undefined }], 1e15)).toMatchObject({ status: 'snoozed' });
  expect(seen([...facts, { type: 'woken' }], 50)).toMatchObject({ status: 'needsYou' });
});

test('another question, a failure or work in its place is not put away with it', () => {
  const facts: readonly SessionFact[] = [{ type: 'snoozed', item: ASKED, until: undefined }];
  expect(seen(facts, 50, { text: 'approve Bash: rm -rf build' }).status).toBe('needsYou');
  expect(seen(facts, 50, { since: 11 }).status).toBe('needsYou');
  expect(seen(facts, 50, { state: 'busy' }).status).toBe('working');
  const failed: SessionFact = { type: 'effectFailed', effect: 'push:s1:c1', why: 'It was refused.' };
  expect(seen([...facts, failed], 50, { state: 'idle' }).status).toBe('failed');
});

test('what is put away has the name that it had before, and only what waits for the user can be put away', () => {
  expect(itemOf(seen([], 50))).toBe(ASKED);
  expect(itemOf(seen([{ type: 'snoozed', item: ASKED, until: 100 }], 50))).toBe(ASKED);
  const refusals = (['needsYou', 'stalled', 'ready', 'working', 'idle', 'snoozed'] as const).map(status =>
    refusalOfSnooze({ status }),
  );
  const none = 'it does not wait for you';
  expect(refusals).toEqual([undefined, undefined, undefined, none, none, 'it is put away already']);
});

test('until when is said by the clock on the wall', () => {
  const at = new Date(2026, 10, 28, 14, 10).getTime();
  expect(SPANS.tenMinutes.until(at)).toBe(new Date(2026, 10, 28, 14, 20).getTime());
  expect(SPANS.tomorrow.until(at)).toBe(new Date(2026, 10, 29, 9).getTime());
  const words = (until: number | undefined) =>
    statusWords({ status: 'snoozed', session: { snoozed: { item: '', until, at } } });
  expect(words(SPANS.hour.until(at))).toBe('snoozed until 15:10');
  expect(words(SPANS.tomorrow.until(at))).toBe('snoozed until Sun 9:00');
  expect(words(SPANS.change.until())).toBe('snoozed until it changes');
  expect(statusWords({ status: 'needsYou', session: {} })).toBe('needs you');
});

test('marked as unread an end is news as if it had not been looked at, and earlier looks stay', () => {
  // The first fact has the time 4.
  const ended = activity({ state: 'idle', outcome: 'error', since: 4, text: 'API error' });
  const after = (...facts: readonly SessionFact[]) => {
    const session = sessionAfter(...LIVE, ...facts);
    const view = { session, activity: ended, ...deriveStatus(session, ended) };
    return [view.status, isUnread(view), wasRead(view)];
  };
  expect(after()).toEqual(['failed', true, false]);
  expect(after({ type: 'seen' })).toEqual(['idle', false, true]);
  expect(after({ type: 'seen' }, { type: 'unseen' })).toEqual(['failed', true, false]);
  // The look before the last one was at something else: that stays read.
  const twice = sessionAfter(...LIVE, { type: 'seen' }, { type: 'seen' }, { type: 'unseen' });
  expect(twice).toMatchObject({ seenAt: 4, seenBefore: undefined });
  // It goes on: there is nothing to be marked.
  const looked = sessionAfter(...LIVE, { type: 'seen' });
  expect(wasRead({ session: looked, activity: activity({ state: 'busy', since: 9 }) })).toBe(false);
});
