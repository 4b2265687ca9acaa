import { describe, expect, test } from 'vitest';
import { answerTrust, MARK, shows } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { MANNERS } from './fleet-manners.ts';
import { installAgent } from './install-agent.ts';

for (const agent of ['claude', 'codex', 'gemini', 'opencode'] as const) {
  const { bin, name, leftOut } = await installAgent(agent);
  // Of a folder that is new to it gemini asks, also where it has trusted the repository.
  const trust = agent === 'gemini' ? MANNERS.find(each => each.agent === agent)?.trust : undefined;

  describe.skipIf(leftOut)(leftOut ?? `${name} that is forked`, () => {
    test('knows in a session of its own what was said, and what is said there stays there', async () => {
      const { fleet, model, env } = await agentStage({ agent, bin: bin ?? '' });
      const { terminal } = fleet;
      // Only its screen tells that gemini works: a turn that is over at once is not seen.
      if (agent === 'gemini') model.thinksMs = 400;
      const made = await fleet.cli(['new', 'First', '-a', agent, '-p', 'remember tritone [[say I do.]]'], {
        env,
        within: 90_000,
      });
      expect(made.code, made.stderr).toBe(0);
      const answered = async (title: string, prompt: string) => {
        await terminal.waitUntil(`${prompt} is asked`, () => model.received(prompt) === 1, WITHIN);
        await shows(terminal, title, MARK.idle);
      };
      if (trust) await answerTrust(terminal, trust);
      await answered('First', 'remember tritone');
      const forked = await fleet.cli(['new', 'Fork', '--fork', 'First', '-p', 'the other way [[say Other.]]'], {
        env,
        within: 90_000,
      });
      expect(forked.code, forked.stderr).toBe(0);
      if (trust) {
        await shows(terminal, 'Fork', MARK.needsYou);
        // It draws its dialog anew for a while.
        const answer = async () => (await fleet.cli(['answer', 'Fork', trust.key], { env })).code;
        await expect.poll(answer, { message: 'trust is answered', timeout: 30_000 }).toBe(0);
      }
      await answered('Fork', 'the other way');
      expect(model.remembered('the other way')).toContainEqual(expect.stringContaining('tritone'));
      // Both go on, each with its own.
      expect((await fleet.cli('send Fork "the second one [[say Two.]]"', { env })).code).toBe(0);
      await answered('Fork', 'the second one');
      expect(model.remembered('the second one')).toContainEqual(expect.stringContaining('the other way'));
      expect((await fleet.cli('send First "the third one [[say Three.]]"', { env })).code).toBe(0);
      await answered('First', 'the third one');
      expect(model.remembered('the third one').join('\n')).not.toContain('the other way');
      expect(model.remembered('the third one')).toContainEqual(expect.stringContaining('tritone'));
      // Each of the four turns counts once, whatever the record of the fork has of the other one.
      // What is drawn may not be written down yet.
      const total = async () => (await fleet.cli('usage --json', { env })).json<{ total: object }>().total;
      await expect
        .poll(total, { message: 'all of it is counted', timeout: 20_000 })
        .toMatchObject({ turns: 4, tokens: { input: 40, output: 40 } });
      expect((await fleet.cli('search tritone --json', { env })).json<readonly object[]>()).toHaveLength(1);
    });
  });
}
