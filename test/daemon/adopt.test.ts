import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AgentChoice } from '../../source/session/session.ts';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;

/** Leaders of what runs in panes that are played. */
const played: number[] = [];

afterEach(async () => {
  for (const pid of played.splice(0)) process.kill(-pid, 'SIGKILL');
  await stage?.end();
});

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
  // Of a session's own folder also what its agent has not told of: an earlier conversation of it, or one by hand.
  wroteDown('untold-1', ours.session.worktree, 'in the folder of a session');
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

test('one that a session has already, and one of an agent that cannot are refused', async () => {
  stage = await startStage();
  wroteDown('here-1', stage.repository, 'remember tritone');
  const { session } = await stage.create({ title: 'Theirs', adopt: 'here-1' });
  await stage.until(session.id, 'is idle', ({ status }) => status === 'idle');
  await expect(stage.create({ title: 'Again', adopt: 'here-1' })).rejects.toThrow(
    `The conversation here-1 is that of "Theirs" already: it is the session ${session.id}.`,
  );
  await expect(
    stage.create({ title: 'No', adopt: 'x', agent: { ...DEMO, kind: 'qwen', command: ['true'], extra: [] } }),
  ).rejects.toThrow("The conversation x can't be adopted: qwen ");
});

const ID = '0190d0b0-1111-4222-8333-444455556666';

/** A conversation that the user's claude has written down here, in a folder of its own; `open` says which process has it open. */
function claudeWroteDown() {
  const config = join(stage.home.root, 'config');
  const folder = join(config, 'projects', stage.repository.replace(/[^A-Za-z0-9]/gu, '-'));
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(config, 'sessions'));
  const row = { type: 'user', cwd: stage.repository, message: { role: 'user', content: 'Mend it' } };
  writeFileSync(join(folder, `${ID}.jsonl`), `${JSON.stringify(row)}\n`);
  const file = (pid: number) => join(config, 'sessions', `${pid}.json`);
  return {
    env: { ...stage.home.env, CLAUDE_CONFIG_DIR: config },
    open: (pid: number) => writeFileSync(file(pid), JSON.stringify({ sessionId: ID, cwd: stage.repository })),
    close: (pid: number) => rmSync(file(pid)),
  };
}

/** A program of the user that comes first on his PATH. */
function program(name: string, script: string): string {
  const path = join(stage.home.bin, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

const CLAUDE: AgentChoice = { ...DEMO, kind: 'claude', extra: [] };

/** One that has it open lives, and is in no pane of the tests' machine. */
const ALIVE = process.pid;

test('one that is open in a running claude is told, and taken only where the user says so; one that has ended tells nothing', async () => {
  stage = await startStage();
  program('claude', 'test "$1" = agents || exec sleep 600');
  const { env, open, close } = claudeWroteDown();
  expect(await list(env)).toMatchObject([{ id: ID, agent: 'claude', prompt: 'Mend it', refused: null }]);
  expect((await list(env))[0]).not.toHaveProperty('openIn');
  // One that was killed leaves its file behind.
  open(2 ** 22 + 1);
  expect((await list(env))[0]).not.toHaveProperty('openIn');
  open(ALIVE);
  expect(await list(env)).toMatchObject([{ id: ID, refused: null, openIn: `claude, process ${ALIVE}` }]);
  const asked = { title: 'Theirs', adopt: ID, agent: CLAUDE, env } as const;
  await expect(stage.create(asked)).rejects.toThrow(
    `The conversation ${ID} is open in claude, process ${ALIVE}, and two programs on one conversation lose words: end it there first`,
  );
  expect(stage.views.size).toBe(0);
  const { session } = await stage.create({ ...asked, adoptOpen: true });
  expect(session.conversation).toBe(ID);
  close(ALIVE);
});

test("claude's own list tells what its files do not; one that fails tells nothing, and who has never used it is not asked", async () => {
  stage = await startStage();
  const asked = join(stage.home.root, 'asked');
  const rows = JSON.stringify([{ pid: ALIVE, sessionId: ID, status: 'busy' }]);
  program('claude', `echo "$CLAUDE_CONFIG_DIR $*" >> ${asked}; echo '${rows}'`);
  await list({ ...stage.home.env, CLAUDE_CONFIG_DIR: join(stage.home.root, 'none') });
  expect(existsSync(asked)).toBe(false);
  const { env } = claudeWroteDown();
  expect(await list(env)).toMatchObject([{ id: ID, openIn: `claude, process ${ALIVE}` }]);
  expect(readFileSync(asked, 'utf8')).toBe(`${env.CLAUDE_CONFIG_DIR} agents --json\n`);
  program('claude', 'echo "error: unknown command"; exit 1');
  expect((await list(env))[0]).not.toHaveProperty('openIn');
});

/** Runs in a session of its own, as what a pane is opened with does. */
async function inPane(file: string, args: readonly string[]): Promise<number> {
  const child = spawn(file, args, { cwd: stage.repository, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  const { pid = 0 } = child;
  played.push(pid);
  await once(child.stdout, 'data');
  return pid;
}

const STAYS = 'test "$1" = agents && exit; echo up; sleep 600; true';

test("an agent in a pane of the user's tmux marks its conversation; one without any is listed with the reason", async () => {
  stage = await startStage();
  const claude = program('claude', STAYS);
  const qwen = program('qwen', STAYS);
  const pids = [await inPane(claude, ['--resume', ID]), await inPane(qwen, []), await inPane(claude, [])];
  const panes = pids.map((pid, at) => `${pid} /dev/null ${at}.0 my shop:${stage.repository}`);
  const away = `${pids[1]} /dev/null 9.0 away:/somewhere/else`;
  program('tmux', `cat <<'END'\n${[...panes, away].join('\n')}\nEND`);
  const { env } = claudeWroteDown();
  const { conversations, running } = await stage.request('conversation/list', { path: stage.repository, env });
  expect(conversations).toMatchObject([
    { id: ID, refused: null, openIn: `claude, process ${pids[0]}, in the tmux pane my shop:0.0` },
  ]);
  const cwd = stage.repository;
  expect(running).toEqual([
    {
      agent: 'qwen',
      pid: pids[1],
      cwd,
      pane: 'my shop:1.0',
      refused: 'qwen goes on with a conversation only in the folder where it began',
    },
    {
      agent: 'claude',
      pid: pids[2],
      cwd,
      pane: 'my shop:2.0',
      refused: "which conversation claude has there can't be told",
    },
  ]);
  await expect(stage.create({ title: 'Theirs', adopt: ID, agent: CLAUDE, env })).rejects.toThrow(
    'is open in claude, process',
  );
  // No tmux, or one without a server: nothing of it is told, and nothing fails.
  program('tmux', 'echo "no server running on /tmp/tmux-1/default" >&2; exit 1');
  expect((await stage.request('conversation/list', { path: stage.repository, env })).running).toEqual([]);
  const bare = { ...env, PATH: join(stage.home.root, 'nothing') };
  expect(await stage.request('conversation/list', { path: stage.repository, env: bare })).toMatchObject({
    conversations: [{ id: ID, refused: null }],
    running: [],
  });
});

const hasTmux = spawnSync('tmux', ['-V']).status === 0;

test.runIf(hasTmux)('a real tmux tells of its panes what is needed', async () => {
  stage = await startStage();
  const claude = program('claude', STAYS);
  const { env } = claudeWroteDown();
  // A server of this test alone: its socket lies in its home.
  const own = { ...env, TMUX_TMPDIR: stage.home.scratch, SHELL: '/bin/sh', TERM: 'xterm-256color' };
  const tmux = (...args: readonly string[]) => execFileSync('tmux', args, { env: own, encoding: 'utf8' });
  tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'my shop', '-c', stage.repository, `'${claude}' --resume ${ID}`);
  try {
    const placed = async () => (await list(own))[0]?.openIn;
    await expect
      .poll(placed, { message: 'claude has started in its pane', timeout: 10_000 })
      .toMatch(/^claude, process \d+, in the tmux pane my shop:\d+\.\d+$/u);
  } finally {
    tmux('kill-server');
  }
});
