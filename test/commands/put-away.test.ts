import { expect, test } from 'vitest';
import { itemOf } from '../../source/session/snooze.ts';
import { fleetOf, NOW, runFake, viewOf } from './fake-context.ts';

const asks = viewOf({
  status: 'needsYou',
  line: 'approve Bash: ls',
  activity: { ...viewOf().activity, state: 'waiting' },
});
const { id } = asks.session;
const away = (until: number | undefined) =>
  viewOf({
    status: 'snoozed',
    line: 'approve Bash: ls',
    since: NOW,
    session: { snoozed: { item: itemOf(asks), until, at: NOW } },
  });

test('snooze: puts away what is shown now, for a time or until it changes, and brings it back', async () => {
  const answers = { 'session/show': asks, 'session/snooze': away(undefined), 'session/wake': asks };
  const run = async (...words: readonly string[]) => {
    const { code, out, err, asked } = await runFake(['snooze', ...words], { answers });
    return [code, out + err, asked.at(-1)?.[1]];
  };
  const item = itemOf(asks);
  const named = { operation: 'operation-1', session: id };
  expect(await run('7k2m')).toEqual([
    0,
    `put away ${id} "Fix the cart"; until it changes\n`,
    { ...named, item, until: null },
  ]);
  expect((await run('7k2m', '--for', '90m'))[2]).toEqual({ ...named, item, until: NOW + 90 * 60_000 });
  expect((await run('7k2m', '--for', '3d'))[2]).toMatchObject({ until: NOW + 3 * 86_400_000 });
  expect(await run('7k2m', '--back')).toEqual([
    0,
    `brought back ${id} "Fix the cart"\n`,
    { operation: 'operation-1', session: '7k2m' },
  ]);
  expect(await run('7k2m', '--for', 'ever')).toEqual([
    2,
    'tutti snooze: "ever" is no time. Say 10m, 2h, 3d or tomorrow.\n',
    undefined,
  ]);
  expect((await run('7k2m', '--back', '--for', '1h'))[0]).toBe(2);
});

test('ls: what is put away says until when, for people and as JSON', async () => {
  const until = new Date(NOW).setHours(23, 59, 0, 0);
  const answers = { 'fleet/list': fleetOf(away(until)) };
  expect((await runFake(['ls'], { answers })).out).toMatch(/snoozed until 23:59 .*approve Bash: ls\n$/u);
  const json = (await runFake(['ls', '--json'], { answers })).json();
  expect(json).toMatchObject([{ status: 'snoozed', snoozedUntil: until, since: NOW }]);
  const asking = (await runFake(['ls', '--json'], { answers: { 'fleet/list': fleetOf(asks) } })).json();
  expect(asking).toMatchObject([{ status: 'needsYou', snoozedUntil: null }]);
});

test('unread: marks what was looked at', async () => {
  const failed = viewOf({ status: 'failed', line: 'API error' });
  const { out, asked } = await runFake(['unread', '7k2m'], { answers: { 'session/unsee': failed } });
  expect(out).toBe(`marked as unread ${id} "Fix the cart"; failed\n`);
  expect(asked).toEqual([['session/unsee', { operation: 'operation-1', session: '7k2m' }]]);
});
