import { describe, expect, test } from 'vitest';
import { cellsOf, paneOf, screenOf, viewer } from './viewer.ts';

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

  test('what is said beside the cells goes in the next frame, with them, and once', async () => {
    const view = await viewer();
    await view.paint();
    view.clock.pass(100);
    view.writes.length = 0;
    const report = '\x1b]7501;state=idle:id=tutti\x1b\\';
    view.compositor.say(report);
    view.frame.feed(Buffer.from('a'));
    await view.paint();
    expect(view.writes).toHaveLength(1);
    expect(view.writes[0]).toMatch(/^\x1b\[\?2026h.*a.*\x1b\[\?2026l$/su);
    expect(view.writes[0]?.split(report)).toHaveLength(2);
    view.clock.pass(100);
    await view.paint();
    expect(view.writes).toHaveLength(1);
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

test('a pane that is scrolled back moves with its rows, also where its screen looks as before', async () => {
  const view = await viewer();
  const pane = screenOf(10, 4, 'a\r\nb\r\nc\r\nd\r\nx\r\nx\r\nx\r\nx');
  const content = { screen: pane, scrolledBack: 3 };
  const rect = { x: 0, y: 0, columns: 10, rows: 4 };
  view.compositor.setLayers({ panes: [{ rect, content, focused: false }], overlays: [] });
  await view.paint();
  expect(view.rows()).toEqual(['b', 'c', 'd', 'x']);
  pane.feed(Buffer.from('\r\nx'));
  await view.paint();
  expect(view.rows()).toEqual(['c', 'd', 'x', 'x']);
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
