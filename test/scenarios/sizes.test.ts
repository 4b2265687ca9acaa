import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { QUESTIONS } from '../../source/tui/terminal/sequences.ts';
import type { Fleet } from '../driver/fleet.ts';
import type { ScreenView } from '../driver/screen-view.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { fileOf, marked, select, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

/** What stands beside the pane: the list, the rule and a blank; header, head and footer. */
const PANE = {
  '60x16': '13 38',
  '80x23': '20 52',
  '80x24': '21 52',
  '100x30': '27 66',
  '120x40': '37 80',
  '200x50': '47 156',
} as const;

test('resized at any time: the program in the pane follows, too small says so, and everything is back', async () => {
  fleet = await startStage({ size: [120, 40] });
  await spawnByKeys(fleet.terminal, 'Alto', '[[say here]]');
  await fleet.see('● here');
  await openShell(fleet.terminal);
  await asksSize(fleet.terminal, PANE['120x40']);
  fleet.resize(80, 24);
  await asksSize(fleet.terminal, PANE['80x24']);
  // Inside of tmux, with its status line.
  fleet.resize(80, 23);
  await asksSize(fleet.terminal, PANE['80x23']);
  fleet.resize(60, 16);
  await asksSize(fleet.terminal, PANE['60x16']);
  fleet.resize(200, 50);
  await asksSize(fleet.terminal, PANE['200x50']);

  fleet.resize(59, 24);
  await fleet.see('tutti needs 60x16, this terminal has 59x24');
  fleet.resize(30, 5);
  await fleet.see('60x16 needed, 30x5 here');
  fleet.resize(1, 1);
  // Faster than anybody can follow.
  for (const width of [90, 50, 150, 20, 81, 60, 100]) fleet.resize(width, 30);
  await fleet.see('keys go to the shell');
  expect(fleet.screen().lines[0]).toMatch(/^ tutti {2}shop/);
  await asksSize(fleet.terminal, PANE['100x30']);

  // Also while an overlay is open, and in zoom.
  fleet.press('ctrl-q', '?');
  await fleet.see('── Keys ─');
  fleet.resize(40, 10);
  await fleet.see('60x16 needed');
  fleet.resize(80, 24);
  await fleet.see('── Keys ─');
  fleet.press('esc');
  await fleet.miss('── Keys ─');
  fleet.press('z');
  await fleet.miss('│');
  await asksSize(fleet.terminal, '23 80');
  fleet.resize(120, 40);
  await asksSize(fleet.terminal, '39 120');

  // What can't be seen has no keys: q leaves, whatever was open.
  fleet.press('ctrl-q', 'i');
  await fleet.see('── Prompt to "Alto" ─');
  fleet.resize(40, 10);
  await fleet.see('q leaves, the agents go on');
  fleet.press('q');
  expect(await fleet.terminal.ended).toBe(0);
});

test('resized before the terminal has said what it is: every size is filled, and the last one stands when it has', async () => {
  fleet = await startStage({ opened: false });
  await fleet.cli('new Alto');
  const slow = fleet.open({ size: [120, 40], light: true });
  slow.hold();
  await slow.waitUntil('it is asked', () => slow.raw.includes(QUESTIONS));
  for (const [columns, rows] of [
    [200, 50],
    [60, 16],
    [80, 24],
  ] as const) {
    slow.resize(columns, rows);
    await slow.waitUntil(`${columns}x${rows} is filled`, fills);
  }
  await marked(slow, 'Alto', '○');
  slow.answer();
  // The first key comes right behind the answers.
  await openShell(slow);
  await asksSize(slow, PANE['80x24']);
  expect(slow.screen().lines[0]).toMatch(/^ tutti {2}shop/);
});

test('two screens of different size on one session: who typed last decides, the other sees a part', async () => {
  fleet = await startStage({ size: [120, 40] });
  const wide = fleet.terminal;
  await spawnByKeys(wide, 'Alto', '[[say here]]');
  await wide.see('● here');
  await openShell(wide);
  await asksSize(wide, PANE['120x40']);

  const narrow = fleet.open({ size: [80, 24] });
  await marked(narrow, 'Alto', '○');
  narrow.press('tab', 'tab');
  await narrow.see('shell>');
  // Looking alone takes nothing from who is typing.
  await asksSize(wide, PANE['120x40']);
  narrow.press('enter');
  await narrow.see('keys go to the shell');
  await asksSize(narrow, PANE['80x24']);
  await wide.see(`${asked}: ${PANE['80x24']}`);
  await asksSize(wide, PANE['120x40']);
  await narrow.see('keys go to the shell');

  narrow.press('ctrl-q', 'q');
  expect(await narrow.ended).toBe(0);
  await asksSize(wide, PANE['120x40']);
});

test('a paste of 1 MB reaches a program whole, and the screen goes on', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alto');
  await marked(fleet.terminal, 'Alto', '○');
  await openShell(fleet.terminal);
  const line = `${'fish & chips '.repeat(4)}0123456789\n`;
  const text = line.repeat(Math.ceil(1_048_576 / line.length));
  fleet.type(`stty -echo; head -c ${text.length} > pasted.log; stty echo; echo whole; cksum < pasted.log\n`);
  await fleet.miss('whole\n');
  fleet.paste(text);
  await fleet.waitUntil('it is read', screen => screen.lines.some(row => /│ whole$/.test(row)), { within: 25_000 });
  expect(readFileSync(await fileOf(fleet, 'Alto', 'pasted.log'), 'utf8')).toBe(text);
  fleet.type('echo still $((40 + 2))\n');
  await fleet.see('still 42');
});

test('a paste of 1 MB is one prompt to an agent that asked for bracketed paste', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alto');
  await marked(fleet.terminal, 'Alto', '○');
  await select(fleet.terminal, 'Alto');
  fleet.press('enter');
  await fleet.see('keys go to demo');
  const text = `[[say got it]]\n${'a line of a long specification\n'.repeat(34_000)}the end`;
  fleet.paste(text);
  fleet.press('enter');
  await fleet.see('● got it', { within: 25_000 });
  const receipts = readFileSync(fleet.home.receipts, 'utf8').trim().split('\n');
  expect(receipts.map(each => JSON.parse(each).prompt.length)).toEqual([text.length]);
});

async function openShell(terminal: UserTerminal): Promise<void> {
  terminal.press('S');
  await terminal.see('shell>');
  await terminal.see('keys go to the shell');
}

/** The tabs stand at the right edge, the footer in the last row. */
function fills({ lines, columns }: ScreenView): boolean {
  return lines[1]?.length === columns && lines[1].endsWith('Shell') && / \? help *$/.test(lines.at(-1) ?? '');
}

let asked = 0;

/** Has the shell say its size until it is as wanted: the resize may come after the question. */
async function asksSize(terminal: UserTerminal, size: string): Promise<void> {
  asked += 1;
  terminal.type(`clear; until [ "$(stty size)" = "${size}" ]; do :; done; echo $((${asked})): $(stty size)\n`);
  await terminal.see(`${asked}: ${size}`);
}
