import { describe, expect, test } from 'vitest';
import { paneOf, screenOf, viewer } from './viewer.ts';

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

  test('kitty’s keyboard is never named to a terminal that has not said that it knows it', async () => {
    const view = await viewer();
    const pane = screenOf(10, 2, '\x1b[>5u');
    const rect = { x: 0, y: 0, columns: 10, rows: 2 };
    for (const focused of [true, false]) {
      view.compositor.setLayers({ panes: [paneOf(pane, rect, { focused })], overlays: [] });
      await view.paint();
    }
    expect(view.writes.join('')).not.toMatch(/\x1b\[[=<>?][\d;]*u/);
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
