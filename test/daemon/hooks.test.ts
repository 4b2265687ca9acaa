import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { greet } from '../../source/client/daemon-link.ts';
import { startDaemon } from '../../source/client/daemon-start.ts';
import { SPOKEN_PROTOCOL } from '../../source/system/build.ts';
import { untilGone } from '../driver/leftovers.ts';
import { fileAppears } from './file-appears.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

const act = (session: string) => ({ operation: stage.operation(), session });

/** A hook that lasts for ever while the file `hang` lies beside the repository; returns the file that tells that it has begun. */
function hangs(name: string): { readonly begun: string; readonly letGo: () => void } {
  const hook = join(stage.repository, '.git/hooks', name);
  const [begun, hang] = ['begun', 'hang'].map(file => join(stage.home.scratch, file)) as [string, string];
  writeFileSync(hang, '');
  writeFileSync(hook, `#!/bin/sh\necho $$ >> ${begun}\nif [ -e ${hang} ]; then sleep 1000; fi\n`);
  chmodSync(hook, 0o755);
  return { begun, letGo: () => rmSync(hang) };
}

const hooksGone = () =>
  untilGone('the hook has ended', () => stage.processes().filter(({ command }) => command === 'sleep 1000'));

const times = (file: string) => readFileSync(file, 'utf8').trim().split('\n').length;

test('a hook of a commit that does not end holds up nobody else, and a kill ends it', async () => {
  stage = await startStage();
  const { begun, letGo } = hangs('pre-commit');
  const { session } = await stage.create({ title: 'Hooked', run: { goal: '[[write word good]]' } });
  await fileAppears(begun);
  const other = await stage.idle('Other');
  await stage.request('session/diff', { session: other.session.id });
  await stage.request('session/kill', act(session.id));
  await hooksGone();
  expect(stage.notices.map(({ text }) => text)).toEqual([
    'The commit of "Hooked" was ended with its hooks, before it was done.',
  ]);
  letGo();
  await stage.request('session/undo', { operation: stage.operation(), env: stage.home.env, scope: { all: true } });
  const ready = await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(readFileSync(join(ready.session.worktree, 'word'), 'utf8').trim()).toBe('good');
  expect(times(begun)).toBe(2);
});

test('a commit whose agent is gone waits for a client’s environment, and its hooks have the mark of their session', async () => {
  stage = await startStage();
  const { begun, letGo } = hangs('pre-commit');
  const said = join(stage.home.scratch, 'said');
  const hook = join(stage.repository, '.git/hooks/pre-commit');
  writeFileSync(hook, readFileSync(hook, 'utf8').replace('\n', `\necho "$TUTTI_SESSION" >> ${said}\n`));
  const { session } = await stage.create({ title: 'Alone', run: { goal: '[[write word good]]' } });
  await fileAppears(begun);
  const { host } = stage.view(session.id).session;
  await stage.withoutDaemon(async () => {
    process.kill(host.state === 'running' ? host.hostPid : 0, 'SIGKILL');
    await untilGone('its agent is gone', () => stage.processes().filter(({ what }) => what === 'host'));
    letGo();
    const client = await quietClient();
    await client.wanted;
    expect(await client.request('session/show', { session: session.id })).toMatchObject({
      session: { run: { stage: { name: 'committing' } } },
    });
    expect(times(said)).toBe(1);
    await client.request('client/offer', { env: stage.home.env });
    client.close();
  });
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(readFileSync(said, 'utf8')).toBe(`${session.id}\n${session.id}\n`);
});

/** A client that starts a daemon, and offers nothing by itself. `wanted`: the daemon asks for an environment. */
async function quietClient() {
  const { paths, system } = stage;
  const { node, daemon, build } = stage.runtime();
  const socket = await startDaemon(
    { paths, system },
    { argv: [node, daemon], env: stage.home.env, builtAt: undefined },
  );
  const secret = readFileSync(paths.daemonSecret, 'utf8');
  const hello = { protocol: SPOKEN_PROTOCOL, build, secret, client: 'quiet', kind: 'test', capabilities: [] } as const;
  const link = await greet(socket, hello);
  const wanted = new Promise<void>(resolve => {
    link.onNotification = method => {
      if (method === 'environment/wanted') resolve();
    };
    for (const { method, params } of link.early) link.onNotification(method, params);
  });
  return {
    wanted,
    request: (method: string, params: unknown) => link.peer.request(method, params),
    close: () => socket.destroy(),
  };
}

test('who takes a run over halts the hooks of its commit, and given back they begin anew', async () => {
  stage = await startStage();
  const { begun, letGo } = hangs('pre-commit');
  const { session } = await stage.create({ title: 'Mine', run: { goal: '[[write word good]]' } });
  await fileAppears(begun);
  await stage.request('run/takeOver', act(session.id));
  await hooksGone();
  letGo();
  expect(stage.view(session.id).session.run).toMatchObject({
    stage: { name: 'committing' },
    held: { why: 'takenOver' },
  });
  await stage.request('run/giveBack', act(session.id));
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(times(begun)).toBe(2);
});

test('a push that does not end holds up nobody else, and a pause ends it for good', async () => {
  stage = await startStage({ repository: { remote: true } });
  const { begun } = hangs('pre-push');
  const { session } = await stage.idle('Slow');
  const pushed = stage.request('branch/push', { ...act(session.id), commit: null });
  const refused = expect(pushed).rejects.toMatchObject({
    kind: 'cancelled',
    message: 'The push of "Slow" was ended: its session was put aside meanwhile.',
  });
  await fileAppears(begun);
  await expect(stage.request('branch/push', { ...act(session.id), commit: null })).rejects.toThrow(
    'it is being pushed',
  );
  await stage.idle('Other');
  await stage.request('session/pause', act(session.id));
  await refused;
  await hooksGone();
  await stage.request('session/resume', { ...act(session.id), env: stage.home.env });
  await stage.until(session.id, 'is back', view => view.status === 'idle');
  expect(times(begun)).toBe(1);
  expect(stage.git(['ls-remote', 'origin', session.branch])).toBe('');
});

test('a push of a session that was never let go outlives its daemon, is done once and answered', async () => {
  stage = await startStage({ repository: { remote: true } });
  const { begun, letGo } = hangs('pre-push');
  const { session } = await stage.idle('Plain', { prompt: '[[write a.txt a]] [[write b.txt b]]' });
  await stage.until(session.id, 'has two files', view => view.changes?.uncommitted === 2);
  stage.git(['add', 'a.txt'], session.worktree);
  stage.git(['commit', '-q', '-m', 'One of two'], session.worktree);
  const pushed = stage.request('branch/push', { ...act(session.id), commit: null });
  await fileAppears(begun);
  letGo();
  await stage.killDaemon();
  expect(await pushed).toMatchObject({ remote: 'origin', uncommitted: 1, view: { status: 'idle' } });
  expect(stage.git(['ls-remote', 'origin', session.branch])).toContain(stage.git(['rev-parse', session.branch]));
  const why = await stage.request('session/why', { session: session.id });
  expect(why.history.map(({ text }) => text).filter(text => text.includes('push'))).toEqual([
    'push asked for',
    'pushed to origin',
  ]);
  await hooksGone();
});

test('a push that fails says why, and can be asked for again', async () => {
  stage = await startStage({ repository: { remote: true } });
  const hook = join(stage.repository, '.git/hooks/pre-push');
  writeFileSync(hook, '#!/bin/sh\necho "tests are red" >&2\nexit 1\n');
  chmodSync(hook, 0o755);
  const { session } = await stage.idle('Red');
  await expect(stage.request('branch/push', { ...act(session.id), commit: null })).rejects.toThrow('tests are red');
  rmSync(hook);
  await stage.request('branch/push', { ...act(session.id), commit: null });
  expect(stage.view(session.id).session.trouble).toBeUndefined();
});

test('hooks of an act run as in the terminal of who asked for it, those of a run as its agent was started', async () => {
  stage = await startStage({ repository: { remote: true } });
  const said = join(stage.home.scratch, 'said');
  for (const name of ['pre-commit', 'pre-push']) {
    const hook = join(stage.repository, '.git/hooks', name);
    writeFileSync(hook, `#!/bin/sh\necho "${name} $WHO" >> ${said}\n`);
    chmodSync(hook, 0o755);
  }
  const as = (who: string) => ({ ...stage.home.env, WHO: who });
  const run = { goal: '[[write word good]]' };
  const { session } = await stage.create({ title: 'Keys', run, env: as('starter') });
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  await stage.request('branch/push', { ...act(session.id), env: as('pusher'), commit: null });
  expect(readFileSync(said, 'utf8')).toBe('pre-commit starter\npre-push pusher\n');
});

test('a hook of a checkout that does not end holds up nobody else, and a kill ends it with what was made', async () => {
  stage = await startStage();
  const other = await stage.idle('Other');
  const before = stage.world();
  const { begun, letGo } = hangs('post-checkout');
  const { session } = await stage.create({ title: 'Hangs' });
  await fileAppears(begun);
  await stage.request('session/diff', { session: other.session.id });
  await stage.request('session/kill', act(other.session.id));
  const killed = await stage.request('session/kill', act(session.id));
  expect(killed.session.life.name).toBe('discarded');
  await hooksGone();
  expect(stage.notices.map(({ text }) => text)).toEqual([
    'The making of "Hangs" was ended with its hooks, before it was done.',
  ]);
  const { worktrees, branches } = stage.world();
  expect(worktrees.filter(({ branch }) => branch === session.branch)).toEqual([]);
  expect(branches).toEqual(before.branches);
  letGo();
});

test('a hook of a checkout does not outlive its daemon, and begins anew', async () => {
  stage = await startStage();
  const { begun, letGo } = hangs('post-checkout');
  const { session } = await stage.create({ title: 'Again' });
  await fileAppears(begun);
  letGo();
  await stage.killDaemon();
  await stage.until(session.id, 'is idle', view => view.status === 'idle');
  await hooksGone();
  expect(times(begun)).toBe(2);
});

test('a hook after a merge that does not end holds up no other merge once its session is put aside', async () => {
  stage = await startStage();
  const ready = async (title: string) => {
    const { session } = await stage.create({ title, run: { goal: `[[write ${title}.txt good]]` } });
    const view = await stage.until(session.id, 'is ready', found => found.status === 'ready');
    return { id: session.id, commit: view.session.run?.readyCommit ?? '' };
  };
  const [one, two] = [await ready('one'), await ready('two')];
  const { begun, letGo } = hangs('post-merge');
  const merging = stage.request('branch/merge', { ...act(one.id), commit: one.commit }).catch(() => undefined);
  await fileAppears(begun);
  expect(readFileSync(join(stage.repository, 'one.txt'), 'utf8').trim()).toBe('good');
  await stage.request('session/kill', act(one.id));
  await merging;
  await hooksGone();
  letGo();
  await stage.request('branch/merge', { ...act(two.id), commit: two.commit });
  expect(readFileSync(join(stage.repository, 'two.txt'), 'utf8').trim()).toBe('good');
});
