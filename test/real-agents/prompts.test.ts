import { describe, expect, test } from 'vitest';
import { promptText } from '../daemon/prompt-texts.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import { answerTrust, focusPane, leavePane, MARK, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { MANNERS } from './fleet-manners.ts';
import { installAgent } from './install-agent.ts';
import { heardOf, soundOf } from './prompt-manners.ts';

const COUNT = 50;

/** Those that are sent while somebody's half-typed words stand in the box, by number. */
const DRAFTS: ReadonlyMap<number, string> = new Map([
  [3, 'half a thought'],
  [14, 'and then'],
  [20, 'whether café is one word'],
  [33, 'a longer one that nobody has thought to its end yet'],
  [45, 'once more'],
]);

/** All of `prompt-texts.ts`, for each of the five; of those that are not to be told from each other two in a row. */
const KINDS = [...Array(16).keys(), 16, 16, 17, 17];

for (const agent of ['claude', 'codex', 'gemini', 'opencode', 'copilot'] as const) {
  const { bin, name, leftOut } = await installAgent(agent);

  describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, fifty prompts`, () => {
    test('each arrives once, whole and in order, none on a draft, while the daemon is killed', async () => {
      const trust = MANNERS.find(each => each.agent === agent)?.trust;
      const { fleet, model } = await agentStage({ agent, bin: bin ?? '', trusted: trust === undefined });
      // Of a turn that is over before it was drawn only a screen at rest tells, which takes seconds each time.
      if (agent === 'gemini') model.thinksMs = 400;
      await spawnByKeys(fleet.terminal, { title: 'Fifty' });
      if (trust) await answerTrust(fleet.terminal, trust);
      await shows(fleet.terminal, 'Fifty', MARK.idle);
      const texts = Array.from({ length: COUNT }, (_, n) => promptText(`p${n}e`, KINDS[n % KINDS.length] ?? 0));
      const told: string[] = [];
      const send = async (n: number, ...options: readonly string[]) => {
        const stdin = texts[n] ?? '';
        const { stdout } = await fleet
          .cli(['send', 'Fifty', ...options, '-'], { stdin, within: 45_000 })
          .catch(async thrown => {
            const { stdout: listed } = await fleet.cli(['ls', '--all', '--json']);
            throw new Error(
              `prompt ${n}, ${JSON.stringify(stdin.slice(0, 60))}: ${thrown}\n${listed}\n${fleet.terminal.picture()}`,
            );
          });
        told.push(stdout.split(' ', 1)[0] ?? '');
      };
      for (const n of texts.keys()) {
        // Before one is sent, and while its host types it.
        if (n % 15 === 7) await fleet.kill('daemon');
        if (n % 15 === 12) {
          await send(n);
          await fleet.kill('daemon');
          continue;
        }
        const draft = DRAFTS.get(n);
        if (draft) await sentOnDraft(fleet.terminal, draft, () => send(n, '--wait'));
        else await send(n, '--wait');
      }
      expect(told).toEqual(texts.map((_, n) => (n % 15 === 12 ? 'queued' : 'begun')));
      const [session] = await sessionsOf(fleet);
      expect(session?.prompts.filter(({ state }) => state !== 'begun')).toEqual([]);
      // The conversation as the model has it: these texts in this order, and nothing else. Some programs have a queue of their own.
      await expect
        .poll(() => heardOf(agent, model.requests.at(-1)?.said ?? []), { timeout: 60_000 })
        .toEqual(texts.map(text => soundOf(agent, text)));
    });
  });
}

/** Sent while somebody's half-typed words stand in the box: it waits for these, and says so, until they have been taken away by hand. */
async function sentOnDraft(terminal: UserTerminal, draft: string, send: () => Promise<void>): Promise<void> {
  await focusPane(terminal);
  terminal.type(draft);
  await terminal.see(draft, WITHIN);
  await leavePane(terminal);
  const sent = send();
  await terminal.see('prompt waits: a draft', WITHIN);
  await focusPane(terminal);
  terminal.press(...Array.from(draft, () => 'backspace'));
  await terminal.miss(draft, WITHIN);
  await leavePane(terminal);
  await sent;
}
