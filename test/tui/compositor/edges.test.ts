import { describe, expect, test } from 'vitest';
import { paneOf, screenOf, viewer } from './viewer.ts';

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
