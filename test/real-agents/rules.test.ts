import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import { MARK, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

/** A rule names `touch a.txt`; the second command is another one. */
const ASKING = [
  { agent: 'claude', tool: 'bash', over: /● Over\./u },
  { agent: 'codex', tool: 'escalate', over: /• Over\./u },
] as const;

for (const { agent, tool, over } of ASKING) {
  const { bin, name, leftOut } = await installAgent(agent);

  describe.skipIf(leftOut)(leftOut ?? `${name} and a rule for what may run unasked`, () => {
    test('what the rule names runs unasked, each time; all else is asked', async () => {
      const { fleet } = await agentStage({ agent, bin: bin ?? '' });
      const { terminal } = fleet;
      const rules = async () => (await fleet.cli('rules --json')).json<readonly { readonly used: number }[]>();
      expect((await fleet.cli(['rules', 'add', 'touch a.txt', '--agent', agent])).code).toBe(0);
      const commands = ['touch a.txt', 'touch a.txt', 'touch b.txt'].map(command => `[[${tool} ${command}]]`);
      await spawnByKeys(terminal, { title: 'Word', prompt: `${commands.join(' ')} [[say Over.]]` });
      await terminal.see('▌  approve Bash: touch b.txt', WITHIN);
      await shows(terminal, 'Word', MARK.needsYou);
      const [session] = await sessionsOf(fleet);
      const made = (file: string) => existsSync(join(session?.worktree ?? '', file));
      await terminal.waitUntil('both have run', () => made('a.txt'), WITHIN);
      await expect.poll(async () => (await rules())[0]?.used, { timeout: WITHIN.within }).toBe(2);
      expect(made('b.txt')).toBe(false);
      const answered = await fleet.cli(['answer', 'Word', '1'], WITHIN);
      expect(answered.code, answered.stderr).toBe(0);
      await terminal.see(over, WITHIN);
      expect(made('b.txt')).toBe(true);
    });
  });
}
