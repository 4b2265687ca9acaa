import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import type { ScreenView } from '../driver/screen-view.ts';
import { marked, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

const IN_PANE = { x: 60, y: 10 };

test('a click on a row selects it, a click in the pane gives it the keys', async () => {
  fleet = await startStage({ size: [100, 30] });
  for (const title of ['Alto', 'Bass']) {
    await spawnByKeys(fleet.terminal, title, `[[say I am ${title}]]`);
    await marked(fleet.terminal, title, '○');
  }
  // The list keeps its order while the selection moves, and takes its true one then: who points at a row before that may miss it. Kept
  // rows that have come to one group stand under one heading: only their order tells. Who has waited longest comes first.
  await fleet.waitUntil('Alto is above Bass', () => rowOf('Alto') < rowOf('Bass'));
  for (const title of ['Alto', 'Bass', 'Alto']) {
    fleet.click({ x: 5, y: rowOf(title) });
    await fleet.waitUntil(
      `${title} is selected and shown`,
      screen => (screen.lines[rowOf(title)] ?? '').startsWith('▌') && screen.has(`● I am ${title}`),
    );
  }
  fleet.click(IN_PANE);
  await fleet.see('keys go to demo');
  fleet.type('[[say clicked]]\n');
  await fleet.see('● clicked');
  // Who has waited longest comes first now: a click goes to where a row is, not to where it was.
  await fleet.waitUntil('Bass is above Alto', () => rowOf('Bass') < rowOf('Alto'));
  // A click on another row leaves the pane.
  fleet.click({ x: 5, y: rowOf('Bass') });
  await fleet.see('● I am Bass');
});

test('the wheel and keys scroll back, what comes meanwhile moves nothing, and a key typed into the pane is back at once', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alto', '[[flood 12]] [[say That was it]]');
  await fleet.see('● That was it');
  const newest = shownLines(fleet.screen()).at(-1) ?? 0;
  expect(newest).toBeGreaterThan(60);

  fleet.terminal.wheel('up', IN_PANE, 4);
  await fleet.see('12 rows up');
  await fleet.see('esc newest output');
  fleet.terminal.wheel('down', IN_PANE, 1);
  await fleet.see('9 rows up');
  fleet.press('shift-up', 'shift-up');
  await fleet.see('11 rows up');
  fleet.press('shift-down');
  await fleet.see('10 rows up');
  fleet.press('pageup');
  await fleet.waitUntil('a page up', screen => (shownLines(screen).at(-1) ?? 0) < newest - 12);
  const before = shownLines(fleet.screen());

  // What is looked at stands still.
  const [id] = (await fleet.cli('ls --json')).json<readonly { id: string }[]>();
  expect((await fleet.cli(['send', id?.id ?? '', '[[flood 4]] [[say More]]', '--wait'])).code).toBe(0);
  expect((await fleet.cli(['wait', id?.id ?? ''])).code).toBe(0);
  expect(shownLines(fleet.screen())).toEqual(before);

  fleet.press('esc');
  await fleet.see('● More');
  await fleet.miss('esc newest output');
  fleet.press('ctrl-u');
  await fleet.miss('● More');
  fleet.press('enter', 'x');
  await fleet.see('● More');
  await fleet.see('> x');
});

test('up to the first line, and no further', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alto', '[[flood 12]] [[say That was it]]');
  await fleet.see('● That was it');
  fleet.terminal.wheel('up', IN_PANE, 200);
  await fleet.see('demo agent');
  fleet.terminal.wheel('down', IN_PANE, 200);
  await fleet.see('● That was it');
});

test('the wheel is the program’s where it asked for the mouse, and with shift it is ours', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alto');
  await marked(fleet.terminal, 'Alto', '○');
  fleet.press('S');
  await fleet.see('keys go to the shell');
  await fleet.see('shell>');
  fleet.type("seq 200; printf '\\033[?1000h\\033[?1006hasked'; cat -v\n");
  // Not the line that was typed: this one is drawn after the mouse was asked for.
  await fleet.waitUntil('the mouse is asked for', screen => screen.lines.some(line => /│\s*asked\s*$/.test(line)));
  fleet.terminal.wheel('up', IN_PANE);
  await fleet.see('^[[<64;');
  // Button 64 with the bit of shift, 4.
  fleet.terminal.send(`\x1b[<68;${IN_PANE.x + 1};${IN_PANE.y + 1}M`);
  await fleet.miss('^[[<64;');
  fleet.press('ctrl-c');
  await fleet.see('shell>');
});

/** Line of the screen on which a session's row begins. */
function rowOf(title: string): number {
  return fleet.screen().lines.findIndex(line => line.slice(3).startsWith(title));
}

/** Numbers of the flood's lines that are in sight. */
function shownLines(screen: ScreenView): readonly number[] {
  return screen.lines.flatMap(line => {
    const number = /line (\d+) of a flood/.exec(line)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}
