import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { makeRepository } from '../driver/repository.ts';
import { countReceipts, fileOf, gone, marked, select, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

/** The smallest of the sizes that terminals open with. */
const SMALL = { size: [80, 24] } as const;

test('why a session needs the user is in the list, and the footer has as many keys as fit', async () => {
  fleet = await startStage(SMALL);
  await spawnByKeys(fleet.terminal, 'Alto', '[[ask Which one? | npm | pnpm]]');
  await spawnByKeys(fleet.terminal, 'Bass', '[[sleep @go.log]]');
  await marked(fleet.terminal, 'Alto', '▲');
  await fleet.expectRows(['Needs you', '▲ Alto', 'Which one?', 'Working', '⠋ Bass', /\S/]);
  await fleet.see(/enter focus {2}i prompt .* {2}\? help/);
  expect(fleet.screen().lines.at(-1)?.split(/ {2}/).length).toBeGreaterThanOrEqual(7);
});

test('the answered session stays under the cursor until one moves on', async () => {
  fleet = await startStage(SMALL);
  await spawnByKeys(fleet.terminal, 'Alto', '[[sleep @end.log]] [[error The model is away]]');
  await spawnByKeys(fleet.terminal, 'Bass');
  await marked(fleet.terminal, 'Bass', '○');
  await select(fleet.terminal, 'Alto');
  writeFileSync(await fileOf(fleet, 'Alto', 'end.log'), '');
  // An error is news for as long as nobody has looked at it.
  await marked(fleet.terminal, 'Alto', '✗');
  await fleet.expectRows(['Needs you', '✗ Alto', /\S/, 'Idle', '○ Bass']);
  fleet.press('home');
  await marked(fleet.terminal, 'Alto', '○');
  await fleet.expectRows(['Idle', '○ Alto', /\S/, '○ Bass']);
  fleet.press('j');
  await fleet.expectRows(['Idle', '○ Bass', 'waits for a prompt', '○ Alto']);
});

test('a prompt that waits is in the head, and a key withdraws it; the way of one that arrives can be read', async () => {
  fleet = await startStage(SMALL);
  await spawnByKeys(fleet.terminal, 'Alto', '[[ask Which one? | npm | pnpm]]');
  await marked(fleet.terminal, 'Alto', '▲');
  fleet.press('i');
  fleet.type('[[say never]]\n');
  await fleet.see(/Alto {2}1 prompt waits: \[\[say/);
  await fleet.see('x withdraw prompt');
  fleet.press('x');
  await fleet.see('The prompt to "Alto" was withdrawn.');
  await fleet.miss('1 prompt waits');
  await fleet.miss('x withdraw prompt');
  fleet.press('enter');
  await fleet.see('keys go to demo');
  fleet.press('1');
  await marked(fleet.terminal, 'Alto', '○');
  fleet.press('ctrl-q', 'i');
  fleet.type('[[say heard]]\n');
  await fleet.see(/prompt to "Alto": .*turn begun ✓ \d/);
  expect(countReceipts(readFileSync(fleet.home.receipts, 'utf8'), 'never')).toBe(0);
});

test('here and elsewhere are told apart, and among all repositories each row says whose it is', async () => {
  fleet = await startStage(SMALL);
  await spawnByKeys(fleet.terminal, 'Alto', '[[sleep @go.log]]');
  await marked(fleet.terminal, 'Alto', /[⠀-⣿]/);
  const other = makeRepository(fleet.home, { name: 'till' });
  const there = fleet.open({ cwd: other });
  await there.see('No sessions in till');
  await spawnByKeys(there, 'Bass', '[[ask Really? | yes | no]]');
  await marked(there, 'Bass', '▲');
  await there.see(/▲ 1 needs you {3}· 1 elsewhere /);
  there.press('ctrl-c');
  await there.see('1 session here: 1 needs you.');
  await there.see('1 elsewhere.');
  there.press('esc');
  await there.miss('Quit tutti?');
  there.press('A');
  await there.see(/Alto +shop /);
  await there.see(/Bass +till /);
  await there.see(/│ Bass {2}till/);
  there.press('n');
  await there.see('In till, on a branch of its own from');
  there.press('esc');
  await there.miss('New session');
  await there.see('all repositories');
  there.press('A');
  await gone(there, 'Alto');
});
