import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { MARK, promptByKeys, shows } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

/** A conversation outside of tutti: the programs themselves, in the user's checkout, without a screen. */
const ALONE = {
  claude: { args: ['-p', '--permission-mode', 'manual', '--'], says: /● Two\./u },
  codex: { args: ['exec', '--skip-git-repo-check', '--'], says: /• Two\./u },
} as const;

for (const agent of ['claude', 'codex'] as const) {
  const { bin, name, leftOut } = await installAgent(agent);

  describe.skipIf(leftOut)(leftOut ?? `${name} that was used outside of tutti`, () => {
    test('its conversation is listed, looked at, and goes on in the fleet, on a worktree of its own', async () => {
      const { fleet, model, env } = await agentStage({ agent, bin: bin ?? '' });
      const { args, says } = ALONE[agent];
      const alone = spawn(bin ?? '', [...args, 'remember tritone [[say I do.]]'], {
        cwd: fleet.repository,
        env,
        stdio: 'ignore',
      });
      expect(await once(alone, 'exit')).toEqual([0, null]);

      const listed = await fleet.cli('adopt --json', { env });
      const [conversation] = listed.json<readonly [{ readonly id: string; readonly refused: string | null }]>();
      expect(conversation).toMatchObject({ agent, prompt: 'remember tritone [[say I do.]]', refused: null });
      expect((await fleet.cli(`adopt ${conversation.id} --look`, { env })).stdout).toContain('> remember tritone');
      const adopted = await fleet.cli(['adopt', conversation.id, '--title', 'Theirs'], { env, within: 90_000 });
      expect(adopted.code, adopted.stderr).toBe(0);

      await shows(fleet.terminal, 'Theirs', MARK.idle);
      await promptByKeys(fleet.terminal, 'the second one [[say Two.]]');
      await fleet.terminal.see(says, WITHIN);
      expect(model.remembered('the second one')).toContainEqual(expect.stringContaining('tritone'));
      const { stdout } = await fleet.cli(`history ${adopted.stdout.trim()}`);
      expect(stdout).toContain('> remember tritone');
      expect(stdout).toContain('> the second one');
      expect((await fleet.cli('adopt --json', { env })).json()).toEqual([]);
    });
  });
}
