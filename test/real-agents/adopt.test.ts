import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import type { Conversation } from '../../source/protocol/records.ts';
import { answerTrust, killByKeys, MARK, promptByKeys, shows } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { MANNERS } from './fleet-manners.ts';
import { installAgent } from './install-agent.ts';

/** A conversation outside of tutti: the programs themselves, in the user's checkout, without a screen. */
const ASKED = 'remember tritone [[say I do.]]';
const ALONE = {
  claude: { args: ['-p', '--permission-mode', 'manual', '--', ASKED], says: /● Two\./u },
  codex: { args: ['exec', '--skip-git-repo-check', '--', ASKED], says: /• Two\./u },
  copilot: { args: ['-p', ASKED], says: /● Two\./u },
  gemini: { args: ['-p', ASKED], says: /✦ Two\./u },
  // It puts what has blanks in it between quotation marks.
  opencode: { args: ['run', ...ASKED.split(' ')], says: / Two\. *$/mu },
} as const;

for (const agent of ['claude', 'codex', 'copilot', 'gemini', 'opencode'] as const) {
  const { bin, name, leftOut } = await installAgent(agent);
  const trust = agent === 'gemini' ? MANNERS.find(each => each.agent === agent)?.trust : undefined;

  describe.skipIf(leftOut)(leftOut ?? `${name} that was used outside of tutti`, () => {
    test('its conversation is listed, looked at, and goes on in the fleet, on a worktree of its own', async () => {
      const { fleet, model, env } = await agentStage({ agent, bin: bin ?? '' });
      const { args, says } = ALONE[agent];
      const alone = spawn(bin ?? '', args, { cwd: fleet.repository, env, stdio: 'ignore' });
      expect(await once(alone, 'exit')).toEqual([0, null]);

      const listed = await fleet.cli('adopt --json', { env });
      const [conversation] = listed.json<readonly [{ readonly id: string; readonly refused: string | null }]>();
      expect(conversation).toMatchObject({ agent, prompt: ASKED, refused: null });
      expect((await fleet.cli(`adopt ${conversation.id} --look`, { env })).stdout).toContain('> remember tritone');
      const adopted = await fleet.cli(['adopt', conversation.id, '--title', 'Theirs'], { env, within: 90_000 });
      expect(adopted.code, adopted.stderr).toBe(0);

      // Of a folder that is new to it gemini asks, also where it has trusted the repository.
      if (trust) await answerTrust(fleet.terminal, trust);
      await shows(fleet.terminal, 'Theirs', MARK.idle);
      await promptByKeys(fleet.terminal, 'the second one [[say Two.]]');
      await fleet.terminal.see(says, WITHIN);
      expect(model.remembered('the second one')).toContainEqual(expect.stringContaining('tritone'));
      // It draws what it says before it has written it down.
      const history = async () => (await fleet.cli(`history ${adopted.stdout.trim()}`)).stdout;
      await expect
        .poll(history, { message: 'its record has the second prompt', timeout: 20_000 })
        .toContain('> the second one');
      expect(await history()).toContain('> remember tritone');
      expect((await fleet.cli('adopt --json', { env })).json()).toEqual([]);

      // Started again, it takes up what has been said since.
      if (agent !== 'gemini' && agent !== 'opencode') return;
      await killByKeys(fleet.terminal, 'Theirs');
      fleet.terminal.press('u');
      await shows(fleet.terminal, 'Theirs', MARK.idle);
      await promptByKeys(fleet.terminal, 'the third one [[say Three.]]');
      await fleet.terminal.see(new RegExp(says.source.replace('Two', 'Three'), says.flags), WITHIN);
      expect(model.remembered('the third one').join()).toMatch(/tritone.*the second one/su);
    });
  });
}

const hasTmux = spawnSync('tmux', ['-V']).status === 0;

/** As the user starts them in his terminal. */
const BY_HAND = {
  claude: '--permission-mode manual',
  codex: '-c check_for_update_on_startup=false',
  copilot: '-i',
} as const;

for (const agent of ['claude', 'codex', 'copilot'] as const) {
  const { bin, name, leftOut: missing } = await installAgent(agent);
  const leftOut = missing ?? (hasTmux ? undefined : `left out: ${name} in tmux, which is not there`);

  describe.skipIf(leftOut !== undefined)(leftOut ?? `${name} in a pane of the user's tmux`, () => {
    test('its conversation is told as open, and is taken once it has ended there', async () => {
      const { fleet, env: user } = await agentStage({ agent, bin: bin ?? '' });
      // A server of this test alone: its socket lies in the home.
      const env = { ...user, TMUX_TMPDIR: user.HOME ?? '', SHELL: '/bin/sh', TERM: 'xterm-256color' };
      const tmux = (...args: readonly string[]) => execFileSync('tmux', args, { env, encoding: 'utf8' });
      const command = `'${bin}' ${BY_HAND[agent]} 'remember tritone [[say I do.]]'`;
      const size = ['-x', '100', '-y', '30'];
      tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'shop', ...size, '-c', fleet.repository ?? '', command);
      onTestFinished(() => {
        spawnSync('tmux', ['kill-server'], { env });
      });
      const listed = async () => (await fleet.cli('adopt --json', { env })).json<readonly Conversation[]>();
      await expect
        .poll(async () => (await listed())[0]?.openIn, { message: 'its conversation is told as open', timeout: 60_000 })
        .toMatch(new RegExp(`^${agent}, process \\d+, in the tmux pane shop:0\\.0$`, 'u'));
      const [{ id, openIn }] = (await listed()) as readonly [Conversation];
      const { list } = agentOf(agent).elsewhere ?? {};
      if (list) {
        const own = list.read(execFileSync(bin ?? '', [...list.args], { env, encoding: 'utf8' }));
        expect(own).toEqual([{ id, pid: Number(/\d+/u.exec(openIn ?? '')?.[0]) }]);
      }

      const refused = await fleet.cli(['adopt', id], { env, within: 90_000 });
      expect(refused.stderr).toContain(`is open in ${openIn}, and two programs on one conversation lose words`);
      tmux('kill-server');
      await expect
        .poll(async () => (await listed()).map(each => [each.id, each.openIn]), {
          message: 'it has ended',
          timeout: 20_000,
        })
        .toEqual([[id, undefined]]);
      const adopted = await fleet.cli(['adopt', id, '--title', 'Theirs'], { env, within: 90_000 });
      expect(adopted.code, adopted.stderr).toBe(0);
      await shows(fleet.terminal, 'Theirs', MARK.idle);
    });
  });
}
