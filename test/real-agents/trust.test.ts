import { describe, expect, test } from 'vitest';
import { confirm, focusPane, leavePane, MARK, promptByKeys, shows, spawnByKeys } from './agent-keys.ts';
import { type AgentStage, agentStage, WITHIN } from './agent-stage.ts';
import { installAgent, type PinnedAgent } from './install-agent.ts';

/** Agents that hold their first prompt back until the folder is trusted: what they ask, how they are answered, how they speak. */
const ASKING: readonly {
  readonly agent: PinnedAgent;
  readonly question: string;
  readonly trust: (fleet: AgentStage['fleet'], question: string) => Promise<void>;
  readonly bullet: string;
}[] = [
  {
    agent: 'claude',
    question: 'Yes, I trust this folder',
    trust: (fleet, question) => moveDownTo(fleet, { marked: /❯ Yes, I trust this folder/u, question }),
    bullet: '●',
  },
  {
    agent: 'codex',
    question: 'Trust this folder?',
    trust: ({ terminal }, question) => confirm(terminal, question),
    bullet: '•',
  },
];

for (const { agent, question, trust, bullet } of ASKING) {
  const { bin, name, leftOut } = await installAgent(agent);

  describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, from the keyboard`, () => {
    test('a folder that is not trusted: it needs you, no prompt goes onto the question, all go after it', async () => {
      const { fleet, model } = await agentStage({ agent, bin: bin ?? '', trusted: false });
      const { terminal } = fleet;
      await spawnByKeys(terminal, { title: 'Word', prompt: 'the first [[say One.]]' });
      await shows(terminal, 'Word', MARK.needsYou);
      await terminal.see('▌  trust this folder', WITHIN);
      await promptByKeys(terminal, 'the second [[say Two.]]');
      await terminal.see('queued …', WITHIN);
      await focusPane(terminal);
      await terminal.see(question, WITHIN);
      expect(model.requests).toEqual([]);
      await trust(fleet, question);
      await leavePane(terminal);
      await terminal.see(`${bullet} One.`, WITHIN);
      await terminal.see(`${bullet} Two.`, WITHIN);
      await shows(terminal, 'Word', MARK.idle);
      expect(model.requests.map(({ prompt }) => prompt)).toEqual(['the first [[say One.]]', 'the second [[say Two.]]']);
    });
  });
}

/**
 * Moves down to a choice and takes it. claude may draw its question once more, with *No, exit* marked again, and Enter would end it: so each
 * key waits until its screen has stood still once more.
 */
async function moveDownTo(
  fleet: AgentStage['fleet'],
  { marked, question }: { readonly marked: RegExp; readonly question: string },
): Promise<void> {
  const { terminal } = fleet;
  const rests = async () => {
    const { history } = (await fleet.cli('why Word --json')).json<{
      readonly history: readonly { readonly text: string }[];
    }>();
    return history.filter(({ text }) => text === 'its screen stands still').length;
  };
  for (let times = 1; times <= 20 && terminal.screen().has(question); times++) {
    await expect
      .poll(rests, { message: 'its screen stands still', timeout: WITHIN.within, interval: 250 })
      .toBeGreaterThanOrEqual(times);
    if (terminal.screen().has(marked)) {
      terminal.press('enter');
      await terminal.miss(question, { within: 5_000 }).catch(() => {});
    } else {
      terminal.press('down');
      await terminal.see(marked, { within: 5_000 }).catch(() => {});
    }
  }
  await terminal.miss(question, WITHIN);
}
