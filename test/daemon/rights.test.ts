import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { DaemonConnection } from '../../source/client/daemon-connection.ts';
import type { DaemonRequests, SessionView } from '../../source/protocol/daemon.ts';
import { type Asked, GRANTS, type Grant, NEEDS } from '../../source/session/rights.ts';
import { DAEMON_REQUESTS } from '../protocol/samples/1/daemon-requests.ts';
import { clientIn, environmentIn, refused } from './as-session.ts';
import { DEMO, type Stage, startStage } from './stage.ts';

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

const grant = (session: string, ...grants: readonly Grant[]) =>
  stage.request('session/allow', { operation: stage.operation(), session, grants });

const READ = 'The session "A" may not read others: the user has not granted it.';

async function twoSessions() {
  const { session: a } = await stage.idle('A');
  const { session: b } = await stage.idle('B');
  return { a: a.id, b: b.id, client: await asSession(a.id) };
}

test('a session reads itself and no other; with the grant it reads all', async () => {
  stage = await startStage();
  const { a, b, client } = await twoSessions();
  const titles = async () =>
    (await client.request('fleet/list', { all: true })).sessions.map(({ session }) => session.title);
  expect(await titles()).toEqual(['A']);
  expect((await client.request('fleet/list', { all: true })).counts.idle).toBe(1);
  const reads = (session: string) =>
    [
      client.request('session/show', { session }),
      client.request('session/why', { session }),
      client.request('session/diff', { session }),
      client.request('session/history', { session }),
      client.request('question/read', { session }),
      client.request('session/wait', { session, statuses: ['idle'] }),
    ].map(refused);
  expect(await Promise.all(reads(a))).toEqual(new Array(6).fill(undefined));
  for (const answer of await Promise.all([...reads(b), ...reads('B')])) {
    expect(answer).toEqual(['conflict', expect.stringContaining(READ)]);
  }
  const used = async () => (await client.request('usage/list', { scope: { all: true } })).sessions.map(({ id }) => id);
  expect(await used()).toEqual([a]);
  await grant(a, 'read');
  expect(await used()).toEqual([a, b]);
  expect(await titles()).toEqual(['A', 'B']);
  expect(await Promise.all(reads(b))).toEqual(new Array(6).fill(undefined));
  await grant(a);
  expect(await titles()).toEqual(['A']);
  // A killed one is found by name too, and is another's.
  await stage.request('session/kill', { operation: stage.operation(), session: b });
  expect(await refused(client.request('session/why', { session: 'B' }))).toEqual([
    'conflict',
    expect.stringContaining(READ),
  ]);
});

test('what it watches is its own: changes and notices of others are not told', async () => {
  stage = await startStage();
  const { a, b, client } = await twoSessions();
  const told: string[] = [];
  client.on('session/changed', ({ session }) => told.push(session.title));
  client.on('session/removed', ({ id }) => told.push(`gone ${id}`));
  client.on('notice/raised', ({ text }) => told.push(text));
  client.on('fleet/counted', () => told.push('counts'));
  await client.request('fleet/watch', { all: true });
  await stage.request('session/rename', { operation: stage.operation(), session: b, title: 'B again' });
  const { host } = stage.view(b).session;
  process.kill(host.state === 'running' ? host.hostPid : 0, 'SIGKILL');
  await stage.eventually('the loss of B is told', () => stage.notices.find(({ session }) => session === b));
  expect((await client.request('fleet/list', { all: true })).notices).toEqual([]);
  await stage.request('session/kill', { operation: stage.operation(), session: b });
  await stage.request('session/rename', { operation: stage.operation(), session: a, title: 'A again' });
  await client.request('session/wait', { session: a, statuses: ['idle'] });
  expect(told).toContain('A again');
  expect(told.filter(words => !words.startsWith('A'))).toEqual([]);
});

test('a shell of the person is told to no session, also not to the one whose worktree it is in', async () => {
  stage = await startStage();
  const { a, b, client } = await twoSessions();
  await grant(a, 'read', 'write');
  await grant(b, 'read');
  const told: (readonly string[])[] = [];
  const names = ({ panes }: SessionView) => panes.map(({ name }) => name);
  client.on('session/changed', view => told.push(names(view)));
  for (const session of [a, b])
    await stage.request('shell/open', { operation: stage.operation(), session, env: stage.home.env });
  await stage.until(a, 'has a shell', view => names(view).includes('shell-1'));
  const { sessions } = await client.request('fleet/watch', { all: true });
  const { view } = await client.request('session/why', { session: a });
  const seen = [
    ...sessions,
    ...(await client.request('fleet/list', { all: true })).sessions,
    view,
    await client.request('session/show', { session: a }),
    await client.request('session/wait', { session: a, statuses: ['idle'] }),
    await client.request('prompt/send', { operation: stage.operation(), session: b, text: 'from A' }),
  ];
  expect(seen.map(names)).toEqual(new Array(8).fill(['agent-1']));
  await stage.request('session/rename', { operation: stage.operation(), session: a, title: 'A again' });
  await client.request('session/wait', { session: a, statuses: ['idle'] });
  expect(told.length).toBeGreaterThan(0);
  expect(told.flat().filter(name => name !== 'agent-1')).toEqual([]);
  expect(names(stage.view(a))).toEqual(['agent-1', 'shell-1']);
});

test('to send prompts, to start and to end is granted one by one', async () => {
  stage = await startStage();
  const { a, b, client } = await twoSessions();
  const acts: Readonly<Record<Exclude<Grant, 'read'>, () => Promise<unknown>>> = {
    write: () => client.request('prompt/send', { operation: stage.operation(), session: b, text: 'from A' }),
    spawn: () =>
      client.request('session/create', {
        operation: stage.operation(),
        path: stage.repository,
        title: 'C',
        agent: { ...DEMO, extra: [] },
        env: stage.home.env,
      }),
    end: () => client.request('session/kill', { operation: stage.operation(), session: b }),
  };
  for (const [need, act] of Object.entries(acts) as [Grant, () => Promise<unknown>][]) {
    await grant(a, ...GRANTS.filter(other => other !== need));
    expect(await refused(act())).toEqual(['conflict', expect.stringContaining(`tutti allow ${a} ${need}`)]);
    await grant(a, need);
    expect(await refused(act())).toBeUndefined();
  }
  expect(stage.receipts()).toEqual(['from A']);
  const told = (await stage.request('session/why', { session: b })).history.map(({ text }) => text);
  expect(told).toEqual(
    expect.arrayContaining([`prompt queued by the session ${a}`, `kill asked for by the session ${a}`]),
  );
  const { session: child } = [...stage.views.values()].find(({ session }) => session.title === 'C') ?? {};
  expect(child).toMatchObject({ parent: a });
  expect(child?.grants).toBeUndefined();
  // What it has started it may read.
  expect(await refused(client.request('session/show', { session: child?.id ?? '' }))).toBeUndefined();
});

test('what a session sends is no word of the person: it waits while he has the keys, and takes no stop back', async () => {
  stage = await startStage();
  const { a, b, client } = await twoSessions();
  await grant(a, 'write');
  const send = (session: string, text: string) =>
    client.request('prompt/send', { operation: stage.operation(), session, text, interrupt: true });
  const keys = await stage.host(b, 'agent-1');
  keys.type('x\x7f');
  await stage.until(b, 'is taken', view => view.taken);
  keys.close();
  await send(b, 'from A');
  // The person's own goes past it.
  await stage.send(b, 'mine');
  const { session: held } = await stage.until(
    b,
    'has the person’s prompt',
    ({ status, session }) => status === 'idle' && session.outbox.some(({ state }) => state === 'begun'),
  );
  expect(stage.receipts()).toEqual(['mine']);
  expect(held.outbox).toMatchObject([
    { text: 'from A', by: 'session', state: 'queued', attempts: 0 },
    { text: 'mine', by: 'person', state: 'begun' },
  ]);
  await stage.request('run/giveBack', { operation: stage.operation(), session: b });
  await stage.eventually('the session’s prompt is there', () => stage.receipts().includes('from A') || undefined);
  const { session: c } = await stage.create({ title: 'C', run: { goal: '[[say Nothing to do.]]' } });
  const { session: stopped } = await stage.until(
    c.id,
    'has stopped',
    ({ session }) => session.run?.stage.name === 'stopped',
  );
  expect(stopped.run?.stage).toMatchObject({ name: 'stopped', why: 'noChange' });
  await send(c.id, 'go on');
  const { session: after } = await stage.until(c.id, 'has begun with it', ({ session }) =>
    session.outbox.some(({ text, state }) => text === 'go on' && state === 'begun'),
  );
  expect(after.run?.stage).toEqual(stopped.run?.stage);
});

test('what it starts may do no more than itself', async () => {
  stage = await startStage();
  const { a, client } = await twoSessions();
  await grant(a, 'spawn');
  const create = (more: Partial<DaemonRequests['session/create']['params']>) =>
    client.request('session/create', {
      operation: stage.operation(),
      path: stage.repository,
      title: 'C',
      agent: { ...DEMO, extra: [] },
      env: stage.home.env,
      ...more,
    });
  const why = async (more: Parameters<typeof create>[0]) => (await refused(create(more)))?.[1];
  const more = 'what it starts may do no more than itself';
  expect(await why({ grants: ['spawn'] })).toContain(`may not grant rights: ${more}`);
  expect(await why({ run: { goal: 'Do it' } })).toContain(`may not let a session go: ${more}`);
  expect(await why({ adopt: 'theirs' })).toContain(`may not adopt a conversation: ${more}`);
  expect(await why({ agent: { ...DEMO, command: ['sh'] } })).toContain(`may not choose a command line: ${more}`);
  expect(await why({ agent: { ...DEMO, extra: [], kind: 'shell' } })).toContain('a session of the kind shell');
  expect(await why({ agent: { ...DEMO, extra: [], permissionMode: 'bypass' } })).toContain('choose a permission mode');
  const other = join(stage.home.root, 'other');
  stage.git(['clone', '-q', stage.repository, other]);
  expect(await why({ path: other })).toContain(`start a session in another repository: ${more}`);
  // Nor does it choose what runs by an environment of its making.
  const { session } = await create({ env: { PATH: '/nowhere', MADE: 'up' } });
  // As itself was started.
  expect(session.agent).toEqual(stage.view(a).session.agent);
  const started = await stage.until(session.id, 'is idle', ({ status }) => status === 'idle');
  const env = await environmentIn(stage, started.session.id);
  expect(env.TUTTI_SESSION).toBe(session.id);
  expect([env.PATH, env.MADE]).toEqual([stage.home.env.PATH, undefined]);
  const child = await asSession(session.id, env);
  expect(await refused(child.request('session/show', { session: a }))).toEqual([
    'conflict',
    expect.stringContaining('may not read others'),
  ]);
});

test('the acts of the person are refused with every grant, each in a sentence', async () => {
  stage = await startStage();
  const { a, b, client } = await twoSessions();
  await grant(a, ...GRANTS);
  const persons = (Object.keys(NEEDS) as Asked[]).filter(name => NEEDS[name][0] === 'person');
  for (const session of [a, b]) {
    for (const name of persons) {
      const sample = DAEMON_REQUESTS[name].params as { session?: string } | null;
      const params = sample !== null && 'session' in sample ? { ...sample, session } : sample;
      const [kind, words] = (await refused(client.request(name, params as never))) ?? [];
      expect([name, kind, words]).toEqual([name, 'conflict', expect.stringMatching(/^The session "A" may not .*\.$/)]);
    }
  }
});
