import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Notifier, type NotifySettings } from '../../source/daemon/notifier.ts';
import { ToldFile, type ToldKeys } from '../../source/daemon/told-file.ts';
import type { SessionView } from '../../source/protocol/daemon.ts';
import type { Status } from '../../source/session/status.ts';

/** Noon, local time. */
const NOON = new Date(2026, 10, 28, 12).getTime();
beforeEach(() => void vi.useFakeTimers({ now: NOON }));
afterEach(() => void vi.useRealTimers());

const SETTINGS: NotifySettings = { on: ['needsYou', 'failed', 'ready'], desktop: true };

function room(
  given: { settings?: Partial<NotifySettings>; told?: ToldKeys; troubles?: readonly string[]; disk?: 'full' } = {},
) {
  const views = new Map<string, SessionView>();
  const said: string[] = [];
  const troubles: string[] = [];
  let told = given.told;
  const world = { settings: 'fine' as 'fine' | 'broken', reached: true };
  const make = () =>
    new Notifier({
      system: { now: () => Date.now() },
      settings: async () => {
        if (world.settings === 'broken') throw new Error('settings.json is broken');
        return { ...SETTINGS, ...given.settings };
      },
      view: id => views.get(id),
      views: () => [...views.values()],
      told: {
        read: () => told,
        write: now => {
          told = new Map(now);
          if (given.disk === 'full') throw new Error('ENOSPC');
        },
      },
      tell: async news => {
        said.push(news.title);
        return { reached: world.reached, failed: given.troubles ?? [] };
      },
      onTrouble: text => troubles.push(text),
      onChanged: () => {},
    });
  let notifier = make();
  return {
    said,
    world,
    troubles,
    notifier: () => notifier,
    /** A daemon that starts anew, with what it has written. */
    restart: () => {
      notifier.stop();
      notifier = make();
      for (const id of views.keys()) notifier.changed(id);
    },
    is: (id: string, status: Status | undefined, line = '', since = Date.now()) => {
      const session = { id, title: id, repository: { name: 'shop' } };
      const activity = { state: status === 'needsYou' ? 'waiting' : 'idle', since, text: line };
      if (status) views.set(id, { session, status, line, since, activity } as unknown as SessionView);
      else views.delete(id);
      notifier.changed(id);
    },
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  };
}

test('what was put away is not told, and once more when it comes back', async () => {
  const { is, pass, said } = room();
  const since = Date.now();
  is('Alto', 'needsYou', 'which?', since);
  await pass(4000);
  is('Alto', 'snoozed', 'which?');
  await pass(600_000);
  expect(said).toEqual(['Alto needs you']);
  is('Alto', 'needsYou', 'which?', since);
  await pass(4000);
  expect(said).toEqual(['Alto needs you', 'Alto needs you']);
});

test('what has been true for a moment is told once, also by a daemon that starts anew', async () => {
  const { is, pass, said, restart, notifier } = room();
  is('Alto', 'needsYou', 'which?');
  await pass(1500);
  expect(said).toEqual([]);
  expect(notifier().waits).toBe(true);
  await pass(3000);
  expect(said).toEqual(['Alto needs you']);
  expect(notifier().waits).toBe(false);
  notifier().changed('Alto');
  await pass(10_000);
  restart();
  await pass(10_000);
  expect(said).toEqual(['Alto needs you']);
  is('Alto', 'needsYou', 'and which now?');
  await pass(10_000);
  expect(said).toEqual(['Alto needs you', 'Alto needs you']);
});

test('a session that comes back to what was told of it is no news', async () => {
  const { is, pass, said, restart, world } = room();
  const since = Date.now();
  const other = since + 1000;
  const turns = async () => {
    for (const [line, at] of [
      ['which?', since],
      ['may I?', other],
      ['which?', since],
    ] as const) {
      is('Alto', 'needsYou', line, at);
      await pass(10_000);
    }
  };
  await turns();
  expect(said).toHaveLength(2);
  restart();
  await turns();
  expect(said).toHaveLength(2);
  // Nobody was reached by the third: it alone is told again.
  world.reached = false;
  is('Alto', 'needsYou', 'and now?');
  await pass(10_000);
  world.reached = true;
  await turns();
  expect(said).toHaveLength(3);
});

test('what an older daemon was told is read, and so is what is written now', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-told-'));
  try {
    expect(new ToldFile(folder).read()).toBeUndefined();
    writeFileSync(join(folder, 'told.json'), '{"a":"x","b":["x","y"]}');
    const told = new ToldFile(folder);
    const keys = new Map([
      ['a', ['x']],
      ['b', ['x', 'y']],
    ]);
    expect(told.read()).toEqual(keys);
    told.write(keys);
    expect(new ToldFile(folder).read()).toEqual(keys);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what passes by itself, or was looked at, is not told', async () => {
  const { is, pass, said } = room();
  is('Alto', 'needsYou');
  await pass(1200);
  is('Alto', 'working');
  is('Bass', 'failed');
  is('Cello', 'ready');
  await pass(1200);
  is('Bass', 'idle');
  is('Cello', undefined);
  await pass(10_000);
  expect(said).toEqual([]);
});

test('it is held while the user is in tutti, and told when he has gone and it is still true', async () => {
  const { is, pass, said, notifier } = room();
  notifier().userActive();
  is('Alto', 'ready');
  is('Bass', 'ready');
  await pass(30_000);
  is('Bass', 'merged');
  notifier().userActive();
  await pass(59_000);
  expect(said).toEqual([]);
  await pass(3000);
  expect(said).toEqual(['Alto is ready for review']);
});

test('quiet hours hold it until they are over', async () => {
  const { is, pass, said } = room({ settings: { quiet: '11:00-13:00' } });
  is('Alto', 'failed');
  await pass(50 * 60_000);
  expect(said).toEqual([]);
  await pass(20 * 60_000);
  expect(said).toEqual(['Alto has failed']);
});

test('many at once are one; kinds that are not wanted are none', async () => {
  const { is, pass, said } = room({ settings: { on: ['needsYou', 'failed'] } });
  for (const title of ['Alto', 'Bass', 'Cello', 'Drum']) is(title, 'needsYou');
  is('Eupho', 'ready');
  await pass(10_000);
  expect(said).toEqual(['4 need you']);
});

test('what was there before the daemon is no news when it is used for the first time; what comes then is', async () => {
  const { is, pass, said } = room();
  is('Old', 'ready', '', NOON - 60_000);
  await pass(10_000);
  is('New', 'ready');
  await pass(10_000);
  expect(said).toEqual(['New is ready for review']);
});

test('settings that can not be read for a while, and a full disk, cost no news', async () => {
  const { is, pass, said, world, troubles } = room({ disk: 'full' });
  world.settings = 'broken';
  is('Alto', 'ready');
  await pass(10_000);
  world.settings = 'fine';
  await pass(70_000);
  expect(said).toEqual(['Alto is ready for review']);
  expect(troubles).toEqual(['settings.json is broken', 'What you were told could not be written down: ENOSPC']);
});

test('where nobody was reached it is tried again, a few times', async () => {
  const { is, pass, said, world, restart } = room();
  world.reached = false;
  is('Alto', 'ready');
  is('Bass', 'ready');
  await pass(10_000);
  expect(said).toHaveLength(2);
  restart();
  await pass(10_000);
  world.reached = true;
  await pass(70_000);
  expect(said).toHaveLength(6);
  is('Bass', 'failed');
  world.reached = false;
  await pass(30 * 60_000);
  expect(said.filter(title => title === 'Bass has failed')).toHaveLength(3);
});

test('a channel that does not work is said once', async () => {
  const { is, pass, troubles } = room({ troubles: ['ntfy.sh could not be told: it answered 403.'] });
  is('Alto', 'ready');
  await pass(10_000);
  is('Bass', 'ready');
  await pass(10_000);
  expect(troubles).toEqual(['ntfy.sh could not be told: it answered 403.']);
});

test('without a channel nothing waits', async () => {
  const { is, pass, said, notifier } = room({ settings: { desktop: false } });
  is('Alto', 'needsYou');
  await pass(10_000);
  expect([said, notifier().waits]).toEqual([[], false]);
});
