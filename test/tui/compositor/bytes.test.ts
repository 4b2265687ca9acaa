import { describe, expect, test } from 'vitest';
import { paneOf, screenOf, viewer } from './viewer.ts';

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

  test('what is said last stands behind the frame, once', async () => {
    const view = await viewer({ frame: 'hello' });
    view.writes.length = 0;
    view.frame.feed(Buffer.from('\x1b[HJ'));
    view.compositor.sayLast('\x1b[c');
    await view.paint();
    view.frame.feed(Buffer.from('\x1b[Hh'));
    await view.paint();
    expect(view.writes).toEqual(['\x1b[?2026h\x1b[HJ\x1b[?2026l\x1b[c', '\x1b[?2026h\x1b[Hh\x1b[?2026l']);
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

  test('cells that nothing was ever written to are blanks of one run', async () => {
    const view = await viewer({ frame: '\x1b[1;20Hx' });
    view.writes.length = 0;
    view.compositor.redraw();
    await view.paint();
    expect(view.writes.join('')).toContain(`\x1b[H${' '.repeat(19)}x`);
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
