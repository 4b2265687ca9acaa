import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { fileOf, marked, select, spawnByKeys, startStage } from './demo-stage.ts';
import { pressUntil } from './inbox-by-keys.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

/** So late an answer of the terminal may come, milliseconds: later tutti goes on without it. */
const PATIENCE = 5000;

test('a key that came before the terminal had the question is no answer to it, however long it stands in tutti', async () => {
  fleet = await startStage({ size: [80, 24] });
  // A machine that was too busy for the terminal to answer in time says nothing: the next round does.
  for (let round = 1; !(await isAnsweredLate(`Alto ${round}`, `Bass ${round}`)); round++);
});

/** False: the terminal took longer than it may. */
async function isAnsweredLate(asks: string, later: string): Promise<boolean> {
  const { terminal } = fleet;
  await spawnByKeys(terminal, asks, '[[ask Which | good | bad]] [[write word {answer}]] [[say Over.]]');
  await marked(terminal, asks, '▲');
  const go = join(fleet.home.scratch, later);
  await spawnByKeys(terminal, later, `[[sleep @${go}]] [[sleep 0.6]] [[ask Now | yes | no]]`);
  await fleet.see('1 working');
  const needing = Number(/▲ (\d+) need/u.exec(fleet.screen().lines[0] ?? '')?.[1]);
  await select(terminal, asks);
  terminal.hold();
  const written = terminal.raw.length;
  const opened = Date.now();
  fleet.press('a');
  await fleet.see(/^.* 2 {2}bad/mu);
  // It asks a moment later: for so long the question stands there.
  writeFileSync(go, '');
  await fleet.see(`▲ ${needing + 1} need you`);
  fleet.press('1');
  const isInTime = Date.now() - opened < PATIENCE;
  terminal.answer();
  await pressUntil(terminal, '2', `Answered "${asks}": `);
  fleet.press('esc');
  await fleet.miss('── Inbox');
  if (!isInTime) return false;
  expect(terminal.raw.slice(written).split('\x1b[c')[0]).toMatch(/2(?:\x1b\[[\d;]*m)* {2}bad/u);
  await marked(terminal, asks, '○');
  expect(readFileSync(await fileOf(fleet, asks, 'word'), 'utf8').trim()).toBe('bad');
  return true;
}

test('what the terminal has not answered yet is not left at the prompt', async () => {
  fleet = await startStage({ size: [80, 24] });
  const { terminal } = fleet;
  for (const title of ['Alto', 'Bass']) {
    await spawnByKeys(terminal, title, `[[ask ${title} | good | bad]]`);
    await marked(terminal, title, '▲');
  }
  terminal.hold();
  fleet.press('a');
  await fleet.see(/^.* 2 {2}bad/mu);
  fleet.press('j', 'k');
  await terminal.waitUntil('it was asked for each', () => terminal.raw.split('\x1b[c').length > 3);
  fleet.press('esc');
  await fleet.miss('── Inbox');
  fleet.press('q');
  await terminal.waitUntil('the screen is the shell’s', () => !terminal.modes().alternateScreen);
  terminal.answer();
  expect(await terminal.ended).toBe(0);
  fleet.type('the next\n');
  await fleet.see('the next');
  expect(terminal.scrollback().join('\n').trim()).toBe('the next');
});
