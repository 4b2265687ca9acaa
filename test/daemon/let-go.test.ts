import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { SessionView } from '../../source/protocol/daemon.ts';
import type { HostRecord } from '../../source/protocol/host.ts';
import { hostBundle } from '../../source/system/paths.ts';
import { fileAppears } from './file-appears.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

/** Counts its runs beside the worktree; green when the word in it is good. */
const check = () =>
  `echo run >> ${stage.home.root}/checks && echo "the word is $(cat word)" && test "$(cat word)" = good`;
const checks = () => {
  const file = join(stage.home.root, 'checks');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
};
const stageOf = (view: SessionView) => view.session.run?.stage.name;
const log = (view: SessionView, format = '%s') =>
  stage.git(['log', `--format=${format}`, `${view.session.base.commit}..${view.session.branch}`]);

test('red goes back, green is committed in the name of the user and becomes ready', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Say the good word',
    run: { goal: '[[write word bad]] [[later {{write word good}}]]', check: check() },
  });
  const ready = await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(ready.session.run).toMatchObject({ attempt: 2, checks: 2, lastCheck: { passed: true, host: 'check-2' } });
  expect(ready.session.run?.lastCheck?.output).toContain('the word is good');
  expect(checks()).toBe(2);
  expect(log(ready, '%s|%an')).toBe('Say the good word|Test Er');
  expect(log(ready, '%(trailers:key=Tutti-Step,valueonly)').trim()).toContain(ready.session.run?.id);
  expect(stage.git(['rev-parse', session.branch])).toBe(ready.session.run?.readyCommit);
  const [first, second, ...more] = stage.receipts();
  expect(first).toContain('this check is run here');
  expect(second).toContain('the word is bad');
  expect(more).toEqual([]);
  expect(ready.panes.map(({ name, running }) => [name, running])).toEqual([
    ['agent-1', true],
    ['check-2', false],
  ]);
});

test('an idle session is let go, sent back with a remark, pushed and merged', async () => {
  stage = await startStage({ repository: { remote: true } });
  const { session } = await stage.idle('Go on');
  const act = () => ({ operation: stage.operation(), session: session.id });
  await stage.request('run/start', { ...act(), goal: '[[write word good]]', check: check() });
  const ready = await stage.until(session.id, 'is ready', view => view.status === 'ready');
  await stage.request('run/sendBack', { ...act(), remark: '[[write more.txt more]]' });
  const again = await stage.until(
    session.id,
    'is ready with the remark',
    view => view.status === 'ready' && view.session.run?.readyCommit !== ready.session.run?.readyCommit,
  );
  expect(log(again)).toBe('Go on\nGo on');
  const commit = again.session.run?.readyCommit ?? '';
  await expect(
    stage.request('branch/push', { ...act(), commit: ready.session.run?.readyCommit ?? '' }),
  ).rejects.toThrow('has moved since you saw it');
  const pushed = await stage.request('branch/push', { ...act(), commit });
  expect(pushed).toMatchObject({ remote: 'origin', view: { session: { run: { stage: { name: 'pushed', commit } } } } });
  expect(stage.git(['ls-remote', 'origin', session.branch])).toContain(commit);
  const merged = await stage.request('branch/merge', { ...act(), commit });
  expect(merged.status).toBe('merged');
  expect(stage.git(['rev-parse', 'main'])).toBe(commit);
});

test('who has typed and lets go, or sends back, gives the keys back with it', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Typed');
  const act = () => ({ operation: stage.operation(), session: session.id });
  const type = async () => {
    const link = await stage.host(session.id, 'agent-1');
    link.type('x\x7f');
    await stage.until(session.id, 'is taken', view => view.taken);
    link.close();
  };
  await type();
  await stage.request('run/start', { ...act(), goal: '[[write word good]]', check: check() });
  const ready = await stage.until(session.id, 'is ready', view => view.status === 'ready');
  await type();
  await stage.request('run/sendBack', { ...act(), remark: '[[write more.txt more]]' });
  const again = await stage.until(
    session.id,
    'is ready again',
    view => view.status === 'ready' && view.session.run?.readyCommit !== ready.session.run?.readyCommit,
  );
  expect(again.taken).toBe(false);
});

test('attempts are limited', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Never good',
    run: { goal: '[[write word bad]] [[later {{write word worse}}]]', check: check(), attempts: 2 },
  });
  const stopped = await stage.until(session.id, 'has stopped', view => stageOf(view) === 'stopped');
  expect(stopped).toMatchObject({ status: 'failed', session: { run: { stage: { why: 'attempts' }, attempt: 2 } } });
  expect(checks()).toBe(2);
  expect(log(stopped)).toBe('');
});

test('time is limited, and a check that runs then is ended', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Too slow',
    run: { goal: '[[write word bad]]', check: 'echo begun && sleep 1000', minutes: 0.05 },
  });
  const stopped = await stage.until(session.id, 'has stopped', view => stageOf(view) === 'stopped');
  expect(stopped).toMatchObject({ status: 'stalled', session: { run: { stage: { why: 'time' } } } });
  await stage.until(session.id, 'has no check running', view =>
    view.panes.every(pane => pane.role !== 'check' || !pane.running),
  );
  expect(stage.processes().filter(({ command }) => /^(sleep 1000|\/bin\/sh -c)/.test(command))).toEqual([]);
});

test('a question holds it and the answer lets it go on', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Ask me',
    run: { goal: '[[permission touch word]] [[write word good]]', check: check() },
  });
  const asking = await stage.until(session.id, 'asks', view => view.status === 'needsYou');
  expect(asking.session.run).toMatchObject({ held: { why: 'question' }, stage: { name: 'working' } });
  expect(checks()).toBe(0);
  const link = await stage.host(session.id, 'agent-1');
  link.type('\r');
  const taken = await stage.until(session.id, 'is answered', view => view.taken && view.activity.state === 'idle');
  // The key took the pane, so nothing goes on by itself.
  expect(taken.session.run?.held).toBeDefined();
  expect(checks()).toBe(0);
  await stage.request('run/giveBack', { operation: stage.operation(), session: session.id });
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  link.close();
});

test('taken over by an act, nothing happens by itself until it is given back', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Mine',
    run: { goal: '[[sleep @go]] [[write word good]]', check: check() },
  });
  await stage.until(session.id, 'works', view => view.status === 'working' && stageOf(view) === 'working');
  const act = () => ({ operation: stage.operation(), session: session.id });
  await stage.request('run/takeOver', act());
  writeFileSync(join(session.worktree, 'go'), '');
  const idle = await stage.until(session.id, 'is idle', view => view.activity.state === 'idle');
  expect(idle.session.run).toMatchObject({ held: { why: 'takenOver' }, stage: { name: 'working' } });
  await stage.request('run/giveBack', act());
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(checks()).toBe(1);
});

test('an agent that ends in the middle stops the run', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Gone',
    run: { goal: '[[write word bad]] [[exit 5]]', check: check() },
  });
  const stopped = await stage.until(session.id, 'has stopped', view => stageOf(view) === 'stopped');
  expect(stopped).toMatchObject({ status: 'failed', session: { run: { stage: { why: 'agentExited' } } } });
  expect(stopped.line).toBe('demo ended with code 5. R starts it again.');
  const { id } = session;
  await stage.request('session/restart', { operation: stage.operation(), session: id, env: stage.home.env });
  const again = await stage.until(id, 'says what to do now', view => view.line.startsWith('runs again'));
  expect(again).toMatchObject({ status: 'failed', refused: { restart: 'its agent runs' } });
  expect(again.refused).not.toHaveProperty('sendBack');
  expect(again.refused).not.toHaveProperty('letGo');
});

test('a turn without a change stops it with the words of the agent', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Nothing',
    run: { goal: '[[say I found nothing]]', check: check() },
  });
  const stopped = await stage.until(session.id, 'has stopped', view => stageOf(view) === 'stopped');
  expect(stopped).toMatchObject({ status: 'stalled', session: { run: { stage: { why: 'noChange' } } } });
  expect(stopped.line).toContain('I found nothing');
  expect(checks()).toBe(0);
});

test('a hook that refuses the commit counts as a red check', async () => {
  stage = await startStage();
  const hook = join(stage.repository, '.git/hooks/pre-commit');
  writeFileSync(hook, '#!/bin/sh\ntest -f license || { echo "no license" >&2; exit 1; }\n');
  chmodSync(hook, 0o755);
  const { session } = await stage.create({
    title: 'Hooked',
    run: { goal: '[[write word good]] [[later {{write license MIT}}]]' },
  });
  const ready = await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(ready.session.run).toMatchObject({ attempt: 2 });
  expect(stage.receipts()[1]).toContain('no license');
  expect(log(ready)).toBe('Hooked');
});

test('a run goes on without a client', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Alone',
    run: { goal: '[[sleep @go]] [[write word good]]', check: check() },
  });
  await stage.until(session.id, 'works', view => stageOf(view) === 'working');
  stage.connection?.close();
  writeFileSync(join(session.worktree, 'go'), '');
  await fileAppears(join(stage.home.root, 'checks'));
  await stage.connect();
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(checks()).toBe(1);
});

test('a check whose host dies without a verdict is run again', async () => {
  stage = await startStage();
  const hang = join(stage.home.scratch, 'hang');
  writeFileSync(hang, '');
  const { session } = await stage.create({
    title: 'Twice',
    run: { goal: '[[write word good]]', check: `${check()} && while [ -e ${hang} ]; do sleep 0.1; done` },
  });
  await fileAppears(join(stage.home.root, 'checks'));
  await stage.until(session.id, 'is checked', view =>
    view.panes.some(({ role, running }) => role === 'check' && running),
  );
  const bundle = hostBundle(stage.paths, session.id, 'check-1');
  const { hostPid } = JSON.parse(readFileSync(join(bundle, 'host.json'), 'utf8')) as HostRecord;
  process.kill(hostPid, 'SIGKILL');
  rmSync(hang);
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(checks()).toBe(2);
});
