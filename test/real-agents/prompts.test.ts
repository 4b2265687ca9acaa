import { describe, expect, test } from 'vitest';
import { promptText } from '../daemon/prompt-texts.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import { answerTrust, focusPane, leavePane, MARK, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { MANNERS } from './fleet-manners.ts';
import { installAgent } from './install-agent.ts';

const COUNT = 50;

/** The one that is sent while a draft stands in the box. */
const DRAFT = 20;

/**
 * Of `prompt-texts.ts`, those that can be told from each other, and that no program is known to change: a tab becomes blanks, and of a
 * file by `@` claude tells the model in words of its own.
 */
const KINDS = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11];

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
        } else if (n === DRAFT) await sentOnDraft(fleet.terminal, () => send(n, '--wait'));
        else await send(n, '--wait');
      }
      expect(told).toEqual(texts.map((_, n) => (n % 15 === 12 ? 'queued' : 'begun')));
      const [session] = await sessionsOf(fleet);
      expect(session?.prompts.filter(({ state }) => state !== 'begun')).toEqual([]);
      // The conversation as the model has it: a program that works may take several prompts for one turn.
      const arrived = () => {
        const newest = model.requests.at(-1);
        const heard = newest ? [...newest.earlier, newest.prompt].map(plain) : [];
        return texts.map(text => heard.flatMap((prompt, at) => (prompt.includes(plain(text)) ? [at] : [])));
      };
      const wrong = () =>
        arrived().flatMap((places, at) =>
          places.length === 1 ? [] : [`${places.length} times: ${texts[at]?.slice(0, 60)}`],
        );
      // Some of them have a queue of their own.
      await expect.poll(wrong, { timeout: 60_000 }).toEqual([]);
      expect(model.requests.filter(({ prompt }) => prompt.includes('half a'))).toEqual([]);
      const places = arrived().flat();
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    });
  });
}

/** Sent while somebody's half-typed words stand in the box: it waits until they have been taken away by hand. */
async function sentOnDraft(terminal: UserTerminal, send: () => Promise<void>): Promise<void> {
  const draft = 'half a thought';
  await focusPane(terminal);
  terminal.type(draft);
  await terminal.see(draft, WITHIN);
  await leavePane(terminal);
  const sent = send();
  await terminal.see('1 prompt waits', WITHIN);
  await focusPane(terminal);
  terminal.press(...Array.from(draft, () => 'backspace'));
  await terminal.miss(draft, WITHIN);
  await leavePane(terminal);
  await sent;
}

/** Programs trim lines, wrap what they were told in lines of their own, compose accents and take invisible joiners off. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\u200d/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
