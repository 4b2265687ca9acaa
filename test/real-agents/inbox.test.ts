import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git } from '../driver/repository.ts';
import type { ScreenView } from '../driver/screen-view.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import { MARK, openInbox, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, stageOfSeveral, WITHIN } from './agent-stage.ts';
import { installAgent, type PinnedAgent } from './install-agent.ts';

interface Asked {
  /** Stands in the inbox. */
  readonly says: string;
  readonly choice: RegExp;
  readonly key: string;
}

/** What each agent asks on the way to a file, and how it is answered in the inbox. */
const ASKING: readonly {
  readonly agent: PinnedAgent;
  readonly trusted?: false;
  readonly prompt: string;
  readonly asked: readonly Asked[];
  readonly over: RegExp;
}[] = [
  {
    agent: 'claude',
    prompt: '[[bash touch a.txt]] [[ask Which color | red | blue]] [[say Over.]]',
    asked: [
      { says: 'approve Bash', choice: / 1 {2}Yes$/mu, key: '1' },
      { says: 'Which color', choice: / 2 {2}blue$/mu, key: '2' },
    ],
    over: /● Over\./u,
  },
  {
    agent: 'codex',
    prompt: '[[escalate touch a.txt]] [[say Over.]]',
    asked: [{ says: 'touch a.txt', choice: / 1 {2}Yes, proceed/mu, key: '1' }],
    over: /• Over\./u,
  },
  {
    agent: 'gemini',
    trusted: false,
    prompt: '[[bash touch a.txt]] [[say Over.]]',
    asked: [
      // Not 1: then gemini starts itself anew, and this version sometimes does not come back from that.
      { says: 'trust this folder', choice: / 3 {2}Don't trust$/mu, key: '3' },
      { says: 'touch a.txt', choice: / 1 {2}Allow once$/mu, key: '1' },
    ],
    over: /✦ Over\./u,
  },
  {
    agent: 'opencode',
    prompt: '[[bash touch a.txt]] [[ask Which color | red | blue]] [[say Over.]]',
    asked: [
      { says: 'touch a.txt', choice: / 1 {2}Allow once$/mu, key: '1' },
      { says: 'Which color', choice: / 2 {2}blue$/mu, key: '2' },
    ],
    over: /^ .* Over\. *$/mu,
  },
  {
    agent: 'copilot',
    prompt: '[[bash touch a.txt]] [[say Over.]]',
    asked: [{ says: 'touch a.txt', choice: / 1 {2}Yes$/mu, key: '1' }],
    over: /● Over\./u,
  },
];

for (const { agent, trusted = true, prompt, asked, over } of ASKING) {
  const { bin, name, leftOut } = await installAgent(agent);

  describe.skipIf(leftOut)(leftOut ?? `${name} in the inbox`, () => {
    test('what it asks is shown with its choices, and a digit answers it', async () => {
      const { fleet, touched } = await agentStage({ agent, bin: bin ?? '', trusted });
      const { terminal } = fleet;
      await spawnByKeys(terminal, { title: 'Word', prompt });
      for (const { says, choice, key } of asked) {
        await shows(terminal, 'Word', MARK.needsYou);
        await openInbox(terminal);
        await terminal.see('── Inbox, 1 of 1 ─', WITHIN);
        await terminal.see(says, WITHIN);
        await terminal.see(choice, WITHIN);
        await answer(terminal, key, choice);
      }
      await terminal.see(over, WITHIN);
      const [session] = await sessionsOf(fleet);
      expect(existsSync(join(session?.worktree ?? '', 'a.txt'))).toBe(true);
      // Neither the start nor the watching nor the answers have changed a file of the user or of the repository.
      expect(touched()).toEqual([]);
      const status = git(fleet.home, session?.worktree ?? '', ['status', '--porcelain', '--ignored']);
      expect(status).toBe('?? a.txt');
    });
  });
}

const programs = await Promise.all(ASKING.map(({ agent }) => installAgent(agent)));

describe.skipIf(programs.some(({ leftOut }) => leftOut))(
  'claude, codex, gemini, opencode and copilot in one inbox',
  () => {
    test('what all of them ask is worked off by keyboard alone, in one pass, and each goes on', async () => {
      const { fleet, touched, env } = await stageOfSeveral(
        ASKING.map(({ agent, trusted = true }, at) => ({ agent, bin: programs[at]?.bin ?? '', trusted })),
      );
      const began = await Promise.all(
        ASKING.map(({ agent, prompt }) =>
          fleet.cli(['new', agent, '-a', agent, '-p', prompt], { env, within: 60_000 }),
        ),
      );
      expect(began.map(({ code }) => code)).toEqual(ASKING.map(() => 0));
      // Its panes are as large as agents are begun without a screen: gemini leaves the rows of a dialog behind that it draws in another size.
      const terminal = fleet.open({ env, size: [160, 43] });
      await terminal.see('copilot', WITHIN);
      const left = new Set(ASKING.flatMap(({ agent, asked }) => asked.map(each => ({ agent, ...each }))));
      const shown = () => [...left].find(each => asks(terminal.screen(), each));
      while (left.size > 0) {
        await terminal.waitUntil(
          `one of ${[...left].map(({ agent, says }) => `${agent}: ${says}`).join(', ')} is asked`,
          screen => shown() !== undefined || (!screen.has('── Inbox') && screen.has('a answer')),
          WITHIN,
        );
        const item = shown();
        if (!item) {
          terminal.press('a');
          await terminal.see('── Inbox', { within: 2_000 }).catch(() => {});
          continue;
        }
        const isGone = () => !asks(terminal.screen(), item);
        for (let attempt = 0; attempt < 40 && !isGone(); attempt++) {
          terminal.press(item.key);
          await terminal.waitUntil('it is answered', isGone, { within: 500 }).catch(() => {});
        }
        await terminal.waitUntil(`${item.agent} is answered`, isGone, WITHIN);
        left.delete(item);
      }
      await terminal.waitUntil('nobody needs the user', screen => !/need|working/u.test(screen.lines[0] ?? ''), WITHIN);
      // It stays where the last one that asked, for a torn frame, asks nothing.
      if (terminal.screen().has('── Inbox')) terminal.press('esc');
      await terminal.miss('── Inbox');
      terminal.press('a');
      await terminal.see('nothing waits for you', WITHIN);
      const sessions = await sessionsOf(fleet);
      expect(sessions.map(({ worktree }) => existsSync(join(worktree, 'a.txt')))).toEqual(ASKING.map(() => true));
      expect(touched()).toEqual([]);
    });
  },
);

/** Whether the inbox shows that of this agent: its row is the selected one, and its choice can be made. */
function asks(screen: ScreenView, { agent, says, choice }: Asked & { readonly agent: string }): boolean {
  const isSelected = screen.lines.some(line => line.startsWith(`▌▲ ${agent} `));
  return isSelected && screen.has('── Inbox') && screen.has(says) && screen.has(choice);
}

/** What each asks, how its no reads, and what stands there when it has heard why. */
const DENIED: readonly {
  readonly agent: PinnedAgent;
  readonly trusted?: false;
  readonly prompt: string;
  readonly over: RegExp;
}[] = [
  { agent: 'claude', prompt: '[[bash touch a.txt]] [[say Over.]]', over: /● Heard\./u },
  { agent: 'codex', prompt: '[[escalate touch a.txt]] [[say Over.]]', over: /• Heard\./u },
  {
    agent: 'gemini',
    trusted: false,
    prompt: '[[bash touch a.txt]] [[say Over.]]',
    // It says the cancelled prompt to the model once more, and the one that is played takes that up again.
    over: /Request cancelled\.[^✦]*> \[\[say Heard\.\]\][^✦]*Allow execution/u,
  },
];

for (const { agent, trusted = true, prompt, over } of DENIED) {
  const { bin, name, leftOut } = await installAgent(agent);

  describe.skipIf(leftOut)(leftOut ?? `${name} in the inbox`, () => {
    test('a no takes its reason along', async () => {
      const { fleet } = await agentStage({ agent, bin: bin ?? '', trusted });
      const { terminal } = fleet;
      await spawnByKeys(terminal, { title: 'Word', prompt });
      await shows(terminal, 'Word', MARK.needsYou);
      await openInbox(terminal);
      if (!trusted) {
        await terminal.see(/ 3 {2}Don't trust$/mu, WITHIN);
        await answer(terminal, '3', / 3 {2}Don't trust$/mu);
        await shows(terminal, 'Word', MARK.needsYou);
        await openInbox(terminal);
      }
      await terminal.see('touch a.txt', WITHIN);
      await terminal.see(/ 1 {2}\S/u, WITHIN);
      for (let attempt = 0; attempt < 20 && !terminal.screen().has('Deny "Word"'); attempt++) {
        terminal.press('d');
        await terminal.see('Deny "Word"', { within: 2_000 }).catch(() => {});
      }
      terminal.type('[[say Heard.]]');
      terminal.press('enter');
      await terminal.see(over, WITHIN);
      const [session] = await sessionsOf(fleet);
      expect(existsSync(join(session?.worktree ?? '', 'a.txt'))).toBe(false);
    });
  });
}

/** Dead until it has stood for a moment: a person presses again. */
async function answer(terminal: UserTerminal, key: string, choice: RegExp): Promise<void> {
  const isInInbox = () => terminal.screen().has('── Inbox') && terminal.screen().has(choice);
  for (let attempt = 0; attempt < 20 && isInInbox(); attempt++) {
    terminal.press(key);
    await terminal.waitUntil('it is answered', () => !isInInbox(), { within: 2_000 }).catch(() => {});
  }
  await terminal.miss('── Inbox', WITHIN);
}
