import { describe, expect, test } from 'vitest';
import { git } from '../driver/repository.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import {
  focusPane,
  killByKeys,
  leaveEnded,
  leavePane,
  MARK,
  promptByKeys,
  shows,
  spawnByKeys,
  typeInPane,
} from './agent-keys.ts';
import { type AgentStage, agentStage, WITHIN } from './agent-stage.ts';
import { MANNERS, type Manners } from './fleet-manners.ts';
import { installAgent } from './install-agent.ts';

for (const manners of MANNERS) {
  const { bin, name, leftOut } = await installAgent(manners.agent);

  describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, from the keyboard`, () => {
    test('spawned, prompted, typed to, killed and undone, ended by its own keys and restarted', async () => {
      const { agent, trust, says } = manners;
      const stage = await agentStage({ agent, bin: bin ?? '', trusted: trust === undefined });
      const { terminal } = stage.fleet;
      const answered = async (word: string) => {
        await terminal.see(says(word), WITHIN);
        await shows(terminal, 'Word', MARK.idle);
      };

      await spawnByKeys(terminal, { title: 'Word', prompt: 'remember tritone [[say One.]]' });
      if (trust) await answerTrust(stage, trust);
      await answered('One');
      await promptByKeys(terminal, 'the second [[say Two.]]');
      await answered('Two');

      await typeByHand(terminal, manners);
      await answered('Three');

      await killByKeys(terminal, 'Word');
      terminal.press('u');
      await shows(terminal, 'Word', MARK.idle);
      await promptByKeys(terminal, 'after the kill [[say Four.]]');
      await answered('Four');

      await endByKeys(terminal, manners);
      terminal.press('R');
      await shows(terminal, 'Word', MARK.idle);
      await promptByKeys(terminal, 'after the end [[say Five.]]');
      await answered('Five');

      expectEachOnce(stage, ['tritone', 'the second', 'by hand', 'after the kill', 'after the end']);
      if (manners.remembers) expectRemembered(stage, 'tritone', ['after the kill', 'after the end']);
      expect(stage.touched()).toEqual([]);
      const [session] = await sessionsOf(stage.fleet);
      expect(git(stage.fleet.home, session?.worktree ?? '', ['status', '--porcelain', '--ignored'])).toBe('');
    });
  });
}

/** The first prompt does not go onto the question, but after it. */
async function answerTrust({ fleet, model }: AgentStage, trust: NonNullable<Manners['trust']>): Promise<void> {
  const { terminal } = fleet;
  await terminal.see('▌  trust this folder', WITHIN);
  await shows(terminal, 'Word', MARK.needsYou);
  await focusPane(terminal);
  await terminal.see(trust.question, WITHIN);
  expect(model.requests).toEqual([]);
  terminal.press(trust.key);
  await terminal.miss(trust.question, WITHIN);
  await leavePane(terminal);
}

async function typeByHand(terminal: UserTerminal, { input, permission }: Manners): Promise<void> {
  await focusPane(terminal);
  await typeInPane(terminal, `typed by hand ${permission ? '[[bash true]] ' : ''}[[say Three.]]`, input);
  if (permission) {
    await shows(terminal, 'Word', MARK.needsYou);
    await terminal.see(permission, WITHIN);
    terminal.press('enter');
  }
  await leavePane(terminal);
}

async function endByKeys(terminal: UserTerminal, { endedBy }: Manners): Promise<void> {
  await focusPane(terminal);
  // Again where it has not ended: a key that meets the last moment of a turn interrupts that. After the end it goes nowhere.
  for (let attempt = 0; attempt < 20 && !hasEnded(terminal); attempt++) {
    for (const { key, says } of endedBy) {
      terminal.press(key);
      if (says) await terminal.see(says, WITHIN);
    }
    await terminal.waitUntil('it has ended', () => hasEnded(terminal), { within: 3_000 }).catch(() => {});
  }
  await shows(terminal, 'Word', MARK.exited);
  await leaveEnded(terminal);
}

function expectEachOnce({ model }: AgentStage, sent: readonly string[]): void {
  expect(sent.map(words => [words, model.received(words)])).toEqual(sent.map(words => [words, 1]));
}

function expectRemembered({ model }: AgentStage, what: string, later: readonly string[]): void {
  for (const words of later) expect(model.remembered(words)).toContainEqual(expect.stringContaining(what));
}

function hasEnded(terminal: UserTerminal): boolean {
  return terminal.screen().has('What you type goes nowhere');
}
