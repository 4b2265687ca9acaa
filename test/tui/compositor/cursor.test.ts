import { describe, expect, test } from 'vitest';
import { paneOf, screenOf, viewer } from './viewer.ts';

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
