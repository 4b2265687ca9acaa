import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AgentChoice } from '../../source/session/session.ts';
import { agentFolder } from '../../source/system/paths.ts';
import { opencodeDatabase } from '../agents/read-records.ts';
import { fixture } from '../records/fixture.ts';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

const list = async (env = stage.home.env) =>
  (await stage.request('conversation/list', { path: stage.repository, env })).conversations;

/** It runs, and by which processes. */
async function running(id: string) {
  const { session } = await stage.until(id, 'runs', view => view.session.host.state === 'running');
  if (session.host.state !== 'running') throw new Error('it runs not');
  return { session: { ...session, host: session.host } };
}

function program(name: string, script: string): void {
  writeFileSync(join(stage.home.bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** As gemini does it: the copy lies in the folder of the worktree, with an id of its own. One that is `dead` dies before it has made it. */
function fakeGemini() {
  const [calls, dead] = [join(stage.home.root, 'calls'), join(stage.home.root, 'dead')];
  const copy = 'd="$HOME/.gemini/tmp/$(basename "$PWD")/chats"; mkdir -p "$d"; cp "$4" "$d/session-1-0badcafe.jsonl"';
  program(
    'gemini',
    `echo "$*" >> ${calls}; test ! -e ${dead} || exit 1; test "$3" != --session-file || { ${copy}; }; read x; echo ' ⠋ Thinking (esc to cancel, 1s)'; exec sleep 600`,
  );
  const chats = join(stage.home.root, '.gemini/tmp/shop/chats');
  mkdirSync(chats, { recursive: true });
  writeFileSync(join(chats, '../.project_root'), stage.repository);
  const record = join(chats, 'session-2026-11-28T14-45-1e82605a.jsonl');
  const content = fixture('gemini.jsonl');
  writeFileSync(record, content);
  const called = () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []);
  const first = `--approval-mode default --session-file ${record}`;
  return { id: '1e82605a-a890-4159-87cb-d6169b2b7cb2', dead, record, content, called, first };
}

const GEMINI: AgentChoice = { ...DEMO, kind: 'gemini', extra: [] };

test('one of gemini goes on in its worktree with a copy, which it makes once; the other one stays as it is', async () => {
  stage = await startStage();
  const { id, record, content, called, first } = fakeGemini();
  expect(await list()).toMatchObject([{ id, agent: 'gemini', cwd: stage.repository, refused: null }]);
  const look = await stage.request('conversation/read', { agent: 'gemini', id, env: stage.home.env });
  expect(look).toMatchObject({ file: record, title: expect.stringContaining('first thing') });
  expect(look.history?.turns[0]?.prompt).toContain('first thing');

  const { session } = await stage.create({ title: 'Theirs', adopt: id, agent: GEMINI });
  await expect.poll(called, { message: 'gemini was started', timeout: 10_000 }).toEqual([first]);
  const copied = async () =>
    (await stage.request('session/history', { session: session.id })).history?.turns[0]?.prompt;
  await expect.poll(copied, { message: 'the copy is made', timeout: 10_000 }).toContain('first thing');
  // Its program may have written before its host is known to run.
  const { host } = (await running(session.id)).session;
  // Nothing was said in it yet: a fork of it is one of the same, and once something was, it has a copy of the copy.
  await stage.create({ title: 'Fork', fork: 'Theirs', agent: GEMINI });
  await expect.poll(called, { message: 'the fork was started', timeout: 10_000 }).toEqual([first, first]);
  const pane = await stage.host(session.id, 'agent-1');
  pane.type('go on\r');
  pane.close();
  await stage.until(session.id, 'has begun', view => view.session.conversationBegun);
  const own = join(stage.home.root, '.gemini/tmp', basename(session.worktree), 'chats/session-1-0badcafe.jsonl');
  const third = `--approval-mode default --session-file ${own}`;
  await stage.create({ title: 'Another', fork: 'Theirs', agent: GEMINI });
  await expect.poll(called, { message: 'it was started', timeout: 10_000 }).toEqual([first, first, third]);
  process.kill(host.hostPid, 'SIGKILL');
  await stage.until(session.id, 'is lost', view => view.session.host.state === 'lost');
  await stage.request('session/restart', { session: session.id, operation: 'again', env: stage.home.env });
  await expect
    .poll(called, { message: 'gemini was started again', timeout: 20_000 })
    .toEqual([first, first, third, '--approval-mode default --resume latest']);
  expect(readFileSync(record, 'utf8')).toBe(content);
  expect(await list()).toEqual([]);
});

test('one of gemini that died before it had made its copy makes it at the next start', async () => {
  stage = await startStage();
  const { id, dead, called, first } = fakeGemini();
  writeFileSync(dead, '');
  const { session } = await stage.create({ title: 'Theirs', adopt: id, agent: GEMINI });
  await stage.until(session.id, 'has ended', view => view.session.host.state === 'exited');
  rmSync(dead);
  await stage.request('session/restart', { session: session.id, operation: 'again', env: stage.home.env });
  await expect.poll(called, { message: 'gemini was started again', timeout: 10_000 }).toEqual([first, first]);
});

/** As opencode does it: into a pipe it prints a beginning alone. Each of its calls is written down. */
function fakeOpencode(): { readonly env: Record<string, string>; readonly calls: () => readonly string[] } {
  const data = join(stage.home.root, 'data');
  mkdirSync(join(data, 'opencode'), { recursive: true });
  opencodeDatabase(join(data, 'opencode'), `UPDATE session SET directory = '${stage.repository}'`);
  const [calls, exported] = [join(stage.home.root, 'calls'), join(stage.home.root, 'exported')];
  const info = { id: 'ses_dd8c0195fffeHCIlSuXbo5wV2Z', title: 'Theirs' };
  writeFileSync(exported, JSON.stringify({ info, messages: [] }));
  program(
    'opencode',
    `echo "$*" >> ${calls}
    case "$1" in
    export) if test -p /dev/stdout; then head -c 10 ${exported}; else cat ${exported}; fi ;;
    import) sed 's/^{"info":{"id":"\\([^"]*\\)".*/Imported session: \\1/' "$2" ;;
    *) if test -e ${stage.home.root}/lost; then echo 'Error: Session not found: x'; exit 1; fi; exec sleep 600 ;;
    esac`,
  );
  return {
    env: { ...stage.home.env, XDG_DATA_HOME: data },
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []),
  };
}

const OPENCODE: AgentChoice = { ...DEMO, kind: 'opencode', extra: [] };

test('one of opencode is listed and looked at, and goes on with a copy that it makes once', async () => {
  stage = await startStage();
  const { env, calls } = fakeOpencode();
  const [found] = await list(env);
  const { id = '' } = found ?? {};
  expect(found).toMatchObject({ agent: 'opencode', cwd: stage.repository, prompt: '[[say Ready.]]', refused: null });
  const look = await stage.request('conversation/read', { agent: 'opencode', id, env });
  expect(look.history?.turns).toHaveLength(3);
  await expect(stage.request('conversation/read', { agent: 'opencode', id: 'ses_none', env })).rejects.toThrow(
    'opencode has written down no conversation ses_none.',
  );

  const { session } = await stage.create({ title: 'Theirs', adopt: id, agent: OPENCODE, env });
  const { conversation } = (await running(session.id)).session;
  expect(conversation).toMatch(/^ses_dd8c0195fffe[0-9a-f]{14}$/u);
  const folder = agentFolder(stage.paths, session.id);
  await expect.poll(calls, { message: 'it was started' }).toHaveLength(3);
  expect(calls()).toEqual([
    `export ${id}`,
    expect.stringMatching(new RegExp(`^import ${folder}/copy-\\w+\\.json$`, 'u')),
    expect.stringMatching(new RegExp(` -s ${conversation}$`, 'u')),
  ]);
  // What the other one says lies nowhere else.
  expect(readdirSync(folder)).toEqual(['conversation.json']);
  expect(await list(env)).toEqual([]);
  await expect(stage.create({ title: 'Again', adopt: id, agent: OPENCODE, env })).rejects.toThrow('"Theirs" already');

  // Nothing was said in it yet, but it has turns: it is begun.
  expect(stage.view(session.id).session.conversationBegun).toBe(true);
  process.kill((await running(session.id)).session.host.hostPid, 'SIGKILL');
  await stage.until(session.id, 'is lost', view => view.session.host.state === 'lost');
  await stage.request('session/restart', { session: session.id, operation: 'again', env });
  await expect.poll(calls, { message: 'it was started again' }).toHaveLength(4);
  expect(calls().at(-1)).toMatch(new RegExp(` -s ${conversation}$`, 'u'));
});

test('a copy that its program has lost is not asked for once more: the next start begins a new one, as is said', async () => {
  stage = await startStage();
  const { env, calls } = fakeOpencode();
  const [found] = await list(env);
  const { session } = await stage.create({ title: 'Theirs', adopt: found?.id ?? '', agent: OPENCODE, env });
  const lost = join(stage.home.root, 'lost');
  const restart = (operation: string) => stage.request('session/restart', { session: session.id, operation, env });
  const { host, conversation: copy } = (await running(session.id)).session;
  writeFileSync(lost, '');
  process.kill(host.programPid, 'SIGKILL');
  await stage.until(session.id, 'has ended', view => view.session.host.state === 'exited');
  await restart('lost');
  const ended = await stage.until(session.id, 'has lost it', view => view.line.includes('does not know'));
  expect(ended.line).toContain('opencode does not know its conversation any more: the next start begins a new one.');
  rmSync(lost);
  const before = calls().length;
  await restart('anew');
  expect((await running(session.id)).session.conversation).not.toBe(copy);
  await expect.poll(calls, { message: 'it was started anew' }).toHaveLength(before + 1);
  expect(calls().at(-1)).toMatch(/^--port \d+/u);
  expect(calls().at(-1)).not.toContain(' -s ');
});

test('a daemon that dies after its program has made the copy makes the same once more', async () => {
  stage = await startStage();
  const { env, calls } = fakeOpencode();
  const [found] = await list(env);
  await stage.restartDaemon({ TUTTI_KILL_AT: 'daemon:makeConversation:made:1' });
  const { session } = await stage.create({ title: 'Theirs', adopt: found?.id ?? '', agent: OPENCODE, env });
  const { conversation } = (await running(session.id)).session;
  await expect.poll(calls, { message: 'it was started' }).toHaveLength(5);
  const told = calls().map(call => call.split(' ', 1)[0]);
  expect(told.slice(0, 4)).toEqual(['export', 'import', 'export', 'import']);
  expect(calls().at(-1)).toMatch(new RegExp(` -s ${conversation}$`, 'u'));
  expect(readdirSync(agentFolder(stage.paths, session.id))).toEqual(['conversation.json']);
});

test('one that its program does not hand out is not begun anew, and that is said', async () => {
  stage = await startStage();
  const { env, calls } = fakeOpencode();
  rmSync(join(stage.home.root, 'exported'));
  const [found] = await list(env);
  const { session } = await stage.create({ title: 'Theirs', adopt: found?.id ?? '', agent: OPENCODE, env });
  const said = await stage.eventually('it is said', () =>
    stage.notices.find(({ text }) => text.includes('Could not copy the conversation: ')),
  );
  expect(said.text).toContain(`export ${found?.id} failed`);
  // What was made of it is taken away again.
  await stage.eventually('it is undone', () => (stage.views.has(session.id) ? undefined : true));
  expect(calls()).toEqual([`export ${found?.id}`]);
  expect(await list(env)).toEqual([found]);
});
