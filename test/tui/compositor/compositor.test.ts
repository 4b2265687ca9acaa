import { describe, expect, test } from 'vitest';
import { Screen } from '../../../source/terminal/screen.ts';
import type { PaneLayer } from '../../../source/tui/compositor/layers.ts';
import { cellsOf, Viewer } from './viewer.ts';

function paneOf(screen: Screen, at: { x: number; y: number; columns: number; rows: number }, more = {}): PaneLayer {
  return { rect: at, content: { screen, scrolledBack: 0 }, focused: false, ...more };
}

function screenOf(columns: number, rows: number, text = ''): Screen {
  const screen = new Screen({ columns, rows, scrollback: 100 });
  screen.feed(Buffer.from(text));
  return screen;
}

async function viewer(
  options: { columns?: number; rows?: number; frame?: string; depth?: 'none' | '16' | '256' } = {},
) {
  const { columns = 20, rows = 4, frame = '', depth } = options;
  const view = new Viewer({ columns, rows, ...(depth ? { depth } : {}) });
  view.frame.feed(Buffer.from(frame));
  await view.paint();
  return view;
}

describe('bytes', () => {
  test('one character in one pane', async () => {
    const view = await viewer();
    const pane = screenOf(10, 2);
    view.compositor.setLayers({ panes: [paneOf(pane, { x: 5, y: 1, columns: 10, rows: 2 })], overlays: [] });
    await view.paint();
    view.writes.length = 0;
    pane.feed(Buffer.from('x'));
    await view.paint();
    expect(view.writes).toEqual(['\x1b[?2026h\x1b[2;6Hx\x1b[?2026l']);
  });

  test('nothing, when nothing changed', async () => {
    const view = await viewer({ frame: 'hello' });
    view.writes.length = 0;
    view.frame.feed(Buffer.from('\x1b[Hhello'));
    await view.paint();
    expect(view.writes).toEqual([]);
  });

  test('a typed character: the focused pane keeps its cursor', async () => {
    const view = await viewer();
    const pane = screenOf(10, 2, '$ ');
    view.compositor.setLayers({
      panes: [paneOf(pane, { x: 5, y: 1, columns: 10, rows: 2 }, { focused: true })],
      overlays: [],
    });
    await view.paint();
    view.writes.length = 0;
    pane.feed(Buffer.from('x'));
    await view.paint();
    expect(view.writes).toEqual(['\x1b[?2026h\x1b[?25lx\x1b[?25h\x1b[?2026l']);
    view.writes.length = 0;
    pane.feed(Buffer.from('\x1b[D'));
    await view.paint();
    expect(view.writes).toEqual(['\x1b[?2026h\x1b[2;8H\x1b[?2026l']);
  });

  test('the end of a row that became blank is erased', async () => {
    const view = await viewer({ frame: 'a long line of text' });
    view.writes.length = 0;
    view.frame.feed(Buffer.from('\x1b[H\x1b[3C\x1b[K'));
    await view.paint();
    expect(view.writes).toEqual(['\x1b[?2026h\x1b[1;4H\x1b[K\x1b[?2026l']);
  });

  test('two changes that stand near are one run, two that stand far are jumped to', async () => {
    const view = await viewer({ frame: 'abcdefghijklmnop' });
    view.writes.length = 0;
    view.frame.feed(Buffer.from('\x1b[HA\x1b[1;4HD\x1b[1;14HN'));
    await view.paint();
    expect(view.writes).toEqual(['\x1b[?2026h\x1b[HAbcD\x1b[9CN\x1b[?2026l']);
  });

  test('the pen changes by the shortest way and is put down', async () => {
    const view = await viewer();
    view.writes.length = 0;
    view.frame.feed(Buffer.from('\x1b[1;31mab\x1b[22mc\x1b[38;5;200;4md\x1b[me'));
    await view.paint();
    expect(view.writes).toEqual(['\x1b[?2026h\x1b[H\x1b[1;31mab\x1b[22mc\x1b[4;38;5;200md\x1b[me\x1b[?2026l']);
  });

  test('a pane as wide as the terminal is scrolled by it', async () => {
    const view = await viewer({ rows: 8 });
    const pane = screenOf(20, 7, Array.from({ length: 7 }, (_, row) => `row ${row}`).join('\r\n'));
    view.compositor.setLayers({ panes: [paneOf(pane, { x: 0, y: 0, columns: 20, rows: 7 })], overlays: [] });
    await view.paint();
    view.writes.length = 0;
    pane.feed(Buffer.from('\r\nrow 7'));
    await view.paint();
    expect(view.writes).toEqual(['\x1b[?2026h\x1b[1;7r\x1b[1S\x1b[r\x1b[7Hrow 7\x1b[?2026l']);
  });

  test('after a wide character the cursor is positioned anew', async () => {
    const view = await viewer();
    view.writes.length = 0;
    view.frame.feed(Buffer.from('漢b'));
    await view.paint();
    expect(view.writes).toEqual(['\x1b[?2026h\x1b[H漢\x1b[1;3Hb\x1b[?2026l']);
  });

  test('an emoji that a terminal may think narrow leaves nothing behind', async () => {
    const view = await viewer({ frame: 'abcd' });
    view.writes.length = 0;
    view.frame.feed(Buffer.from('\x1b[H😀'));
    await view.paint();
    expect(view.writes).toEqual(['\x1b[?2026h\x1b[H  \x1b[1;1H😀\x1b[1;3Hc\x1b[?2026l']);
  });
});

describe('edges', () => {
  test('a wide character that a pane covers by half is blank', async () => {
    const view = await viewer({ frame: '漢漢漢漢漢' });
    const pane = screenOf(5, 1, '字字');
    view.compositor.setLayers({ panes: [paneOf(pane, { x: 1, y: 0, columns: 5, rows: 1 })], overlays: [] });
    await view.paint();
    expect(view.rows()[0]).toBe(' 字字 漢漢');
  });

  test('two halves that meet at a boundary are not one character', async () => {
    const view = await viewer({ frame: '漢漢漢' });
    const pane = screenOf(10, 1, 'a字');
    view.compositor.setLayers({ panes: [paneOf(pane, { x: 1, y: 0, columns: 2, rows: 1 })], overlays: [] });
    await view.paint();
    expect(view.rows()[0]).toBe(' a  漢');
  });

  test('a screen that is larger than its pane writes nothing outside of it', async () => {
    const view = await viewer({ frame: Array.from({ length: 4 }, () => '.'.repeat(20)).join('\r\n') });
    const pane = screenOf(40, 20, 'x'.repeat(800));
    view.compositor.setLayers({ panes: [paneOf(pane, { x: 5, y: 1, columns: 6, rows: 2 })], overlays: [] });
    await view.paint();
    expect(view.rows()).toEqual([
      '....................',
      '.....xxxxxx.........',
      '.....xxxxxx.........',
      '....................',
    ]);
  });

  test('a screen that is taller than its pane shows where the cursor is', async () => {
    const view = await viewer();
    const pane = screenOf(10, 8, 'top');
    view.compositor.setLayers({ panes: [paneOf(pane, { x: 0, y: 0, columns: 10, rows: 4 })], overlays: [] });
    await view.paint();
    expect(view.rows()[0]).toBe('top');
    pane.feed(Buffer.from('\x1b[8;1Hbottom'));
    await view.paint();
    expect(view.rows()[3]).toBe('bottom');
  });

  test('an overlay of the frame stands above the panes', async () => {
    const view = await viewer({ frame: '\x1b[2;8Hkill?' });
    const pane = screenOf(20, 4, 'x'.repeat(80));
    const panes = [paneOf(pane, { x: 0, y: 0, columns: 20, rows: 4 })];
    view.compositor.setLayers({ panes, overlays: [{ x: 6, y: 1, columns: 8, rows: 1 }] });
    await view.paint();
    expect(view.rows()[1]).toBe('xxxxxx kill?  xxxxxx');
    view.compositor.setLayers({ panes, overlays: [] });
    await view.paint();
    expect(view.rows()[1]).toBe('x'.repeat(20));
  });
});

test('halves of frame and pane that meet at the edge of an overlay are not one character', async () => {
  const view = await viewer({ frame: '漢漢漢漢' });
  const pane = screenOf(20, 1, '字字字字');
  const panes = [paneOf(pane, { x: 0, y: 0, columns: 20, rows: 1 })];
  view.compositor.setLayers({ panes, overlays: [{ x: 1, y: 0, columns: 4, rows: 1 }] });
  await view.paint();
  expect(view.rows()[0]).toBe('  漢  字');
});

describe('cursor', () => {
  const at = { x: 5, y: 1, columns: 10, rows: 2 };

  test.each([
    { what: 'block that blinks', bytes: '\x1b[1 q', shape: 'block', blink: true },
    { what: 'bar', bytes: '\x1b[6 q', shape: 'bar', blink: false },
    { what: 'underline that blinks', bytes: '\x1b[3 q', shape: 'underline', blink: true },
  ])('is a $what where the program wants one', async ({ bytes, shape, blink }) => {
    const view = await viewer();
    const pane = screenOf(10, 2, `ab${bytes}`);
    view.compositor.setLayers({ panes: [paneOf(pane, at, { focused: true })], overlays: [] });
    await view.paint();
    expect(view.terminal.cursor()).toEqual({ x: 7, y: 1, visible: true });
    expect(view.terminal.modes()).toMatchObject({ cursorShape: shape, cursorBlink: blink });
  });

  test('is the shape of the user where the program chose none', async () => {
    const view = await viewer();
    const chosen = screenOf(10, 2, '\x1b[5 q');
    const plain = screenOf(10, 2);
    view.compositor.setLayers({ panes: [paneOf(chosen, at, { focused: true })], overlays: [] });
    await view.paint();
    expect(view.writes.at(-1)).toContain('\x1b[5 q');
    view.compositor.setLayers({ panes: [paneOf(plain, at, { focused: true })], overlays: [] });
    await view.paint();
    expect(view.writes.at(-1)).toContain('\x1b[0 q');
  });

  test('is hidden when no pane has the keys, when the program hides it, and while one looks back', async () => {
    const view = await viewer();
    const pane = screenOf(10, 2, 'ab\r\ncd\r\nef');
    const content = { screen: pane, scrolledBack: 0 };
    const visible = async (focused: boolean) => {
      view.compositor.setLayers({ panes: [{ rect: at, content, focused }], overlays: [] });
      await view.paint();
      return view.terminal.cursor().visible;
    };
    expect(await visible(false)).toBe(false);
    expect(await visible(true)).toBe(true);
    content.scrolledBack = 1;
    expect(await visible(true)).toBe(false);
    content.scrolledBack = 0;
    expect(await visible(true)).toBe(true);
    pane.feed(Buffer.from('\x1b[?25l'));
    expect(await visible(true)).toBe(false);
  });

  test('is that of a text field of the frame while no pane has the keys', async () => {
    const view = await viewer({ frame: 'to claude: \x1b[?25h' });
    expect(view.terminal.cursor()).toEqual({ x: 11, y: 0, visible: true });
  });
});

test('a pane that is scrolled back shows what stands above its screen', async () => {
  const view = await viewer();
  const pane = screenOf(10, 4, Array.from({ length: 10 }, (_, row) => `row ${row}`).join('\r\n'));
  const content = { screen: pane, scrolledBack: 5 };
  view.compositor.setLayers({
    panes: [{ rect: { x: 0, y: 0, columns: 10, rows: 4 }, content, focused: true }],
    overlays: [],
  });
  await view.paint();
  expect(view.rows()).toEqual(['row 1', 'row 2', 'row 3', 'row 4']);
});

test('after a resize everything is drawn once', async () => {
  const view = await viewer({ frame: 'hello' });
  view.terminal.feed(Buffer.from('\x1b[2Jgarbage'));
  view.terminal.resize(30, 6);
  view.frame.resize(30, 6);
  view.writes.length = 0;
  view.compositor.resize(30, 6);
  await view.paint();
  expect(view.rows()[0]).toBe('hello');
  expect(view.writes.length).toBe(1);
});

test.each([
  { depth: '256' as const, sgr: '\x1b[38;5;208;48;5;236' },
  { depth: '16' as const, sgr: '\x1b[33;40' },
  { depth: 'none' as const, sgr: '' },
])('colours for $depth', async ({ depth, sgr }) => {
  const view = await viewer({ depth });
  view.writes.length = 0;
  view.frame.feed(Buffer.from('\x1b[38;2;255;135;0;48;2;48;48;48;1mx'));
  await view.paint();
  const pen = sgr === '' ? '\x1b[1m' : `${sgr.replace('[', '[1;')}m`;
  expect(view.writes).toEqual([`\x1b[?2026h\x1b[H${pen}x\x1b[m\x1b[?2026l`]);
});

describe('modes', () => {
  test('of the focused program are set on the terminal and taken back', async () => {
    const view = await viewer();
    view.compositor.setKitty(true);
    const pane = screenOf(10, 2, '\x1b[?1h\x1b=\x1b[?1003h\x1b[>5u\x1b[?2004h');
    const rect = { x: 0, y: 0, columns: 10, rows: 2 };
    view.compositor.setLayers({ panes: [paneOf(pane, rect, { focused: true })], overlays: [] });
    await view.paint();
    expect(view.writes.at(-1)).toContain('\x1b[?1h\x1b=\x1b[?1000l\x1b[?1003h\x1b[=5;1u');
    pane.feed(Buffer.from('\x1b[?1l'));
    await view.paint();
    expect(view.writes.at(-1)).toBe('\x1b[?2026h\x1b[?1l\x1b[?2026l');
    view.compositor.setLayers({ panes: [paneOf(pane, rect)], overlays: [] });
    await view.paint();
    expect(view.writes.at(-1)).toContain('\x1b>\x1b[?1003l\x1b[?1000h\x1b[=1;1u');
  });

  test('nothing else that a program asks of its terminal gets through', async () => {
    const view = await viewer();
    const pane = screenOf(10, 2);
    view.compositor.setLayers({
      panes: [paneOf(pane, { x: 0, y: 0, columns: 10, rows: 2 }, { focused: true })],
      overlays: [],
    });
    await view.paint();
    view.writes.length = 0;
    pane.feed(
      Buffer.from(
        '\x1b]0;title\x07\x1b]52;c;aGk=\x07\x1b[c\x1b[6n\x1b]11;?\x07\x1bc\x1b[!p\x1b[8;10;10t\x1b]8;;http://x\x07l\x1b]8;;\x07\x07\x1b]7501;state=working\x07',
      ),
    );
    await view.paint();
    expect(view.writes.join('').replace('\x1b[?2026h', '').replace('\x1b[?2026l', '')).toBe('\x1b[?25ll\x1b[?25h');
  });

  test('what a program hides in its text does not act on the terminal', async () => {
    const view = await viewer();
    const pane = screenOf(10, 2, 'a\u202eb\u200bc\u2066d');
    view.compositor.setLayers({ panes: [paneOf(pane, { x: 0, y: 0, columns: 10, rows: 2 })], overlays: [] });
    await view.paint();
    expect(view.writes.join('')).not.toMatch(/[\u200b\u202e\u2066]/);
  });
});

describe('pace', () => {
  test('the first change is drawn at once, the next ones together 16 ms later', async () => {
    const view = await viewer();
    view.clock.pass(100);
    view.writes.length = 0;
    view.frame.feed(Buffer.from('a'));
    view.compositor.changed();
    await Promise.resolve();
    expect(view.writes.length).toBe(1);
    for (const letter of 'bcd') {
      view.frame.feed(Buffer.from(letter));
      view.compositor.changed();
      await Promise.resolve();
    }
    expect(view.writes.length).toBe(1);
    view.clock.pass(16);
    expect(view.writes.length).toBe(2);
    expect(view.rows()[0]).toBe('abcd');
  });

  test('nothing is written while the terminal lags', async () => {
    const view = await viewer();
    view.lags = true;
    view.clock.pass(100);
    view.writes.length = 0;
    for (const letter of 'abcd') {
      view.frame.feed(Buffer.from(letter));
      view.compositor.changed();
      await Promise.resolve();
      view.clock.pass(20);
    }
    expect(view.writes.length).toBe(1);
    view.drain();
    await view.compositor.painted();
    expect(view.writes.length).toBe(2);
    expect(view.rows()[0]).toBe('abcd');
  });

  test('an idle screen has no timer', async () => {
    const view = await viewer();
    await view.paint();
    expect(view.clock.pending).toBe(0);
  });

  test('half a frame of a program is not shown, unless it takes too long', async () => {
    const view = await viewer();
    const pane = screenOf(10, 2, 'before');
    view.compositor.setLayers({ panes: [paneOf(pane, { x: 0, y: 0, columns: 10, rows: 2 })], overlays: [] });
    await view.paint();
    pane.feed(Buffer.from('\x1b[?2026h\x1b[2J'));
    await view.paint();
    expect(view.rows()[0]).toBe('before');
    pane.feed(Buffer.from('\x1b[Hafter\x1b[?2026l'));
    await view.paint();
    expect(view.rows()[0]).toBe('after');
    pane.feed(Buffer.from('\x1b[?2026h\x1b[2J\x1b[Hstuck'));
    await view.paint();
    expect(view.rows()[0]).toBe('after');
    view.clock.pass(100);
    await view.compositor.painted();
    expect(view.rows()[0]).toBe('stuck');
  });

  test('after a stop all is drawn again', async () => {
    const view = await viewer({ frame: 'hello' });
    view.compositor.pause();
    view.frame.feed(Buffer.from(' you'));
    view.compositor.changed();
    await view.compositor.painted();
    view.terminal.feed(Buffer.from('\x1b[2J\x1b[Hshell'));
    view.compositor.resume();
    await view.paint();
    expect(view.rows()[0]).toBe('hello you');
    expect(cellsOf(view.terminal)).toEqual(cellsOf(view.frame));
  });
});
