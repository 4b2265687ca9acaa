import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Fleet, RepositoryView, SessionView } from '../../source/protocol/daemon.ts';
import { encodeFrame, FrameReader, FrameType } from '../../source/protocol/frame.ts';
import { daemonDial } from '../../source/system/daemon-dial.ts';
import { fileAppears } from './file-appears.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
/** Renames while a client does not read. */
const ROUNDS = 500;
afterEach(() => stage?.end());

/** A client by hand: it can stop reading. */
async function rawClient() {
  const socket = connect(daemonDial(stage.paths, stage.system));
  const reader = new FrameReader();
  const said: { readonly method?: string; readonly id?: number; readonly params: unknown; readonly result: unknown }[] =
    [];
  let tell = () => {};
  socket.on('data', chunk => {
    for (const frame of reader.read(chunk)) said.push(JSON.parse(Buffer.from(frame.payload).toString()));
    tell();
  });
  const until = (holds: () => boolean) =>
    new Promise<void>(resolve => {
      tell = () => {
        if (holds()) resolve();
      };
      tell();
    });
  let id = 0;
  const ask = async (method: string, params: unknown) => {
    id += 1;
    const own = id;
    socket.write(encodeFrame(FrameType.rpc, Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method, params }))));
    await until(() => said.some(message => message.id === own));
    return said.find(message => message.id === own)?.result;
  };
  const secret = readFileSync(stage.paths.daemonSecret, 'utf8');
  await ask('client/hello', { protocol: 1, build: 'x', secret, client: 'raw', kind: 'test', capabilities: [] });
  const views = () =>
    said.filter(({ method }) => method === 'session/changed').map(({ params }) => params as SessionView);
  return { socket, ask, until, views, said };
}

test('a client is told of its own repository only, and only of what changed', async () => {
  stage = await startStage();
  const other = join(stage.home.root, 'other');
  stage.git(['clone', '-q', stage.repository, other]);
  const client = await rawClient();
  await client.ask('fleet/watch', { path: other });
  const here = await stage.idle('Here');
  const there = await stage.idle('There', { path: other });
  await client.until(() => client.views().some(({ status }) => status === 'idle'));
  expect(new Set(client.views().map(({ session }) => session.title))).toEqual(new Set(['There']));
  const texts = client.views().map(view => JSON.stringify(view));
  expect(new Set(texts).size).toBe(texts.length);
  const counted = () => client.said.findLast(({ method }) => method === 'fleet/counted')?.params;
  // Counts are over all repositories.
  await client.until(() => JSON.stringify(counted() ?? '').includes('"idle":2'));
  expect(here.session.repository.gitDir).not.toBe(there.session.repository.gitDir);
  client.socket.destroy();
});

test('a client is told when a session has changed its repository', async () => {
  stage = await startStage();
  const client = await rawClient();
  const { repository } = (await client.ask('fleet/watch', { path: stage.repository })) as Fleet;
  expect(repository?.branches.map(({ name }) => name)).toEqual(['main']);
  const { session } = await stage.create({ title: 'New branch' });
  const told = () =>
    client.said.filter(({ method }) => method === 'repository/changed').map(({ params }) => params as RepositoryView);
  await client.until(() => told().some(({ branches }) => branches.some(({ name }) => name === session.branch)));
  client.socket.destroy();
});

test('a client that does not read misses nothing that still counts, and nobody waits for it', async () => {
  stage = await startStage();
  const client = await rawClient();
  await client.ask('fleet/watch', { all: true });
  const { session } = await stage.idle('Busy');
  for (let prompt = 0; prompt < 6; prompt++) await stage.send(session.id, `[[say ${prompt}]] ${'word '.repeat(200)}`);
  await stage.until(session.id, 'has begun all', view => view.session.outbox.every(({ state }) => state === 'begun'));
  client.socket.pause();
  // Each another view of 5 kB: more than the sockets and the daemon's bound hold.
  for (let round = 0; round < ROUNDS; round++) {
    const title = `T ${round}`;
    await stage.request('session/rename', { operation: stage.operation(), session: session.id, title });
  }
  const before = client.views().length;
  client.socket.resume();
  await client.until(() => client.views().at(-1)?.session.title === `T ${ROUNDS - 1}`);
  expect(client.views().length).toBeGreaterThan(before);
  expect(client.views().length).toBeLessThan(ROUNDS);
  client.socket.destroy();
});

test('what is long stays in the ledger: a row has its beginning, show has all', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Long');
  const text = `[[say ok]] ${'word '.repeat(40_000)}`;
  await stage.send(session.id, text);
  expect(stage.view(session.id).session.outbox[0]?.text.length).toBe(400);
  const shown = await stage.request('session/show', { session: session.id });
  expect(shown.session.outbox[0]?.text).toBe(text.trim());
  await stage.request('prompt/withdraw', {
    operation: stage.operation(),
    session: session.id,
    prompt: shown.session.outbox[0]?.id ?? '',
  });
});

test('a missing variable is said when a session comes back', async () => {
  stage = await startStage();
  await stage.idle('Keys', { env: { ...stage.home.env, API_KEY: 'secret', SHLVL: '2' } });
  await stage.request('session/pause', { operation: stage.operation(), session: 'Keys' });
  const { env } = stage.home;
  await stage.request('session/resume', { operation: stage.operation(), session: 'Keys', env });
  expect(stage.notices.map(({ text }) => text)).toEqual([
    '"Keys" was started with API_KEY in its environment; your shell does not have that now.',
  ]);
  const ledger = readFileSync(stage.paths.ledger, 'latin1') + readFileSync(`${stage.paths.ledger}-wal`, 'latin1');
  expect(ledger.includes('API_KEY')).toBe(true);
  expect(ledger.includes('secret')).toBe(false);
});

test('the evidence of a status and what has happened are told', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Why', { prompt: '[[say Because]]' });
  const why = await stage.request('session/why', { session: session.id });
  expect(why.lines[0]).toMatchObject({ source: 'osc7501', claim: expect.stringContaining('Because'), agrees: true });
  const told = why.history.map(({ text }) => text.replace(/process \d+/, 'process N'));
  expect(told).toContain('reported done, "Because"');
  expect(told.filter(text => !text.startsWith('reported '))).toEqual([
    `created on ${session.branch} from main`,
    'prompt queued by you',
    'worktree made',
    'agent-1 started, process N, with its prompt',
    'turn begun',
  ]);
});

test('a request that is not as it has to be, and one that nobody knows, are refused in one sentence', async () => {
  stage = await startStage();
  await expect(stage.request('session/kill', { operation: 'x' } as never)).rejects.toThrow(
    'The request session/kill is not as it has to be: session: Invalid input: expected string, received undefined.',
  );
  const long = { operation: 'x', session: 'x'.repeat(2000) };
  await expect(stage.request('session/kill', long)).rejects.toThrow('session: it may have 400 characters at most.');
  await expect(stage.request('session/dance' as never, null as never)).rejects.toThrow(
    /^This daemon \(.*\) does not know session\/dance: start the newer tutti\.$/,
  );
});

test('a socket that somebody took away is put back by the daemon that has it', async () => {
  stage = await startStage();
  const pid = await stage.daemonPid();
  rmSync(stage.paths.daemonSocket);
  await fileAppears(stage.paths.daemonSocket);
  stage.connection?.close();
  await stage.connect();
  expect(await stage.daemonPid()).toBe(pid);
});
