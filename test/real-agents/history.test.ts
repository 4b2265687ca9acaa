import { describe, expect, test } from 'vitest';
import type { historyJson } from '../../source/commands/history-json.ts';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import {
  answerTrust,
  focusPane,
  killByKeys,
  leavePane,
  MARK,
  promptByKeys,
  shows,
  spawnByKeys,
  typeInPane,
} from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { MANNERS } from './fleet-manners.ts';
import { installAgent } from './install-agent.ts';

const ALL_COUNTED = { message: 'all of it is counted', timeout: 20_000 } as const;

for (const agent of ['claude', 'codex', 'gemini', 'copilot', 'opencode'] as const) {
  const { bin, name, leftOut } = await installAgent(agent);

  describe.skipIf(leftOut)(leftOut ?? `the history of ${name}`, () => {
    test('is what its model was asked and what it said, also when it has been killed', async () => {
      const manners = MANNERS.find(each => each.agent === agent);
      const says = manners?.says ?? (word => new RegExp(`● ${word}\\.`, 'u'));
      const trust = manners?.trust;
      const stage = await agentStage({ agent, bin: bin ?? '', trusted: trust === undefined });
      const { terminal } = stage.fleet;
      const sent = ['remember tritone [[say One.]]', 'the second one [[say Two.]]'];
      await spawnByKeys(terminal, { title: 'Word', prompt: sent[0] ?? '' });
      if (trust) await answerTrust(terminal, trust);
      await terminal.see(says('One'), WITHIN);
      await shows(terminal, 'Word', MARK.idle);
      await promptByKeys(terminal, sent[1] ?? '');
      await terminal.see(says('Two'), WITHIN);
      await shows(terminal, 'Word', MARK.idle);

      // What reached the model, each once, whatever the agent has put around it.
      expect(sent.map(prompt => stage.model.received(prompt))).toEqual([1, 1]);
      const [session] = await sessionsOf(stage.fleet);
      const read = async () =>
        (await stage.fleet.cli(`history ${session?.id} --json`)).json<ReturnType<typeof historyJson>>();
      // What is drawn may not be written down yet. The mock says of each call that it took ten in and gave ten out.
      const tokens = async () => (await read()).tokens;
      await expect.poll(tokens, ALL_COUNTED).toEqual({ input: 20, cached: 0, output: 20 });
      const { turns } = await read();
      expect(turns.map(({ prompt }) => prompt)).toEqual(sent);
      expect(turns.map(({ end }) => end)).toEqual(['done', 'done']);
      // codex keeps the mock's last words apart from these.
      if (agent !== 'codex') expect(turns.map(({ said }) => said?.split('\n')[0])).toEqual(['One.', 'Two.']);

      // Its row has its last sentence, whether a hook or the record tells it. The mock's own end is one for the hooks of two of them.
      await terminal.see(agent === 'codex' || agent === 'claude' ? '▌  Mock end' : '▌  Two.', WITHIN);

      await killByKeys(terminal, 'Word');
      expect((await read()).turns.map(({ prompt }) => prompt)).toEqual(sent);
      expect((await stage.fleet.cli('search TRITONE')).stdout).toContain(session?.id);
    });
  });
}

const claude = await installAgent('claude');

describe.skipIf(claude.leftOut)(claude.leftOut ?? `the history of ${claude.name} after /clear`, () => {
  test('has what was said before it, too; what comes back is the conversation that it has now', async () => {
    const { fleet, model } = await agentStage({ agent: 'claude', bin: claude.bin ?? '' });
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', prompt: 'remember tritone [[say One.]]' });
    await terminal.see('● One.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);
    await focusPane(terminal);
    await typeInPane(terminal, '/clear', /❯\s+\/clear/u);
    await terminal.miss('● One.', WITHIN);
    await leavePane(terminal);
    await promptByKeys(terminal, 'the second one [[say Two.]]');
    await terminal.see('● Two.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);
    const prompts = async () => {
      const [session] = await sessionsOf(fleet);
      const { turns } = (await fleet.cli(`history ${session?.id} --json`)).json<ReturnType<typeof historyJson>>();
      return turns.map(({ prompt }) => prompt);
    };
    // What /clear has left in the record is no prompt of anybody's.
    const tokens = async () => (await fleet.cli('usage --json')).json<{ total: { tokens: object } }>().total.tokens;
    await expect.poll(tokens, ALL_COUNTED).toEqual({ input: 20, cached: 0, output: 20 });
    expect(await prompts()).toEqual(['remember tritone [[say One.]]', 'the second one [[say Two.]]']);
    expect((await fleet.cli('search TRITONE')).stdout).toContain('Word');

    await killByKeys(terminal, 'Word');
    terminal.press('u');
    await shows(terminal, 'Word', MARK.idle);
    await promptByKeys(terminal, 'after the kill [[say Three.]]');
    await terminal.see('● Three.', WITHIN);
    expect(model.remembered('after the kill')).toContainEqual(expect.stringContaining('the second one'));
    expect(model.remembered('after the kill')).not.toContainEqual(expect.stringContaining('tritone'));
  });
});
