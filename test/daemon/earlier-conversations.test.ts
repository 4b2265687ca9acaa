import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { NewSession } from '../../source/protocol/daemon.ts';
import { findRecord } from '../../source/records/find-record.ts';
import type { AgentChoice } from '../../source/session/session.ts';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

const FAKE = fileURLToPath(new URL('fake-claude.ts', import.meta.url));
const CLAUDE: AgentChoice = { ...DEMO, kind: 'claude', command: [process.execPath, FAKE], extra: [] };
const [SECOND, THIRD] = ['0190d0b0-1111-4222-8333-000000000002', '0190d0b0-1111-4222-8333-000000000003'];

const config = () => join(stage.home.root, 'config');
const env = () => ({ ...stage.home.env, CLAUDE_CONFIG_DIR: config() });

const recordOf = (id: string) => findRecord(config(), ['projects', '*', `${id}.jsonl`]) ?? '';

async function started(title: string, more: Partial<NewSession> = {}): Promise<string> {
  const { session } = await stage.create({ title, agent: CLAUDE, env: env(), ...more });
  await stage.until(session.id, 'runs', view => view.session.host.state === 'running');
  return session.id;
}

/** Typed into its pane; resolves when it is known to be said. */
async function say(id: string, line: string, host = 'agent-1'): Promise<void> {
  const before = (await told(id)).length;
  const pane = await stage.host(id, host);
  pane.type(`${line}\r`);
  pane.close();
  const conversation = /^@(\S+)/u.exec(line)?.[1];
  await stage.until(
    id,
    `has answered ${line}`,
    ({ session, status }) =>
      status === 'idle' &&
      session.conversationBegun &&
      (conversation === undefined || session.conversation === conversation),
  );
  await expect.poll(async () => (await told(id)).length, { message: `${line} is written down` }).toBe(before + 1);
}

const told = async (session: string) =>
  ((await stage.request('session/history', { session })).history?.turns ?? []).map(({ prompt }) => prompt);

const used = async () =>
  (await stage.request('usage/list', { scope: { all: true } })).sessions.map(({ title, used: of }) => [
    title,
    of?.count,
    of?.tokens.input,
  ]);

const found = async (word: string) =>
  (await stage.request('history/search', { scope: { all: true }, words: [word] })).hits.map(
    ({ title, turn }) => `${title}: ${turn.prompt}`,
  );

test('a session keeps what was said before /clear: in its history, its usage and the search, after a kill and for a new daemon', async () => {
  stage = await startStage();
  const id = await started('Cart');
  const first = stage.view(id).session.conversation;
  await say(id, 'remember tritone');
  await say(id, `@${SECOND} after the clear`);
  await say(id, `@${THIRD} after another`);
  expect(stage.view(id).session).toMatchObject({ conversation: THIRD, earlier: [{ id: first }, { id: SECOND }] });
  // As a lost ledger would be rebuilt.
  const record = () => JSON.parse(readFileSync(join(stage.paths.sessions, id, 'session.json'), 'utf8'));
  await expect.poll(record, { message: 'it is kept' }).toMatchObject({ earlier: [{ id: first }, { id: SECOND }] });
  expect(await told(id)).toEqual(['remember tritone', 'after the clear', 'after another']);
  expect(await used()).toEqual([['Cart', 3, 30]]);
  expect(await found('TRITONE')).toEqual(['Cart: remember tritone']);

  // Gone back to, it is the one of now again.
  await say(id, `@${first} once more`);
  const { conversation, earlier } = stage.view(id).session;
  expect([conversation, earlier?.map(each => each.id)]).toEqual([first, [SECOND, THIRD]]);
  const all = ['after the clear', 'after another', 'remember tritone', 'once more'];
  expect(await told(id)).toEqual(all);
  expect(await used()).toEqual([['Cart', 4, 40]]);

  await stage.killDaemon();
  await stage.connected();
  await stage.request('session/kill', { operation: stage.operation(), session: id });
  expect(await told(id)).toEqual(all);
  // One whose record is gone is left out, and the others are told.
  rmSync(recordOf(THIRD));
  expect(await told(id)).toEqual(['after the clear', 'remember tritone', 'once more']);
  // What comes back is the newest.
  await stage.request('session/undo', { operation: stage.operation(), scope: { all: true }, env: env() });
  await stage.until(id, 'runs again', view => view.session.host.state === 'running');
  await say(id, 'and back', 'agent-2');
  expect(await told(id)).toEqual(['after the clear', 'remember tritone', 'once more', 'and back']);
});

test('what a session had before is looked for where it was kept then', async () => {
  stage = await startStage();
  const id = await started('Cart');
  const first = stage.view(id).session.conversation;
  await say(id, 'remember tritone');
  await say(id, `@${SECOND} after the clear`);
  expect(stage.view(id).session.earlier).toEqual([{ id: first, records: config() }]);
  // As a change of the profile does it: the record of now alone goes along.
  await stage.request('session/kill', { operation: stage.operation(), session: id });
  const other = join(stage.home.root, 'other');
  mkdirSync(join(other, 'projects/-shop'), { recursive: true });
  renameSync(recordOf(SECOND), join(other, 'projects/-shop', `${SECOND}.jsonl`));
  const moved = { ...env(), CLAUDE_CONFIG_DIR: other };
  await stage.request('session/undo', { operation: stage.operation(), scope: { all: true }, env: moved });
  await stage.until(id, 'runs again', view => view.session.host.state === 'running');
  expect(await told(id)).toEqual(['remember tritone', 'after the clear']);
});

test('a conversation that was adopted and left again is neither offered nor taken once more', async () => {
  stage = await startStage();
  const folder = join(config(), 'projects', stage.repository.replace(/[^A-Za-z0-9]/gu, '-'));
  mkdirSync(folder, { recursive: true });
  const row = { type: 'user', cwd: stage.repository, message: { role: 'user', content: 'Mend it' } };
  writeFileSync(join(folder, `${SECOND}.jsonl`), `${JSON.stringify(row)}\n`);
  const offered = async () =>
    (await stage.request('conversation/list', { path: stage.repository, env: env() })).conversations.map(
      ({ id }) => id,
    );
  expect(await offered()).toEqual([SECOND]);
  const id = await started('Cart', { adopt: SECOND });
  await say(id, `@${THIRD} after the clear`);
  expect(await offered()).toEqual([]);
  await expect(stage.create({ title: 'Again', agent: CLAUDE, env: env(), adopt: SECOND })).rejects.toThrow(
    `The conversation ${SECOND} is that of "Cart" already: it is the session ${id}.`,
  );
});
