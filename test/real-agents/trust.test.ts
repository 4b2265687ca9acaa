import { describe, expect, test } from 'vitest';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { choose, confirm, focusPane, leavePane, MARK, promptByKeys, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent, type PinnedAgent } from './install-agent.ts';

/** Agents that hold their first prompt back until the folder is trusted: what they ask, how they are answered, how they speak. */
const ASKING: readonly {
  readonly agent: PinnedAgent;
  readonly question: string;
  readonly trust: (terminal: UserTerminal, question: string) => Promise<void>;
  readonly bullet: string;
}[] = [
  {
    agent: 'claude',
    question: 'Yes, I trust this folder',
    trust: (terminal, dialog) => choose(terminal, { marked: /❯ Yes, I trust this folder/u, dialog }),
    bullet: '●',
  },
  { agent: 'codex', question: 'Trust this folder?', trust: confirm, bullet: '•' },
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
      await trust(terminal, question);
      await leavePane(terminal);
      await terminal.see(`${bullet} One.`, WITHIN);
      await terminal.see(`${bullet} Two.`, WITHIN);
      await shows(terminal, 'Word', MARK.idle);
      expect(model.requests.map(({ prompt }) => prompt)).toEqual(['the first [[say One.]]', 'the second [[say Two.]]']);
    });
  });
}
