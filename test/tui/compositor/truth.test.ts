import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CellGrid, createGrid } from '../../../source/terminal/cells.ts';
import { Screen } from '../../../source/terminal/screen.ts';
import { safeText } from '../../../source/tui/compositor/cell-text.ts';
import { mendBoundary, mendRow } from '../../../source/tui/compositor/edges.ts';
import type { PaneLayer } from '../../../source/tui/compositor/layers.ts';
import { firstRow } from '../../../source/tui/compositor/pane-rows.ts';
import { clip, contains, type Rect } from '../../../source/tui/compositor/rect.ts';
import { cellsOf, Viewer } from './viewer.ts';

/*
 * After any sequence of updates the user's terminal shows the frame with the panes over it: cell by cell, as a slow and simple
 * way of laying them over one another says it.
 */

const COLUMNS = 24;
const ROWS = 8;

const text = fc.constantFrom(
  'a',
  'hello',
  '漢字',
  '😀',
  'e\u0301',
  '👨‍👩‍👧',
  '─│┌',
  '⠋',
  '   ',
  'ＷＩＤＥ',
  'x'.repeat(30),
);
const number = (max: number) => fc.integer({ min: 1, max });
const sequence = fc.oneof(
  text,
  fc.tuple(number(ROWS), number(COLUMNS)).map(([row, column]) => `\x1b[${row};${column}H`),
  fc
    .constantFrom(
      '0',
      '1',
      '2;3',
      '4',
      '4:3',
      '7',
      '9',
      '31',
      '92',
      '38;5;99',
      '48;2;9;80;7',
      '58:2::1:2:3;4:3',
      '22;24;27',
      '39;49',
    )
    .map(codes => `\x1b[${codes}m`),
  fc.constantFrom(
    '\r\n',
    '\r',
    '\b',
    '\t',
    '\x1b[K',
    '\x1b[1K',
    '\x1b[2J',
    '\x1b[3X',
    '\x1b[2@',
    '\x1b[2P',
    '\x1b[L',
    '\x1b[M',
  ),
  fc.constantFrom(
    '\x1b[2S',
    '\x1b[T',
    '\x1bM',
    '\x1b[2;5r',
    '\x1b[r',
    '\x1b[?1049h',
    '\x1b[?1049l',
    '\x1b[?25l',
    '\x1b[?25h',
    '\x1bc',
  ),
);
// A pane as wide as the screen may be scrolled by the terminal itself.
const wide: fc.Arbitrary<Rect> = fc.record({
  x: fc.constant(0),
  y: fc.integer({ min: 0, max: 2 }),
  columns: fc.constant(40),
  rows: fc.integer({ min: 4, max: ROWS }),
});
const lines = fc
  .array(fc.constantFrom('one', 'two', 'three', '\x1b[44mfour', '漢', ''), { minLength: 1, maxLength: 6 })
  .map(parts => parts.map(part => `\r\n${part}\x1b[m`).join(''));

const output = fc.oneof(
  fc.array(sequence, { minLength: 1, maxLength: 12 }).map(parts => parts.join('')),
  fc.constantFrom('\x1b[99H', '').chain(home => lines.map(text => home + text)),
);

const narrow: fc.Arbitrary<Rect> = fc.record({
  x: fc.integer({ min: 0, max: COLUMNS - 1 }),
  y: fc.integer({ min: 0, max: ROWS - 1 }),
  columns: fc.integer({ min: 1, max: COLUMNS }),
  rows: fc.integer({ min: 1, max: ROWS }),
});

const rect = fc.oneof(wide, narrow);

type Step =
  | { readonly type: 'frame' | 'first' | 'second'; readonly output: string }
  | {
      readonly type: 'layers';
      readonly panes: readonly Rect[];
      readonly overlays: readonly Rect[];
    }
  | { readonly type: 'scroll'; readonly rows: number }
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  | { readonly type: 'paint' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('frame', 'first', 'second'), output }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('layers'),
      panes: fc.array(rect, { maxLength: 2 }),
      overlays: fc.array(rect, { maxLength: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('scroll'), rows: fc.nat(6) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('resize'), columns: fc.integer({ min: 2, max: 30 }), rows: number(10) }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('paint') }) },
) as fc.Arbitrary<Step>;

test('the user sees the frame and the panes, whatever happened before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async steps => {
      const view = new Viewer({ columns: COLUMNS, rows: ROWS });
      const screens = [
        new Screen({ columns: COLUMNS, rows: 7, scrollback: 20 }),
        new Screen({ columns: 9, rows: 9, scrollback: 20 }),
      ];
      const contents = screens.map(screen => ({ screen, scrolledBack: 0 }));
      let panes: PaneLayer[] = [];
      let overlays: readonly Rect[] = [];
      for (const step of steps) {
        switch (step.type) {
          case 'frame':
            view.frame.feed(Buffer.from(step.output));
            break;
          case 'first':
            screens[0]?.feed(Buffer.from(step.output));
            break;
          case 'second':
            screens[1]?.feed(Buffer.from(step.output));
            break;
          case 'layers':
            panes = step.panes.flatMap((rect, index) => {
              const content = contents[index];
              return content ? [{ rect, content, focused: index === 0 }] : [];
            });
            overlays = step.overlays;
            view.compositor.setLayers({ panes, overlays });
            break;
          case 'scroll':
            for (const content of contents) content.scrolledBack = Math.min(step.rows, content.screen.scrollbackLength);
            break;
          case 'resize':
            view.terminal.resize(step.columns, step.rows);
            view.frame.resize(step.columns, step.rows);
            view.compositor.resize(step.columns, step.rows);
            break;
          case 'paint':
            // What is scrolled back may have been cleared meanwhile.
            for (const content of contents) {
              content.scrolledBack = Math.min(content.scrolledBack, content.screen.scrollbackLength);
            }
            await view.paint();
            expect(looks(cellsOf(view.terminal))).toEqual(looks(simply(view.frame, { panes, overlays })));
            break;
          default:
            step satisfies never;
        }
      }
    }),
    { numRuns: 300 },
  );
});

/** Lays the layers over one another the simple way: everything, cell by cell. */
function simply(frame: Screen, layers: { panes: readonly PaneLayer[]; overlays: readonly Rect[] }): CellGrid {
  const grid = cellsOf(frame);
  const { columns, rows } = grid;
  for (const { rect: place, content } of layers.panes) {
    const rect = clip(place, { columns, rows });
    const screen = content.screen as Screen;
    const all = createGrid(screen.columns, screen.rows);
    screen.paint(all, { x: 0, y: 0, columns: all.columns, rows: all.rows, scrolledBack: content.scrolledBack });
    const first = firstRow(screen, rect);
    for (let y = 0; y < rect.rows; y++) {
      if (first + y >= screen.rows) continue;
      const width = Math.min(rect.columns, screen.columns);
      for (let x = 0; x < width; x++) {
        copy(all, (first + y) * all.columns + x, grid, (rect.y + y) * columns + rect.x + x);
      }
    }
  }
  const under = cellsOf(frame);
  for (const overlay of layers.overlays) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++)
        if (contains(overlay, { x, y })) copy(under, y * columns + x, grid, y * columns + x);
      if (y < overlay.y || y >= overlay.y + overlay.rows) continue;
      mendBoundary(grid, y, overlay.x);
      mendBoundary(grid, y, Math.min(overlay.x + overlay.columns, columns));
    }
  }
  for (let y = 0; y < rows; y++) mendRow(grid, y);
  return grid;
}

function copy(from: CellGrid, at: number, to: CellGrid, cell: number): void {
  to.text[cell] = from.text[at] ?? '';
  to.width[cell] = from.width[at] ?? 1;
  to.foreground[cell] = from.foreground[at] ?? -1;
  to.background[cell] = from.background[at] ?? -1;
  to.underline[cell] = from.underline[at] ?? -1;
  to.attributes[cell] = from.attributes[at] ?? 0;
}

/** What an eye can tell of a grid: a blank cell has no character whose colour could be seen. */
function looks(grid: CellGrid): string[] {
  const shownOnBlank = 16 | 64 | 128 | (7 << 8);
  return Array.from({ length: grid.rows }, (_, y) =>
    Array.from({ length: grid.columns }, (_, x) => {
      const cell = y * grid.columns + x;
      const attributes = grid.attributes[cell] ?? 0;
      const written = grid.width[cell] === 0 ? '' : safeText(grid.text[cell] ?? '');
      const blank = written === ' ' && (attributes & shownOnBlank) === 0;
      const underline = attributes & (7 << 8) ? grid.underline[cell] : -1;
      const ink = blank ? '' : `${grid.foreground[cell]},${underline},${attributes}`;
      return `${written}/${grid.width[cell]}/${grid.background[cell]}/${ink}`;
    }).join(' '),
  );
}
