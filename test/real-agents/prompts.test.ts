import { describe, expect, test } from 'vitest';
import { promptText } from '../daemon/prompt-texts.ts';
import { MARK, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

const COUNT = 50;

/**
 * Of `prompt-texts.ts`, those that can be told from each other, and that no program is known to change: a tab becomes blanks, and of a
 * file by `@` claude tells the model in words of its own.
 */
const KINDS = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11];

/** Those that say by a word of their own that they have begun. */
for (const agent of ['claude', 'codex'] as const) {
  const { bin, name, leftOut } = await installAgent(agent);

  describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, fifty prompts`, () => {
    test('each arrives once, whole and in order, while the daemon is killed', async () => {
      const { fleet, model } = await agentStage({ agent, bin: bin ?? '' });
      await spawnByKeys(fleet.terminal, { title: 'Fifty' });
      await shows(fleet.terminal, 'Fifty', MARK.idle);
      const texts = Array.from({ length: COUNT }, (_, n) => promptText(`p${n}e`, KINDS[n % KINDS.length] ?? 0));
      const told: string[] = [];
      for (const [n, stdin] of texts.entries()) {
        if (n % 15 === 7) await fleet.kill('daemon');
        const { stdout } = await fleet
          .cli(['send', 'Fifty', '--wait', '-'], { stdin, within: 45_000 })
          .catch(async thrown => {
            const { stdout: listed } = await fleet.cli(['ls', '--all', '--json']);
            throw new Error(
              `prompt ${n}, ${JSON.stringify(stdin.slice(0, 60))}: ${thrown}\n${listed}\n${fleet.terminal.picture()}`,
            );
          });
        told.push(stdout.split(' ', 1)[0] ?? '');
      }
      expect(told).toEqual(texts.map(() => 'begun'));
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
      const places = arrived().flat();
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    });
  });
}

/** Programs trim lines, wrap what they were told in lines of their own, compose accents and take invisible joiners off. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\u200d/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
