import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Brain } from '../../source/daemon/brain.ts';
import { Loop, type LoopOptions } from '../../source/daemon/loop.ts';
import type { HostStatus } from '../../source/protocol/host.ts';
import type { Effect } from '../../source/session/effect.ts';
import type { SessionFact } from '../../source/session/event.ts';
import { Ledger } from '../../source/store/ledger.ts';
import { fakeTimers } from '../host/fake-timers.ts';
import { CREATED, LIVE } from '../session/make.ts';

/** A loop on a real ledger; what effects bring about is said by the test. */
function room(run: NonNullable<LoopOptions['run']>, status?: Partial<HostStatus>) {
  const held = { prompts: false };
  const timers = fakeTimers();
  const folder = mkdtempSync(join(tmpdir(), 'tutti-loop-'));
  const { ledger } = Ledger.open(join(folder, 'ledger.db'), 0);
  const said: string[] = [];
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const loop = new Loop({
    brain: {
      ledger,
      log,
      system: { now: timers.now, random: (bytes: number) => new Uint8Array(bytes) },
      hosts: { of: () => [], find: () => (status ? { status } : undefined) },
      asks: { first: () => undefined },
      promptHolds: { has: () => held.prompts },
      paths: { worktrees: '/w', trash: '/t' },
    } as unknown as Brain,
    onChanged: () => {},
    onNoted: () => {},
    onNote: (_session, text) => said.push(text),
    raise: ({ text }) => said.push(text),
    look: async () => ({ changed: true, tree: undefined }),
    run,
  });
  onTestFinished(async () => {
    await Promise.all([loop.stop(0), timers.pass(0)]);
    ledger.close();
    rmSync(folder, { recursive: true });
  });
  return { ...timers, loop, ledger, said, held };
}

test('a full disk is said once, loses nothing, and what was done meanwhile is noted when there is space again', async () => {
  const done: string[] = [];
  const worktreeAdded: SessionFact = { type: 'worktreeAdded', branch: 'x'.repeat(200_000) };
  const { loop, ledger, said, pass } = room(async (_brain, { type }: Effect) => {
    done.push(type);
    return type === 'addWorktree' ? { facts: [worktreeAdded] } : { later: 'for ever' };
  });
  ledger.limitPages(20);
  loop.happen('s1', [CREATED]);
  await pass(0);
  expect(ledger.session('s1')?.life).toEqual({ name: 'creating', step: 'worktree' });
  expect(() => loop.happen('s1', [{ type: 'renamed', title: 'x'.repeat(200_000) }])).toThrow(
    'tutti could not write its ledger: the disk is full. Nothing was changed; free some space and try again.',
  );
  await pass(60_000);
  expect(said).toEqual([
    "tutti can't write its ledger: the disk is full. Agents go on, and what happens is noted once it can be; until then nothing new is begun.",
  ]);
  // It is looked for in the world each time, and found done: that is the effect's own affair.
  expect(done.length).toBeGreaterThan(2);
  expect(new Set(done)).toEqual(new Set(['addWorktree']));
  ledger.limitPages(10_000);
  await pass(5000);
  expect(ledger.session('s1')?.life).toEqual({ name: 'creating', step: 'host' });
  expect(done.at(-1)).toBe('startHost');
  expect(said.slice(1)).toEqual(['The ledger can be written again.']);
});

test('a wake-up that comes while an effect says that it has to wait is not lost', async () => {
  let tries = 0;
  const { loop, pass } = room(async () => {
    tries += 1;
    if (tries === 1) loop.awake('s1');
    return { later: 'nothing is there' };
  });
  loop.happen('s1', [CREATED]);
  await pass(0);
  expect(tries).toBe(2);
  loop.settle('s1');
  await pass(0);
  expect(tries).toBe(2);
  loop.awake('s1');
  await pass(0);
  expect(tries).toBe(3);
});

test('a delivery whose agent takes no prompt any more is put back, and its end can be waited for', async () => {
  const operations: string[] = [];
  const { loop, pass, held } = room(
    async (_brain, effect, _signal, putBack) => {
      if (effect.type !== 'deliverPrompt') return { later: 'for ever' };
      operations.push(effect.operation);
      await new Promise(resolve => putBack.addEventListener('abort', resolve));
      return { facts: [{ type: 'promptTried', prompt: 'p1', result: { outcome: 'cancelled', at: 1 }, seen: 0 }] };
    },
    {
      name: 'agent-1',
      startedAt: 1,
      events: [],
      records: [],
      lease: { holder: 'automation', since: 1, client: undefined },
    },
  );
  loop.happen('s1', [...LIVE, { type: 'promptQueued', prompt: 'p1', text: 'go', by: 'person', way: 'typed' }]);
  await pass(0);
  held.prompts = true;
  await loop.withoutDeliveries('s1');
  expect(operations).toEqual(['p1/0']);
  held.prompts = false;
  loop.settle('s1');
  await pass(0);
  expect(operations).toEqual(['p1/0', 'p1/1']);
  held.prompts = true;
  await loop.withoutDeliveries('s1');
});
