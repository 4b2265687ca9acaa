import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { fileOf, marked, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

test('a key that came before the terminal had the question is no answer to it, however long it stands in tutti', async () => {
  fleet = await startStage({ size: [80, 24] });
  const { terminal } = fleet;
  await spawnByKeys(terminal, 'Alto', '[[ask Which | good | bad]] [[write word {answer}]] [[say Over.]]');
  await marked(terminal, 'Alto', '▲');
  const go = join(fleet.home.scratch, 'go');
  await spawnByKeys(terminal, 'Bass', `[[sleep @${go}]] [[sleep 1]] [[permission touch]]`);
  await fleet.see('1 working');
  terminal.hold();
  fleet.press('a');
  await fleet.see(/^.* 2 {2}bad/mu);
  // Bass asks a second later: for so long it stands there.
  writeFileSync(go, '');
  await fleet.see('▲ 2 need you');
  fleet.press('1');
  terminal.answer();
  const answered = 'Answered "Alto": bad';
  for (let attempt = 0; attempt < 20 && !fleet.screen().has(answered); attempt++) {
    fleet.press('2');
    await fleet.see(answered, { within: 750 }).catch(() => {});
  }
  await marked(terminal, 'Alto', '○');
  expect(readFileSync(await fileOf(fleet, 'Alto', 'word'), 'utf8').trim()).toBe('bad');
});

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
