import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { DaemonConnection } from '../../source/client/daemon-connection.ts';
import { filesBelow } from '../driver/files-below.ts';
import { environmentOf } from '../driver/processes.ts';
import { DAEMON_REQUESTS } from '../protocol/samples/1/daemon-requests.ts';
import { clientIn, environmentIn, refused } from './as-session.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
const open: DaemonConnection[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) client.close();
  await stage?.end();
});

const asSession = async (session: string, env?: Readonly<Record<string, string>>) => {
  const client = await clientIn(stage, env ?? (await environmentIn(stage, session)));
  open.push(client);
  return client;
};

test('a mark is good for one start of its agent, and one that is not good opens nothing', async () => {
  stage = await startStage();
  const { id: a } = (await stage.idle('A')).session;
  const { id: b } = (await stage.idle('B')).session;
  const env = await environmentIn(stage, a);
  const bad = { kind: 'conflict', message: expect.stringContaining('it may do nothing') };
  await expect(clientIn(stage, { ...env, TUTTI_SESSION: b })).rejects.toMatchObject(bad);
  await expect(clientIn(stage, { ...env, TUTTI_SESSION: 'nobody' })).rejects.toMatchObject(bad);
  await expect(clientIn(stage, { ...env, TUTTI_PASS: `${env.TUTTI_PASS}0` })).rejects.toMatchObject(bad);
  const { TUTTI_SESSION: _, ...nameless } = env;
  await expect(clientIn(stage, nameless)).rejects.toMatchObject(bad);
  // Every later daemon knows it.
  await stage.killDaemon();
  const client = await asSession(a, env);
  expect((await client.request('fleet/list', { all: true })).sessions).toHaveLength(1);
  await stage.send(a, '[[exit 0]]');
  await stage.until(a, 'has ended', ({ session }) => session.host.state === 'exited');
  await stage.request('session/restart', { operation: stage.operation(), session: a, env: stage.home.env });
  await stage.until(a, 'is idle again', ({ status }) => status === 'idle');
  await expect(clientIn(stage, env)).rejects.toMatchObject(bad);
  const again = await asSession(a, await environmentIn(stage, a, 'agent-2'));
  expect((await again.request('session/show', { session: a })).session.id).toBe(a);
  // What left its terminal outlives a kill, and may do nothing any more.
  const newest = await environmentIn(stage, a, 'agent-2');
  await stage.request('session/kill', { operation: stage.operation(), session: a });
  await expect(clientIn(stage, newest)).rejects.toMatchObject(bad);
});

test('half of a mark is the session’s too, and so is one of the same files by another way', async () => {
  stage = await startStage();
  const { id: a } = (await stage.idle('A')).session;
  const env = await environmentIn(stage, a);
  const { TUTTI_PASS: _, ...halved } = env;
  await expect(clientIn(stage, halved)).rejects.toMatchObject({
    kind: 'conflict',
    message: expect.stringMatching(
      /^This tutti was started by a session of tutti .* TUTTI_PASS is not in its environment/,
    ),
  });
  const way = join(stage.home.root, 'way');
  symlinkSync(stage.home.tutti, way);
  const around = await asSession(a, { ...env, TUTTI_HOME: way });
  const answer = DAEMON_REQUESTS['question/answer'].params;
  expect(await refused(around.request('question/answer', { ...answer, session: a }))).toEqual([
    'conflict',
    expect.stringContaining('The session "A" may not answer what agents ask'),
  ]);
});

test('a connection has the rights of its start, and ends with it', async () => {
  stage = await startStage();
  const { id: a } = (await stage.idle('A')).session;
  const client = await asSession(a);
  await client.request('fleet/watch', { all: true });
  const ended = new Promise(resolve => client.on('reconnecting', resolve));
  const waits = refused(client.request('session/wait', { session: a, statuses: ['failed'] }));
  await stage.send(a, '[[exit 0]]');
  await stage.until(a, 'has ended', ({ session }) => session.host.state === 'exited');
  // Until the next start it is what the agent left behind.
  expect((await client.request('session/show', { session: a })).session.id).toBe(a);
  await stage.request('session/restart', { operation: stage.operation(), session: a, env: stage.home.env });
  await ended;
  const bad = ['conflict', expect.stringContaining('it may do nothing')];
  expect(await waits).toEqual(bad);
  expect(await refused(client.request('fleet/list', { all: true }))).toEqual(bad);
});

test('a program of a session starts no daemon: it waits for the one that its host brings', async () => {
  stage = await startStage();
  const { id: a } = (await stage.idle('A')).session;
  const env = { ...(await environmentIn(stage, a)), OF_AN_AGENT: '1' };
  await stage.withoutDaemon(
    async () => {
      const client = await asSession(a, env);
      expect((await client.request('fleet/list', { all: true })).sessions).toHaveLength(1);
    },
    { hostsWake: true },
  );
  expect(environmentOf(await stage.daemonPid())).not.toContain('OF_AN_AGENT');
});

test('the pass is in the environment of what runs in the session’s name, in no other one and in no file', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'A',
    run: { goal: '[[write a.txt a]]', check: 'env > "$HOME/check-env"' },
    // As a session's own tutti would send it.
    env: { ...stage.home.env, TUTTI_SESSION: 'other', TUTTI_PASS: 'x.stale' },
  });
  await stage.until(session.id, 'is ready', ({ status }) => status === 'ready');
  const env = await environmentIn(stage, session.id);
  const pass = env.TUTTI_PASS ?? '';
  expect(pass).toMatch(/^[0-9a-f]{10}\.[0-9a-f]{64}$/);
  expect(env.TUTTI_SESSION).toBe(session.id);
  const { envNames } = (await stage.request('session/show', { session: session.id })).session;
  expect(envNames).toContain('TUTTI_HOME');
  expect(envNames).not.toContain('TUTTI_PASS');
  // A check is code of the worktree.
  const check = join(stage.home.root, 'check-env');
  expect(readFileSync(check, 'utf8')).toContain(`TUTTI_PASS=${pass}\n`);
  // A shell is the person's, also where a session's own tutti would have opened it.
  await stage.request('shell/open', { operation: stage.operation(), session: session.id, env });
  const shell = await environmentIn(stage, session.id, 'shell-1');
  expect(Object.keys(shell).filter(name => name.startsWith('TUTTI_'))).toEqual(
    Object.keys(stage.home.env).filter(name => name.startsWith('TUTTI_')),
  );
  // A daemon is everybody's, whoever starts it.
  const back = stage.back();
  stage.daemonEnv = { TUTTI_SESSION: session.id, TUTTI_PASS: pass, MARKED: '1' };
  await stage.request('daemon/stop', { by: 'user' });
  await back;
  const daemon = environmentOf(await stage.daemonPid());
  expect(daemon).toContain('MARKED=1');
  expect(daemon).not.toContain('TUTTI_PASS');
  await stage.send(session.id, 'and now');
  await stage.until(session.id, 'has answered', () => stage.receipts().includes('and now'));
  const files = filesBelow(stage.home.root).map(path => join(stage.home.root, path));
  const holding = files.filter(
    path => path !== check && readFileSync(path).includes(pass.slice(pass.indexOf('.') + 1)),
  );
  expect(holding).toEqual([]);
});
