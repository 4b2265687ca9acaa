import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { countReceipts, gone, marked, select, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

test('the palette finds commands by words, does them, and says why one can not be done', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alto', '[[say here]]');
  await marked(fleet.terminal, 'Alto', '○');
  fleet.press(':');
  await fleet.see('── Commands ─');
  fleet.type('resume pau');
  await fleet.see('it is running, not paused');
  fleet.press('enter');
  await fleet.see('Resume a paused session: it is running, not paused.');
  fleet.press(':');
  await fleet.see('── Commands ─');
  fleet.type('no such thing');
  await fleet.see('No command has these words.');
  for (const _ of 'no such thing') fleet.press('backspace');
  fleet.type('renam');
  await fleet.see(/▌Rename it +e/);
  fleet.press('enter');
  await fleet.see('── Rename "Alto" ─');
  fleet.press('ctrl-u');
  fleet.type('Tenor\n');
  await marked(fleet.terminal, 'Tenor', '○');
  await gone(fleet.terminal, 'Alto');

  // What failed is read again.
  fleet.press('u');
  await fleet.see('Nothing was killed here');
  fleet.press(':');
  fleet.type('read the messages');
  await fleet.see('▌Read the messages again');
  fleet.press('enter');
  await fleet.see('── Messages ─');
  await fleet.see(/\ds {2}Nothing was killed here/);
  fleet.press('esc');
  await fleet.miss('── Messages ─');
});

test('help lists every key with what it does, and the reason where it does nothing now', async () => {
  fleet = await startStage({ size: [80, 24] });
  await spawnByKeys(fleet.terminal, 'Alto');
  await marked(fleet.terminal, 'Alto', '○');
  fleet.press('?');
  await fleet.see('── Keys ─');
  await fleet.see(/ ◆ ready for review +⇡ merging +✓ merged/);
  await fleet.see('more lines below');
  fleet.press('pagedown');
  await fleet.see(/ r +Resume a paused session +it is running, not paused/);
  fleet.press('pagedown', 'pagedown', 'pagedown');
  await fleet.see('In a pane every key goes to its program, but for ctrl-q');
  // A key of the list does nothing to it from here.
  fleet.press('D');
  fleet.press('?');
  await fleet.miss('── Keys ─');
  await fleet.miss('Kill "Alto"?');
});

test('the filter narrows the list as one types, keeps, and goes', async () => {
  fleet = await startStage({ size: [100, 30] });
  for (const title of ['Alto sax', 'Bass', 'Contralto']) await spawnByKeys(fleet.terminal, title);
  for (const title of ['Alto sax', 'Bass', 'Contralto']) await marked(fleet.terminal, title, '○');
  fleet.press('/');
  fleet.type('alto');
  await fleet.see('2 of 3');
  await gone(fleet.terminal, 'Bass');
  fleet.press('enter');
  await fleet.see('n new');
  await fleet.see('/alto');
  await select(fleet.terminal, 'Contralto');
  fleet.press('esc');
  await marked(fleet.terminal, 'Bass', '○');
  fleet.press('/');
  fleet.type('nobody');
  await fleet.see('0 of 3');
  await fleet.see('No session has these words.');
  await fleet.see('esc shows all of them.');
  fleet.press('enter');
  await fleet.see('esc no filter');
  fleet.press('esc');
  for (const title of ['Alto sax', 'Bass', 'Contralto']) await marked(fleet.terminal, title, '○');
});

test('questions lie over the screen, name their target, and esc changes nothing', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alto', '[[write new.txt one]] [[sleep @go.log]]');
  await fleet.see('Wrote 1 line to new.txt');
  await fleet.see('+1 −0');
  fleet.press('D');
  await fleet.see('── Kill "Alto"? ─');
  await fleet.see('1 file not committed.');
  await fleet.see('demo is at work and will be stopped.');
  fleet.press('esc');
  await fleet.miss('Kill "Alto"?');
  fleet.press('c');
  await fleet.see('── Pause "Alto"? ─');
  fleet.press('n');
  await fleet.miss('Pause "Alto"?');
  fleet.press('D');
  await fleet.see('c pause instead');
  fleet.press('c');
  await marked(fleet.terminal, 'Alto', '‖');
  await fleet.see('Paused');
  await fleet.see('r resumes it.');
  // A paused one is killed as well, and comes back paused.
  fleet.press('D');
  await fleet.see('── Kill "Alto"? ─');
  fleet.press('y');
  await fleet.see('No sessions in');
  fleet.press('u');
  await marked(fleet.terminal, 'Alto', '‖');

  fleet.press('ctrl-c');
  await fleet.see('── Quit tutti? ─');
  await fleet.see('No agent runs.');
  fleet.press('esc');
  await fleet.miss('Quit tutti?');
  fleet.press('ctrl-c', 'ctrl-c');
  expect(await fleet.terminal.ended).toBe(0);
});

test('an agent that asks: its words are in the list, a prompt waits, the answer is given in its pane', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alto', '[[ask Which package manager? | npm | pnpm]] [[say I take {answer}]]');
  await marked(fleet.terminal, 'Alto', '▲');
  await fleet.see('▌  answer: Which package manag…');
  await fleet.see('▲ 1 needs you');
  fleet.press('i');
  await fleet.see('goes when that is answered');
  fleet.type('[[say next]]\n');
  await fleet.miss('── Prompt to');
  fleet.press('w');
  await fleet.see('── Why "Alto" ─');
  await fleet.see(/needs you for \d+s/);
  await fleet.see(/counts +its own report \(OSC 7501\), \d+s ago: blocked, question/);
  await fleet.miss('disagrees');
  fleet.press('esc');
  await fleet.miss('── Why "Alto" ─');
  expect(countReceipts(readFileSync(fleet.home.receipts, 'utf8'), 'next')).toBe(0);
  fleet.press('enter');
  await fleet.see('keys go to demo');
  fleet.press('2');
  await fleet.see('● I take pnpm');
  fleet.press('ctrl-q');
  await fleet.see('● next');
  await marked(fleet.terminal, 'Alto', '○');
  expect(countReceipts(readFileSync(fleet.home.receipts, 'utf8'), 'next')).toBe(1);
});

test('an agent that ended: its last words, its cause, and one key that starts it with its conversation', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alto', '[[say before]] [[exit 3]]');
  await fleet.see('demo ended with code 3.');
  await fleet.see('● before');
  fleet.press('R');
  await fleet.see(/resum|conversation/i);
  await marked(fleet.terminal, 'Alto', '○');
  fleet.press('enter');
  await fleet.see('keys go to demo');
  fleet.type('[[say after]]\n');
  await fleet.see('● after');
});

test('a paste of 780 KB holds up nobody: what a field has room for is taken, and that is said', async () => {
  fleet = await startStage({ size: [100, 30] });
  fleet.press('n');
  await fleet.see('New session');
  fleet.paste('word '.repeat(156_000));
  await fleet.see('Cut: there is room for 120 characters here.');
  fleet.press('ctrl-u');
  fleet.type('Short');
  await fleet.see('Short');
  fleet.press('tab', 'tab');
  fleet.paste('日本 '.repeat(156_000));
  fleet.type('the end');
  await fleet.see('the end');
  fleet.press('esc');
  await fleet.miss('New session');
});
