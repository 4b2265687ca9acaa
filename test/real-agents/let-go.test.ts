import { describe, expect, test } from 'vitest';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import { letGoByKeys, MARK, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent, type PinnedAgent } from './install-agent.ts';

/** In a mode in which it edits unasked, what it says last, and what it asks before it runs a command. claude has a file of its own. */
const RUNS: readonly {
  readonly agent: PinnedAgent;
  readonly mode?: string;
  readonly over: string;
  readonly asks: { readonly goal: string; readonly row: string };
}[] = [
  {
    agent: 'codex',
    over: '• Both.',
    asks: { goal: 'make it so [[escalate ls -l]] [[say Over.]]', row: '▌  approve Bash: ls -l' },
  },
  {
    agent: 'copilot',
    mode: 'allow-edits',
    over: 'Both.',
    asks: { goal: 'make it so [[bash touch a.txt]] [[say Over.]]', row: '▌  Run command: touch a.txt' },
  },
  {
    agent: 'opencode',
    mode: 'auto',
    over: 'Both.',
    asks: { goal: 'make it so [[bash touch a.txt]] [[say Over.]]', row: '▌  approve bash: touch a.txt' },
  },
];

for (const { agent, mode, over, asks } of RUNS) {
  const { bin, name, leftOut } = await installAgent(agent);

  describe.skipIf(leftOut)(leftOut ?? `${name} let go in tutti`, () => {
    test('let go with a check: red goes back to it as a turn of its own, green is committed and ready for review', async () => {
      const { fleet, model } = await agentStage({ agent, bin: bin ?? '' });
      const { terminal } = fleet;
      await spawnByKeys(terminal, { title: 'Word', ...(mode === undefined ? {} : { mode }) });
      await shows(terminal, 'Word', MARK.idle);
      await letGoByKeys(terminal, 'Word', {
        goal: 'make it so [[write first.txt one]] [[later {{write second.txt two}} {{say Both.}}]]',
        check: 'ls; test -f second.txt',
      });
      await shows(terminal, 'Word', MARK.ready);
      await terminal.see(over, WITHIN);
      const [session] = await sessionsOf(fleet);
      expect(session?.run).toMatchObject({ stage: 'ready', attempt: 2, lastCheck: { passed: true } });
      expect(model.received('make it so')).toBe(1);
      expect(model.received('The check failed: ls; test -f second.txt')).toBe(1);
    });

    test('a permission stops it and asks, in its own words', async () => {
      const { fleet } = await agentStage({ agent, bin: bin ?? '' });
      const { terminal } = fleet;
      await spawnByKeys(terminal, { title: 'Word' });
      await shows(terminal, 'Word', MARK.idle);
      await letGoByKeys(terminal, 'Word', { goal: asks.goal, check: 'true' });
      await shows(terminal, 'Word', MARK.needsYou);
      await terminal.see(asks.row, WITHIN);
    });
  });
}
