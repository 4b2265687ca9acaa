import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { promptAfterLimit } from '../../source/pipeline/run-prompt.ts';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

const GOAL = (seconds: number) =>
  `[[write a.txt begun]] [[later {{write b.txt done}} {{say Over.}}]] [[limit ${seconds}]]`;

test('a session that was let go goes on by itself when the limit is over, also by the next daemon', async () => {
  stage = await startStage({ settings: { runs: { atLimit: 'wait' } } });
  const { session } = await stage.create({ title: 'Waits', run: { goal: GOAL(3) } });
  const waits = await stage.until(session.id, 'waits for the limit', ({ status }) => status === 'queued');
  expect(waits.line).toMatch(/^limit · goes on \d+:\d\d$/u);
  expect(waits.session.run?.held).toMatchObject({ why: 'limit', text: waits.line });
  await stage.killDaemon();
  const ready = await stage.until(session.id, 'is ready', ({ status }) => status === 'ready');
  expect(ready.session.run?.attempt).toBe(1);
  expect(ready.session.run?.held).toBeUndefined();
  const [, again, ...more] = stage.receipts();
  expect(again).toBe(promptAfterLimit());
  expect(more).toEqual([]);
  const { history } = await stage.request('session/why', { session: session.id });
  expect(history.map(({ text }) => text)).toContain('told to go on after a limit');
});

test.each([
  undefined,
  // Its agent has ended, nothing is copied yet; all is written down, and nothing of it done.
  'daemon:changeProfile:ended:1',
  'daemon:profileChanged+runPrompted:after:1',
])('it goes on by the other profile at once, with its conversation; the daemon killed at %s', async killAt => {
  const profile = (name: string) => ({ agent: 'demo', environment: { TUTTI_DEMO_STATE: `~/${name}` } });
  const profiles = { first: profile('one'), second: profile('two') };
  stage = await startStage({ settings: { profiles, runs: { atLimit: { profile: 'second' } } } });
  if (killAt) await stage.restartDaemon({ TUTTI_KILL_AT: killAt });
  const first = await stage.daemonPid();
  const agent = { ...DEMO, profile: 'first' };
  const { session } = await stage.create({ title: 'Moves', agent, run: { goal: GOAL(1000) } });
  const ready = await stage.until(session.id, 'is ready', ({ status }) => status === 'ready');
  expect((await stage.daemonPid()) !== first).toBe(killAt !== undefined);
  expect(ready.session.agent).toMatchObject({ kind: 'demo', profile: 'second' });
  expect(ready.session).toMatchObject({ conversation: session.conversation, hosts: 2 });
  const file = `${session.conversation}.jsonl`;
  const records = (folder: string) => globSync('*', { cwd: join(stage.home.root, folder) });
  expect([records('one'), records('two')]).toEqual([[file], [file]]);
  // It knew what it had been told before the limit: what to do with the next prompt.
  const { history } = await stage.request('session/history', { session: session.id });
  expect(history?.turns.map(({ prompt, said }) => [prompt.split('\n')[0], said])).toMatchObject([
    [GOAL(1000), 'Usage limit reached, for 1000 s'],
    [promptAfterLimit(), 'Over.'],
  ]);
  expect(stage.receipts().filter(text => text === promptAfterLimit())).toHaveLength(1);
});

test('where nothing else is set it stops, and so it does where the other profile is at its limit as well', async () => {
  const profiles = { only: { agent: 'demo' } };
  stage = await startStage({ settings: { profiles, runs: { atLimit: { profile: 'only' } } } });
  const agent = { ...DEMO, profile: 'only' };
  const { session } = await stage.create({ title: 'Stops', agent, run: { goal: GOAL(1000) } });
  const stopped = await stage.until(session.id, 'has stopped', ({ status }) => status === 'failed');
  expect(stopped.line).toBe(
    'Usage limit reached, for 1000 s; its profile only is the one to go on with, so it does not go on by itself',
  );
  const asked = await stage.create({ title: 'Typed', agent });
  await stage.until(asked.session.id, 'is idle', ({ status }) => status === 'idle');
  await stage.send(asked.session.id, '[[limit 1000]]');
  // One that a person leads is the person's, whatever the settings say of runs.
  const limited = await stage.until(asked.session.id, 'tells of the limit', ({ line }) =>
    line.startsWith('usage limit'),
  );
  expect(limited.status).toBe('failed');
});
