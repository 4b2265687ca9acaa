import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

/** What a user's own agent wrote down before: a demo conversation in a folder. */
function wroteDown(id: string, cwd: string, prompt: string): void {
  const folder = stage.home.env.TUTTI_DEMO_STATE ?? '';
  mkdirSync(folder, { recursive: true });
  const rows = [
    { type: 'begun', cwd, at: 1 },
    { type: 'block', block: { type: 'prompt', text: prompt }, at: 2 },
    { type: 'block', block: { type: 'answer', text: 'I do.' }, at: 3 },
  ];
  writeFileSync(join(folder, `${id}.jsonl`), `${rows.map(row => JSON.stringify(row)).join('\n')}\n`);
}

const list = async (env = stage.home.env) =>
  (await stage.request('conversation/list', { path: stage.repository, env })).conversations;

test('what began in this repository outside of tutti is listed, looked at, and goes on in a worktree of its own', async () => {
  stage = await startStage();
  const ours = await stage.idle('Ours', { prompt: 'ours [[say Yes.]]' });
  await stage.until(
    ours.session.id,
    'has answered',
    ({ session, status }) => status === 'idle' && session.conversationBegun,
  );
  wroteDown('here-1', stage.repository, 'remember tritone');
  wroteDown('below-1', join(stage.repository, 'web'), 'in a folder below');
  wroteDown('beside-1', `${stage.repository}-2`, 'in another repository');
  wroteDown('cleared-1', ours.session.worktree, 'after a /clear in a session');
  expect((await list()).map(({ id, agent, prompt, refused }) => [id, agent, prompt, refused]).sort()).toEqual([
    ['below-1', 'demo', 'in a folder below', null],
    ['here-1', 'demo', 'remember tritone', null],
  ]);
  const { env } = stage.home;
  const look = await stage.request('conversation/read', { agent: 'demo', id: 'here-1', env });
  expect(look.history?.turns).toMatchObject([{ prompt: 'remember tritone', said: 'I do.' }]);

  const { session } = await stage.create({ title: 'Theirs', adopt: 'here-1' });
  await stage.until(session.id, 'is idle', ({ status }) => status === 'idle');
  expect(stage.view(session.id).session).toMatchObject({ conversation: 'here-1', conversationBegun: true });
  // It was resumed: the agent draws what was said before, and goes on in the same record.
  await stage.send(session.id, 'and the next [[say Two.]]');
  await stage.until(session.id, 'has answered', ({ line }) => line === 'Two.');
  const { history } = await stage.request('session/history', { session: session.id });
  expect(history?.turns.map(({ prompt }) => prompt)).toEqual(['remember tritone', 'and the next [[say Two.]]']);
  expect(history?.cwd).toBe(stage.repository);
  expect((await list()).map(({ id }) => id)).toEqual(['below-1']);
});

test('one that a session has already, one that is open elsewhere, and one of an agent that cannot are refused', async () => {
  stage = await startStage();
  wroteDown('here-1', stage.repository, 'remember tritone');
  const { session } = await stage.create({ title: 'Theirs', adopt: 'here-1' });
  await stage.until(session.id, 'is idle', ({ status }) => status === 'idle');
  await expect(stage.create({ title: 'Again', adopt: 'here-1' })).rejects.toThrow(
    `The conversation here-1 is that of "Theirs" already: it is the session ${session.id}.`,
  );
  await expect(
    stage.create({ title: 'No', adopt: 'x', agent: { ...DEMO, kind: 'gemini', command: ['true'], extra: [] } }),
  ).rejects.toThrow("The conversation x can't be adopted: gemini ");

  const config = join(stage.home.root, 'config');
  const id = '0190d0b0-1111-4222-8333-444455556666';
  const folder = join(config, 'projects', stage.repository.replace(/[^A-Za-z0-9]/gu, '-'));
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(config, 'sessions'));
  const row = { type: 'user', cwd: stage.repository, message: { role: 'user', content: 'Mend it' } };
  writeFileSync(join(folder, `${id}.jsonl`), `${JSON.stringify(row)}\n`);
  const env = { ...stage.home.env, CLAUDE_CONFIG_DIR: config };
  expect(await list(env)).toMatchObject([{ id, agent: 'claude', prompt: 'Mend it', refused: null }]);
  const open = (pid: number) =>
    writeFileSync(join(config, 'sessions', `${pid}.json`), JSON.stringify({ sessionId: id, cwd: stage.repository }));
  open(process.pid);
  expect((await list(env))[0]?.refused).toBe(
    `it is open in claude with the process id ${process.pid}: leave it there first`,
  );
  // One that was killed leaves its file behind.
  rmSync(join(config, 'sessions', `${process.pid}.json`));
  open(2 ** 22 + 1);
  expect((await list(env))[0]?.refused).toBeNull();
});
