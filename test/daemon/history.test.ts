import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fixture } from '../records/fixture.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

const historyOf = async (session: string) => (await stage.request('session/history', { session })).history?.turns;
/** So many prompts were sent, and its turn is over: what it said stands in its record by then. */
const over = (session: string, sent: number) =>
  stage.until(
    session,
    `has done with ${sent} prompts`,
    ({ session: { outbox }, status }) =>
      status === 'idle' && outbox.filter(({ state }) => state === 'begun').length === sent,
  );
const prompts = async (session: string) => (await historyOf(session))?.map(({ prompt }) => prompt);

test('the history of a session: while it runs, after its end, by a new daemon, and after a kill', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Word', { prompt: 'first [[bash true]] [[say One.]]' });
  await over(session.id, 1);
  expect(await historyOf(session.id)).toMatchObject([
    { prompt: 'first [[bash true]] [[say One.]]', said: 'One.', toolCount: 1, end: 'done' },
  ]);
  await stage.send(session.id, 'second [[say Two.]]');
  await over(session.id, 2);
  expect((await historyOf(session.id))?.at(1)?.said).toBe('Two.');

  await stage.killDaemon();
  await stage.connected();
  await stage.request('session/kill', { operation: stage.operation(), session: session.id });
  expect(await prompts(session.id)).toEqual(['first [[bash true]] [[say One.]]', 'second [[say Two.]]']);
});

test('one whose agent has written nothing down says so, and where', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Word');
  expect(await stage.request('session/history', { session: session.id })).toMatchObject({
    history: null,
    file: null,
    why: `demo has written down nothing of "Word" in ${stage.home.env.TUTTI_DEMO_STATE} yet.`,
  });
});

test('the record is looked for where the agent was started to keep it, whatever the next client has', async () => {
  stage = await startStage();
  const config = join(stage.home.root, 'its own config');
  const view = await stage.create({
    title: 'Cart',
    agent: {
      kind: 'claude',
      command: ['sh', '-c', 'sleep 600', 'claude'],
      permissionMode: undefined,
      model: undefined,
      extra: [],
    },
    env: { ...stage.home.env, CLAUDE_CONFIG_DIR: config },
  });
  const { id } = view.session;
  await stage.until(id, 'runs', ({ session }) => session.host.state === 'running');
  mkdirSync(join(config, 'projects/-shop'), { recursive: true });
  writeFileSync(join(config, 'projects/-shop', `${view.session.conversation}.jsonl`), fixture('claude.jsonl'));
  await stage.killDaemon();
  await stage.connected();
  expect(await prompts(id)).toHaveLength(4);

  const other = await stage.idle('Other', { prompt: 'about the cart [[say Cart mended.]]' });
  await over(other.session.id, 1);
  const search = async (words: readonly string[]) =>
    (await stage.request('history/search', { scope: { path: stage.repository }, words })).hits;
  expect(await search(['DONE', 'two'])).toMatchObject([
    { session: id, turn: { said: expect.stringMatching(/^Two/u) } },
  ]);
  expect(await search(['cart', 'mended'])).toMatchObject([{ session: other.session.id }]);
  // The newest first.
  expect((await search(['o'])).map(({ session }) => session)[0]).toBe(other.session.id);

  const { sessions } = await stage.request('usage/list', { scope: { path: stage.repository } });
  expect(sessions.map(({ title, used }) => [title, used])).toMatchObject([
    ['Cart', { count: 4, tokens: { input: 40, cached: 0, output: 31 }, dollars: 0.00044 }],
    ['Other', { count: 1, tokens: { input: 0, cached: 0, output: 0 } }],
  ]);

  // Its host, which knows its environment, is gone by then.
  await stage.request('session/kill', { operation: stage.operation(), session: id });
  expect(await prompts(id)).toHaveLength(4);
});

test('the row of one that reports no words has its last sentence from the record, and why tells what it has taken', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Word', { prompt: 'first [[say One.]]' });
  await over(session.id, 1);
  await stage.send(session.id, '[[exit 0]]');
  await stage.until(session.id, 'has ended', ({ status }) => status === 'exited');
  await stage.request('session/restart', { operation: stage.operation(), session: session.id, env: stage.home.env });
  const view = await stage.until(session.id, 'tells what it said', ({ line }) => line === 'One.');
  expect(view.status).toBe('idle');
  expect(view.activity.text).toBeUndefined();
  const { lines } = await stage.request('session/why', { session: session.id });
  expect(lines.at(-1)).toMatchObject({ source: 'record', claim: '2 turns' });
});
