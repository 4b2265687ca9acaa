import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

function program(name: string, script: string): void {
  writeFileSync(join(stage.home.bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

test('one of gemini goes on in its worktree with a copy, which it makes once; the other one stays as it is', async () => {
  stage = await startStage();
  // As gemini does it: the copy lies in the folder of the worktree, with an id of its own.
  const calls = join(stage.home.root, 'calls');
  const copy = 'd="$HOME/.gemini/tmp/$(basename "$PWD")/chats"; mkdir -p "$d"; cp "$4" "$d/session-1-0badcafe.jsonl"';
  program('gemini', `echo "$*" >> ${calls}; test "$3" != --session-file || { ${copy}; }; exec sleep 600`);
  const chats = join(stage.home.root, '.gemini/tmp/shop/chats');
  mkdirSync(chats, { recursive: true });
  writeFileSync(join(chats, '../.project_root'), stage.repository);
  const record = join(chats, 'session-2026-11-28T14-45-1e82605a.jsonl');
  const content = fixture('gemini.jsonl');
  writeFileSync(record, content);
  const id = '1e82605a-a890-4159-87cb-d6169b2b7cb2';
  expect(await list()).toMatchObject([{ id, agent: 'gemini', cwd: stage.repository, refused: null }]);
  const look = await stage.request('conversation/read', { agent: 'gemini', id, env: stage.home.env });
  expect(look).toMatchObject({ file: record, title: expect.stringContaining('first thing') });
  expect(look.history?.turns[0]?.prompt).toContain('first thing');

  const { session } = await stage.create({ title: 'Theirs', adopt: id, agent: { ...DEMO, kind: 'gemini', extra: [] } });
  const called = () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []);
  const first = `--approval-mode default --session-file ${record}`;
  await expect.poll(called, { message: 'gemini was started', timeout: 10_000 }).toEqual([first]);
  const copied = async () =>
    (await stage.request('session/history', { session: session.id })).history?.turns[0]?.prompt;
  await expect.poll(copied, { message: 'the copy is made', timeout: 10_000 }).toContain('first thing');
  // Its program may have written before its host is known to run.
  const { host } = (await stage.until(session.id, 'runs', view => view.session.host.state === 'running')).session;
  if (host.state !== 'running') throw new Error('it runs not');
  process.kill(host.hostPid, 'SIGKILL');
  await stage.until(session.id, 'is lost', view => view.session.host.state === 'lost');
  await stage.request('session/restart', { session: session.id, operation: 'again', env: stage.home.env });
  await expect
    .poll(called, { message: 'gemini was started again', timeout: 20_000 })
    .toEqual([first, '--approval-mode default --resume latest']);
  expect(readFileSync(record, 'utf8')).toBe(content);
  expect(await list()).toEqual([]);
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
    *) exec sleep 600 ;;
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
  const { conversation } = (await stage.until(session.id, 'runs', view => view.session.host.state === 'running'))
    .session;
  expect(conversation).toMatch(/^ses_dd8c0195fffe[0-9a-f]{14}$/u);
  const folder = agentFolder(stage.paths, session.id);
  await expect.poll(calls, { message: 'it was started' }).toHaveLength(3);
  expect(calls()).toEqual([
    `export ${id}`,
    `import ${join(folder, 'copy.json')}`,
    expect.stringMatching(new RegExp(` -s ${conversation}$`, 'u')),
  ]);
  // What the other one says lies nowhere else.
  expect(readdirSync(folder)).toEqual(['conversation.json']);
  expect(await list(env)).toEqual([]);
  await expect(stage.create({ title: 'Again', adopt: id, agent: OPENCODE, env })).rejects.toThrow('"Theirs" already');

  const { host } = stage.view(session.id).session;
  if (host.state !== 'running') throw new Error('it runs not');
  process.kill(host.hostPid, 'SIGKILL');
  await stage.until(session.id, 'is lost', view => view.session.host.state === 'lost');
  await stage.request('session/restart', { session: session.id, operation: 'again', env });
  await expect.poll(calls, { message: 'it was started again' }).toHaveLength(4);
  expect(calls().at(-1)).toMatch(new RegExp(` -s ${conversation}$`, 'u'));
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
