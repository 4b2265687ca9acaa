import { copyFileSync, globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { promptAfterLimit } from '../../source/pipeline/run-prompt.ts';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import { letGoByKeys, MARK, promptByKeys, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('claude');

/** A subscription that nobody has; what would go anywhere but to the model on loopback is refused at once. */
const SUBSCRIBED = {
  ANTHROPIC_API_KEY: '',
  CLAUDE_CODE_OAUTH_TOKEN: `sk-ant-oat01-mock-${'0'.repeat(40)}`,
  HTTPS_PROXY: 'http://127.0.0.1:9',
};

/** It goes on by itself up to two minutes after the limit. */
const GOES_ON = { within: 240_000 } as const;

describe.skipIf(leftOut)(leftOut ?? `${name} at a limit of its account`, () => {
  const letGo = async (settings: object, limit: number) => {
    const stage = await agentStage({ agent: 'claude', bin: bin ?? '', env: SUBSCRIBED, settings });
    const { fleet } = stage;
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'acceptEdits' });
    await shows(terminal, 'Word', MARK.idle);
    const begin = () =>
      letGoByKeys(terminal, 'Word', {
        goal: `make it so [[write first.txt one]] [[limit ${limit} 1]]`,
        check: 'test -f first.txt',
      });
    /** As its own record tells them. */
    const prompts = async () => {
      const { turns } = (await fleet.cli('history Word --json')).json<{
        readonly turns: readonly { prompt: string }[];
      }>();
      return turns.map(({ prompt }) => prompt);
    };
    return { fleet, env: stage.env, terminal, begin, prompts };
  };

  test('it goes on at once by another profile, with its conversation and in its worktree', async () => {
    const profiles = { work: { agent: 'claude', environment: { CLAUDE_CONFIG_DIR: '~/.claude-work' } } };
    const { fleet, env, terminal, begin, prompts } = await letGo(
      { profiles, runs: { atLimit: { profile: 'work' } } },
      3000,
    );
    const home = env.HOME ?? '';
    mkdirSync(join(home, '.claude-work'));
    copyFileSync(join(home, '.claude/.claude.json'), join(home, '.claude-work/.claude.json'));
    await begin();
    await shows(terminal, 'Word', MARK.ready);
    const [session] = await sessionsOf(fleet);
    expect(session).toMatchObject({ agent: 'claude', profile: 'work', run: { stage: 'ready', attempt: 1 } });
    // What was said under the other account stands in the record that it goes on with.
    expect(await prompts()).toEqual([expect.stringContaining('make it so'), promptAfterLimit()]);
    const records = (folder: string) => globSync('projects/*/*.jsonl', { cwd: join(home, folder) });
    expect(records('.claude-work')).toEqual(records('.claude'));
  });

  test('a prompt that is sent meanwhile waits, not for an answer of anybody, and goes when its user calls the wait off', async () => {
    const { fleet, terminal, prompts } = await letGo({}, 7200);
    await promptByKeys(terminal, '[[limit 7200 1]]');
    await terminal.see('Continuing automatically at', WITHIN);
    await promptByKeys(terminal, 'and now [[say Hello there]]');
    await terminal.see('1 prompt waits: and now', WITHIN);
    expect((await sessionsOf(fleet))[0]).toMatchObject({ prompts: [{ state: 'begun' }, { state: 'queued' }] });
    // Looked at, it needs nobody.
    terminal.press('enter');
    await terminal.see('1 prompt waits: the agent is not', WITHIN);
    terminal.press('esc');
    await terminal.miss('Continuing automatically at', WITHIN);
    terminal.press('ctrl-q');
    await terminal.see('● Hello there', WITHIN);
    expect(await prompts()).toEqual(['[[limit 7200 1]]', 'and now [[say Hello there]]']);
  });

  test('it waits, and when it goes on by itself nothing is said to it', async () => {
    const { fleet, terminal, begin, prompts } = await letGo({ runs: { atLimit: 'wait' } }, 70);
    await begin();
    await terminal.see(/limit · goes on \d+:\d\d/u, WITHIN);
    expect((await sessionsOf(fleet))[0]).toMatchObject({ status: 'queued', run: { held: 'limit' } });
    await terminal.see(/◆ Word/u, GOES_ON);
    await terminal.see('Usage limit reset · Continuing automatically', WITHIN);
    expect(await prompts()).toEqual([expect.stringContaining('make it so')]);
  });
});
