import { Box, Text, useCursor } from 'ink';
import { afterEach, describe, expect, test } from 'vitest';
import { type MountedInk, mountInk } from '../../../source/tui/ink/mount-ink.ts';
import { createTheme } from '../../../source/tui/theme.ts';
import { cellsOf } from '../compositor/viewer.ts';
import { layer } from './layer.ts';

let ink: MountedInk | undefined;
afterEach(() => ink?.unmount());

function Frame({ columns, rows, title }: { columns: number; rows: number; title: string }) {
  const lines = Array.from({ length: rows - 2 }, (_, row) => row);
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Text bold>{title}</Text>
      {lines.map(row => (
        <Text key={row}>row {row}</Text>
      ))}
      <Box justifyContent="flex-end">
        <Text {...createTheme('dark').needsYou}>
          {columns}x{rows}
        </Text>
      </Box>
    </Box>
  );
}

describe('frames', () => {
  test('are as tall as the screen, whole, and in colour', async () => {
    const { frame, frames, rows } = layer();
    ink = mountInk(frame, <Frame columns={20} rows={5} title="one" />);
    await ink.flush();
    expect(rows()).toEqual(['one', 'row 0', 'row 1', 'row 2', '                20x5']);
    expect(frame.screen.cursor().visible).toBe(false);
    expect(frame.screen.scrollbackLength).toBe(0);
    const cells = cellsOf(frame.screen);
    expect([cells.attributes[0], cells.foreground[4 * 20 + 16]]).toEqual([1, 3]);
    expect(frames.filter(shown => shown[0] !== '' && shown[4] === '')).toEqual([]);
  });

  test('a change changes its cells only', async () => {
    const { frame, rows } = layer();
    ink = mountInk(frame, <Frame columns={20} rows={5} title="one" />);
    await ink.flush();
    frame.screen.takeDamage();
    ink.rerender(<Frame columns={20} rows={5} title="two" />);
    await ink.flush();
    expect(rows()[0]).toBe('two');
    expect(frame.screen.takeDamage()).toMatchObject({ all: false, rows: Uint8Array.of(1, 0, 0, 0, 0) });
  });

  test('the first one may stand before Ink is there, and gives way without a blank one', async () => {
    const { frame, frames, rows } = layer();
    frame.draw('\x1b[1;1Htutti\x1b[2;1Hlist');
    expect(rows().slice(0, 2)).toEqual(['tutti', 'list']);
    ink = mountInk(frame, <Frame columns={20} rows={5} title="one" />);
    await ink.flush();
    expect(rows()).toEqual(['one', 'row 0', 'row 1', 'row 2', '                20x5']);
    expect(frames.filter(shown => shown.every(row => row === ''))).toEqual([]);
  });

  test.each([
    ['larger', 30, 8],
    ['smaller', 12, 4],
    ['wider and lower', 40, 4],
    ['narrower and higher', 10, 12],
  ])('at a size that is %s the first frame that is shown knows it', async (_what, columns, rows) => {
    const { frame, frames, rows: now } = layer();
    ink = mountInk(frame, <Frame columns={20} rows={5} title="one" />);
    await ink.flush();
    frames.length = 0;
    const mounted = ink;
    await ink.resize({ columns, rows }, () => mounted.rerender(<Frame columns={columns} rows={rows} title="one" />));
    const expected = [
      'one',
      ...Array.from({ length: rows - 2 }, (_, row) => `row ${row}`),
      `${columns}x${rows}`.padStart(columns),
    ];
    expect(now()).toEqual(expected);
    expect(frames).toEqual([expected]);
    ink.rerender(<Frame columns={columns} rows={rows} title="two" />);
    await ink.flush();
    expect(now()).toEqual(['two', ...expected.slice(1)]);
  });

  test('a text field has a cursor, and takes it away', async () => {
    const { frame } = layer();
    ink = mountInk(frame, <Field shown />);
    await ink.flush();
    expect(frame.screen.cursor()).toEqual({ x: 7, y: 1, visible: true });
    ink.rerender(<Field shown={false} />);
    await ink.flush();
    expect(frame.screen.cursor().visible).toBe(false);
  });
});

function Field({ shown }: { shown: boolean }) {
  const { setCursorPosition } = useCursor();
  setCursorPosition(shown ? { x: 7, y: 1 } : undefined);
  return (
    <Box flexDirection="column" width={20} height={5}>
      <Text>to claude:</Text>
      <Text>prompt</Text>
    </Box>
  );
}
