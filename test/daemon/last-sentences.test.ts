import { expect, test } from 'vitest';
import { LastSentences } from '../../source/daemon/last-sentences.ts';
import type { Activity } from '../../source/session/activity.ts';
import { type History, NO_TOKENS, type Turn } from '../../source/session/history.ts';
import type { Session } from '../../source/session/session.ts';
import { clockTime } from '../../source/text/clock.ts';

const NOW = Date.parse('2026-11-28T15:00:00');
const HOUR = 3_600_000;

const turn: Turn = {
  at: NOW,
  prompt: 'Fix it',
  tools: [],
  toolCount: 0,
  said: '**Fixed.**\nAll of it.',
  until: NOW,
  end: 'done',
  tokens: NO_TOKENS,
};
const HISTORY: History = {
  turns: [turn, { ...turn, said: undefined }],
  count: 2,
  tokens: NO_TOKENS,
  dollars: undefined,
  context: undefined,
  limits: [
    { minutes: 300, usedPercent: 100, resetsAt: NOW + 2 * HOUR },
    { minutes: 10_080, usedPercent: 40, resetsAt: NOW + 50 * HOUR },
  ],
  cwd: undefined,
};

const session = { id: 'aaaa000001', conversationBegun: true, host: { state: 'running' } } as Session;
const idle = (more: Partial<Activity> = {}): Activity => ({
  state: 'idle',
  kind: undefined,
  outcome: 'done',
  text: undefined,
  since: 1,
  evidence: [],
  ...more,
});

function stage(options: { readonly history?: History | undefined; readonly watched?: boolean } = {}) {
  const { watched = true } = options;
  let history = 'history' in options ? options.history : HISTORY;
  let reads = 0;
  const waits: { readonly ms: number; readonly act: () => void }[] = [];
  const told: string[] = [];
  const sentences = new LastSentences({
    read: async () => {
      reads += 1;
      return history;
    },
    onRead: id => told.push(id),
    now: () => NOW,
    isWatched: () => watched,
    later: (ms, act) => waits.push({ ms, act }),
  });
  const after = async (activity: Activity, of = session, submitted = NOW - 1) => {
    sentences.of(of, activity, submitted);
    await Promise.resolve();
    await Promise.resolve();
    return sentences.of(of, activity, submitted);
  };
  return {
    after,
    told,
    reads: () => reads,
    /** The agent writes down what the history is now. */
    write: (next: History) => {
      history = next;
    },
    /** The next wait is over: how long it was; undefined: there is none. */
    wait: () => {
      const next = waits.shift();
      next?.act();
      return next?.ms;
    },
  };
}

test('read once for each turn that is over, and told when it is known', async () => {
  const { after, told, reads } = stage();
  expect(await after(idle())).toMatchObject({ sentence: 'Fixed.', limit: undefined });
  expect([reads(), told]).toEqual([1, ['aaaa000001']]);
  await after(idle());
  expect(reads()).toBe(1);
  await after(idle({ since: 2 }));
  expect(reads()).toBe(2);
});

test('a record without the end of the turn is read again, and the sentence of an earlier turn is not taken for that of this one', async () => {
  const { after, reads, write, wait } = stage({ history: undefined });
  expect(await after(idle())).toMatchObject({ sentence: undefined });
  write(HISTORY);
  expect(wait()).toBe(250);
  expect(await after(idle())).toMatchObject({ sentence: 'Fixed.' });

  expect(await after(idle({ since: 2 }))).toMatchObject({ sentence: undefined });
  const next = { ...turn, said: 'Done.', until: NOW + 1 };
  write({ ...HISTORY, turns: [turn, { ...next, end: undefined }] });
  expect(wait()).toBe(250);
  expect(await after(idle({ since: 2 }))).toMatchObject({ sentence: undefined });
  write({ ...HISTORY, turns: [turn, next] });
  expect(wait()).toBe(1_000);
  expect(await after(idle({ since: 2 }))).toMatchObject({ sentence: 'Done.' });
  expect([wait(), reads()]).toEqual([undefined, 5]);

  // Nothing came of this one: what it said before is what it said last.
  const found = [await after(idle({ since: 3 }))];
  for (const ms of [250, 1_000, 4_000]) {
    expect(wait()).toBe(ms);
    found.push(await after(idle({ since: 3 })));
  }
  expect(found.map(({ sentence }) => sentence)).toEqual([undefined, undefined, undefined, 'Done.']);
  expect(wait()).toBeUndefined();
});

test('a turn that was over before anybody saw it work is read too; until then what was said before stands', async () => {
  const { after, write, wait } = stage();
  await after(idle());
  expect(await after(idle(), session, NOW + 1)).toMatchObject({ sentence: 'Fixed.' });
  write({ ...HISTORY, turns: [{ ...turn, said: 'Done.', until: NOW + 2 }] });
  expect(wait()).toBe(250);
  expect(await after(idle(), session, NOW + 1)).toMatchObject({ sentence: 'Done.' });
});

test('what was written before the last prompt is not what came of it, also where nothing was read before', async () => {
  const { after, write, wait } = stage();
  expect(await after(idle(), session, NOW + 1)).toMatchObject({ sentence: undefined });
  write({ ...HISTORY, turns: [{ ...turn, said: 'Done.', until: NOW + 2 }] });
  expect(wait()).toBe(250);
  expect(await after(idle(), session, NOW + 1)).toMatchObject({ sentence: 'Done.' });
});

test('a wait that is over after the next turn has begun reads nothing', async () => {
  const { after, reads, wait } = stage({ history: undefined });
  await after(idle());
  await after(idle({ since: 2 }));
  expect(reads()).toBe(2);
  wait();
  expect(reads()).toBe(2);
});

test('nothing is read while nobody looks, while it works, where it says so itself, or before its first turn', async () => {
  const unseen = stage({ watched: false });
  await unseen.after(idle());
  const { after, reads } = stage();
  await after(idle({ state: 'busy' }));
  await after(idle({ text: 'Its own words.' }));
  await after(idle(), { ...session, conversationBegun: false });
  expect([unseen.reads(), reads()]).toEqual([0, 0]);
});

test('of a turn that failed it tells until when the account is at its limit, whatever the agent says', async () => {
  const failed = idle({ outcome: 'error', text: 'stream error' });
  expect((await stage().after(failed)).limit).toBe('usage limit (5 h) until 17:00');
  const week = { minutes: 10_080, usedPercent: 100, resetsAt: NOW + 50 * HOUR };
  expect((await stage({ history: { ...HISTORY, limits: [...HISTORY.limits, week] } }).after(failed)).limit).toBe(
    'usage limit (week) until Mon 17:00',
  );
  const over = { minutes: 300, usedPercent: 100, resetsAt: NOW - 1 };
  expect((await stage({ history: { ...HISTORY, limits: [over] } }).after(failed)).limit).toBeUndefined();
});

test('the time on the wall, with its day where that is another one', () => {
  expect(clockTime(Date.parse('2026-11-28T09:05:00'), NOW)).toBe('9:05');
  expect(clockTime(Date.parse('2026-11-29T00:30:00'), NOW)).toBe('Sun 0:30');
});
