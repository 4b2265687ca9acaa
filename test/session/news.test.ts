import { expect, test } from 'vitest';
import { isQuiet, newsOf, summaryOf } from '../../source/session/news.ts';
import type { Status } from '../../source/session/status.ts';

const view = (status: Status, given: { line?: string; since?: number; title?: string } = {}) => ({
  session: { id: 's1', title: given.title ?? 'Cart', repository: { name: 'shop' } },
  status,
  line: given.line ?? '',
  since: given.since ?? 1,
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

test('another question is another piece of news, and so is the same status of another time; another line of ready is not', () => {
  const key = (status: Status, line: string, since = 1) => newsOf(view(status, { line, since }))?.key;
  expect(key('needsYou', 'a')).not.toBe(key('needsYou', 'b'));
  expect(key('ready', 'a')).toBe(key('ready', 'b'));
  expect(key('ready', 'a')).not.toBe(key('ready', 'a', 2));
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

test.each([
  ['22:00-07:00', '21:59', false],
  ['22:00-07:00', '22:00', true],
  ['22:00-07:00', '03:00', true],
  ['22:00-07:00', '07:00', false],
  ['12:30-13:00', '12:45', true],
  ['12:30-13:00', '13:00', false],
  [undefined, '03:00', false],
])('quiet hours %s at %s: %s', (hours, time, quiet) => {
  const [h = 0, m = 0] = time.split(':').map(Number);
  expect(isQuiet(hours, h * 60 + m)).toBe(quiet);
});
