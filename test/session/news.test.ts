import { expect, test } from 'vitest';
import { newsOf, summaryOf } from '../../source/session/news.ts';
import type { Session } from '../../source/session/session.ts';
import type { Status } from '../../source/session/status.ts';

const view = (status: Status, given: { line?: string; asked?: string; since?: number; title?: string } = {}) => ({
  session: { id: 's1', title: given.title ?? 'Cart', repository: { name: 'shop' }, run: undefined },
  status,
  line: given.line ?? '',
  since: given.since ?? 1,
  activity: { state: status === 'needsYou' ? 'waiting' : 'idle', since: given.since ?? 1, text: given.asked } as const,
});

test.each<[Status, string | undefined]>([
  ['needsYou', 'Cart needs you'],
  ['failed', 'Cart has failed'],
  ['stalled', 'Cart has stalled'],
  ['ready', 'Cart is ready for review'],
  ['working', undefined],
  ['idle', undefined],
  ['unknown', undefined],
  ['paused', undefined],
])('%s: %s', (status, title) => {
  expect(newsOf(view(status))?.title).toBe(title);
});

test('another question is another piece of news, and so is the same status of another time; another line is not', () => {
  const key = (status: Status, given: { line?: string; asked?: string; since?: number }) =>
    newsOf(view(status, given))?.key;
  expect(key('needsYou', { asked: 'a' })).not.toBe(key('needsYou', { asked: 'b' }));
  expect(key('needsYou', { asked: 'a', line: '1 of 2' })).toBe(key('needsYou', { asked: 'a', line: '2 of 2' }));
  expect(key('ready', { line: 'a' })).toBe(key('ready', { line: 'b' }));
  expect(key('ready', {})).not.toBe(key('ready', { since: 2 }));
});

test('what the user has pushed is no news', () => {
  const { session, ...rest } = view('ready');
  const stage = { name: 'pushed', commit: 'c', remote: 'origin', at: 1 };
  expect(
    newsOf({ ...rest, session: { ...session, run: { stage } as unknown as NonNullable<Session['run']> } }),
  ).toBeUndefined();
});

test('several at once are one, with counts and titles', () => {
  const news = (['needsYou', 'ready', 'needsYou'] as const).map((status, index) =>
    newsOf(view(status, { title: `T${index}` })),
  );
  expect(summaryOf(news.filter(each => each !== undefined))).toMatchObject({
    title: '2 need you, 1 ready for review',
    text: 'T0 needs you · T1 is ready for review · T2 needs you',
  });
  expect(summaryOf([])).toBeUndefined();
});
