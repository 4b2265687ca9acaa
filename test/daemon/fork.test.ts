import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { fileAppears } from './file-appears.ts';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

/** Stands for claude: writes its arguments down, and says that it works and is done. */
function fakeClaude(told: string) {
  const says = (state: string) => `printf '\\033]7501;state=${state}\\033\\\\'`;
  const script = `printf '%s\\n' "$@" > ${told}.part && mv ${told}.part ${told}; ${says('working')}; ${says('done')}; exec sleep 1000`;
  return { ...DEMO, kind: 'claude', command: ['/bin/sh', '-c', script, 'sh'], extra: [] };
}

const argvIn = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n');

test('a fork begins with the conversation of another session, and comes back as its own', async () => {
  stage = await startStage();
  const [first, second] = ['first', 'second'].map(name => join(stage.home.scratch, name)) as [string, string];
  const { session } = await stage.create({ title: 'One', agent: fakeClaude(first), prompt: 'begin' });
  await stage.until(session.id, 'has begun', view => view.session.conversationBegun);

  const forked = await stage.create({ title: 'Two', agent: fakeClaude(second), prompt: 'the other way', fork: 'One' });
  await fileAppears(second);
  const { conversation, id } = forked.session;
  expect(conversation).not.toBe(session.conversation);
  expect(argvIn(second).slice(2, 7)).toEqual([
    '--resume',
    session.conversation,
    '--fork-session',
    '--session-id',
    conversation,
  ]);
  expect(argvIn(second).at(-1)).toBe('the other way');

  await stage.until(id, 'has begun', view => view.session.conversationBegun);
  await stage.request('session/pause', { operation: stage.operation(), session: id });
  await stage.request('session/resume', { operation: stage.operation(), session: id, env: stage.home.env });
  const again = await stage.eventually('it was resumed', () =>
    argvIn(second).includes('--fork-session') ? undefined : argvIn(second),
  );
  expect(again.slice(2, 4)).toEqual(['--resume', conversation]);
});

test('what a fork has copied counts once in the usage and the search, and stands in its own history', async () => {
  stage = await startStage();
  const fake = fileURLToPath(new URL('fake-claude.ts', import.meta.url));
  const agent = { ...DEMO, kind: 'claude', command: [process.execPath, fake], extra: [] };
  const env = { ...stage.home.env, CLAUDE_CONFIG_DIR: join(stage.home.root, 'config') };
  const prompts = async (session: string) =>
    (await stage.request('session/history', { session })).history?.turns.map(({ prompt }) => prompt);
  const asked = async (title: string, prompt: string, fork?: string) => {
    const { session } = await stage.create({ title, agent, env, ...(fork === undefined ? {} : { fork }) });
    await stage.until(session.id, 'runs', view => view.session.host.state === 'running');
    const pane = await stage.host(session.id, 'agent-1');
    pane.type(`${prompt}\r`);
    pane.close();
    await stage.until(session.id, 'has answered', view => view.status === 'idle' && view.session.conversationBegun);
    await expect
      .poll(async () => (await prompts(session.id))?.at(-1), { message: `${prompt} is written down` })
      .toBe(prompt);
    return session.id;
  };
  const one = await asked('One', 'remember tritone');
  const two = await asked('Two', 'the other way', 'One');
  expect(await prompts(two)).toEqual(['remember tritone', 'the other way']);
  const scope = { all: true } as const;
  const { sessions } = await stage.request('usage/list', { scope });
  expect(sessions).toMatchObject([
    { id: one, used: { count: 1, tokens: { input: 10, output: 10 } } },
    { id: two, used: { count: 1, tokens: { input: 10, output: 10 } } },
  ]);
  const search = async (word: string) =>
    (await stage.request('history/search', { scope, words: [word] })).hits.map(({ session }) => session);
  expect(await search('tritone')).toEqual([one]);
  expect(await search('way')).toEqual([two]);
});

test.each([['of which no turn has begun', { prompt: undefined }, 'no turn has begun in it yet']])(
  'a conversation %s is not forked',
  async (_, { prompt }, why) => {
    stage = await startStage();
    const told = join(stage.home.scratch, 'told');
    await stage.create({ title: 'One', agent: fakeClaude(told), ...(prompt === undefined ? {} : { prompt }) });
    await expect(stage.create({ title: 'Two', agent: fakeClaude(told), fork: 'One' })).rejects.toThrow(why);
  },
);

test('an agent that forks nothing, and one of another kind, are refused', async () => {
  stage = await startStage();
  const { session } = await stage.create({ title: 'One', prompt: '[[say One]]' });
  await stage.until(session.id, 'has begun', view => view.session.conversationBegun);
  await expect(stage.create({ title: 'Two', fork: 'One' })).rejects.toThrow('demo forks no conversation');
  const other = fakeClaude(join(stage.home.scratch, 'told'));
  await expect(stage.create({ title: 'Two', agent: other, fork: 'One' })).rejects.toThrow('is one of demo');
});
