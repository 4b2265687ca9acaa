import { writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import type { ScreenView } from '../driver/screen-view.ts';
import { fileOf, marked, SETTINGS, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

/** SGR with a colour in it, foreground or background, in whichever form. */
const COLOUR = /\x1b\[(?:[0-9:;]*[;:])?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:][0-9;:]*)?m/;

test('NO_COLOR: no colour is written, neither ours nor a program’s, and every state is still told apart', async () => {
  fleet = await startStage({ size: [100, 30], env: { NO_COLOR: '1' } });
  await spawnByKeys(fleet.terminal, 'Alto', '[[say here]]');
  await marked(fleet.terminal, 'Alto', '○');
  fleet.press('S');
  await fleet.see('shell>');
  fleet.type("printf '\\033[31mred\\033[48;5;20mbox\\033[38;2;1;2;3mtrue\\033[0;1mbold\\033[m\\n'\n");
  await fleet.see(/redboxtruebold$/m);
  const at = fleet.screen().lines.findIndex(line => line.includes('redboxtruebold') && !line.includes('printf'));
  expect(fleet.screen().cell(fleet.screen().lines[at]?.indexOf('bold') ?? 0, at)).toMatchObject({
    bold: true,
    foreground: 'default',
    background: 'default',
  });
  expect(COLOUR.exec(fleet.terminal.raw)?.[0]).toBeUndefined();
  expect(COLOUR.test('\x1b[1;38;5;3m')).toBe(true);
});

test('with colours there are some', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alto', '[[ask Really? | yes | no]]');
  await marked(fleet.terminal, 'Alto', '▲');
  expect(COLOUR.test(fleet.terminal.raw)).toBe(true);
  expect(markOf('Alto')).toMatchObject({ text: '▲', bold: true, foreground: 3 });
});

test('ascii symbols: our own part of the screen is plain ASCII, whatever stands there', async () => {
  fleet = await startStage({ size: [100, 30], settings: { ...SETTINGS, symbols: 'ascii' } });
  await spawnByKeys(fleet.terminal, 'Alto', '[[write new.txt one]] [[sleep @go.log]]');
  await marked(fleet.terminal, 'Alto', /[|/\\-]/);
  await fleet.see('+1 -0');
  for (const key of ['?', 'w', 'D', 'i', 'l', ':', '/']) {
    fleet.press(key);
    await fleet.waitUntil(`what ${key} opens`, screen => / esc /.test(screen.lines.at(-1) ?? ''));
    expect(oursOnly(fleet.screen())).not.toMatch(/[^\x20-\x7e\n]/);
    // A key is named as it is pressed.
    if (key === '?') await fleet.see(/down scroll +esc close/);
    fleet.press('esc');
    await fleet.waitUntil('it is closed', screen => !/ esc /.test(screen.lines.at(-1) ?? ''));
  }
  writeFileSync(await fileOf(fleet, 'Alto', 'go.log'), '');
  await marked(fleet.terminal, 'Alto', 'o');
  fleet.press('tab');
  await fleet.see(/new\.txt +new +\+1 -0/);
  expect(fleet.screen().text).not.toMatch(/[^\x20-\x7e\n]/);
});

test('reduced motion: nothing turns while an agent works', async () => {
  const marks = async (settings: object) => {
    fleet = await startStage({ size: [100, 30], settings });
    await spawnByKeys(fleet.terminal, 'Alto', '[[sleep @go.log]]');
    await fleet.see('⠋ 1 working');
    const seen = new Set<string>();
    // In two seconds a mark that turns has done so some times.
    await fleet.waitUntil('two seconds are shown', screen => {
      const mark = rowOf('Alto', screen).charAt(1);
      if (/[\u2800-\u28ff]/.test(mark)) seen.add(mark);
      return /Alto +([2-9]|\d\d)s/.test(rowOf('Alto', screen));
    });
    await fleet.end();
    return seen.size;
  };
  expect(await marks(SETTINGS)).toBeGreaterThan(4);
  expect(await marks({ ...SETTINGS, reducedMotion: true })).toBe(1);
  fleet = await startStage({ repository: 'none', opened: false });
});

test('a light background has an accent that can be read on it; the terminal is asked, a setting decides', async () => {
  fleet = await startStage({ size: [100, 30] });
  const accent = (screen: ScreenView) => screen.cell(1, 0).foreground;
  await fleet.waitUntil('the accent is for a dark one', screen => accent(screen) === 12);
  const light = fleet.open({ light: true });
  await light.see('No sessions in');
  await light.waitUntil('the accent is for a light one', screen => accent(screen) === 4);
  // What programs in panes are told.
  await spawnByKeys(light, 'Alto');
  await marked(light, 'Alto', '○');
  light.press('S');
  await light.see('shell>');
  light.type("stty raw -echo; printf '\\033]11;?\\033\\\\'; head -c 24 | cat -v; stty sane\n");
  await light.see('rgb:f0f0/f0f0/f0f0');
});

test('a setting for the background needs no answer of the terminal', async () => {
  fleet = await startStage({ size: [100, 30], settings: { ...SETTINGS, theme: { background: 'light' } } });
  await fleet.waitUntil('the accent is for a light one', screen => screen.cell(1, 0).foreground === 4);
});

function rowOf(title: string, screen: ScreenView): string {
  return screen.lines.map(line => line.split('│')[0] ?? '').find(line => line.slice(3).startsWith(title)) ?? '';
}

function markOf(title: string) {
  const screen = fleet.screen();
  const y = screen.lines.findIndex(line => line.slice(3).startsWith(title));
  return screen.cell(1, y);
}

/** The screen without the pane, which is a program's. */
function oursOnly({ lines, columns }: ScreenView): string {
  const rule = lines.find(line => line.includes('|'))?.indexOf('|') ?? columns;
  return lines.map((line, y) => (y < 2 || y === lines.length - 1 ? line : line.slice(0, rule))).join('\n');
}
