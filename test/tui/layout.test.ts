import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Layout, type LayoutOptions, layout, type Rect } from '../../source/tui/layout.ts';

const PLAIN = { zoom: false, bare: false, sheet: { kind: 'none' }, message: 0, third: false } as const;

test('the three sizes of the pictures', () => {
  expect(layout({ ...PLAIN, columns: 80, rows: 24 })).toMatchObject({
    list: { x: 0, y: 1, columns: 26, rows: 22 },
    rule: { x: 26, y: 1, columns: 1, rows: 22 },
    head: { x: 28, y: 1, columns: 52, rows: 1 },
    pane: { x: 28, y: 2, columns: 52, rows: 21 },
    footer: { x: 0, y: 23, columns: 80, rows: 1 },
  });
  expect(layout({ ...PLAIN, columns: 120, rows: 40 })).toMatchObject({
    list: { columns: 38, rows: 38 },
    pane: { x: 40, y: 2, columns: 80, rows: 37 },
    third: undefined,
  });
  expect(layout({ ...PLAIN, columns: 200, rows: 50, third: true })).toMatchObject({
    list: { columns: 42 },
    pane: { x: 44, columns: 118 },
    third: { x: 164, columns: 36 },
  });
});

test.each([
  [59, 24],
  [80, 15],
  [0, 0],
])('%dx%d is too small', (columns, rows) => {
  expect(layout({ ...PLAIN, columns, rows })).toBeUndefined();
});

test('a zoomed pane has all but one line', () => {
  const zoomed = layout({ ...PLAIN, columns: 120, rows: 40, zoom: true });
  expect(zoomed?.pane).toEqual({ x: 0, y: 0, columns: 120, rows: 39 });
  expect(zoomed?.header).toBeUndefined();
});

test('neither a sheet nor a message changes the size of a program', () => {
  const bare = layout({ ...PLAIN, columns: 100, rows: 30 });
  const covered = layout({ ...PLAIN, columns: 100, rows: 30, message: 1, sheet: { kind: 'bottom', rows: 9 } });
  expect(covered?.pane).toEqual(bare?.pane);
  expect(covered?.shown?.rows).toBe((bare?.pane.rows ?? 0) - 10);
});

const options: fc.Arbitrary<LayoutOptions> = fc.record({
  columns: fc.integer({ min: 60, max: 400 }),
  rows: fc.integer({ min: 16, max: 120 }),
  zoom: fc.boolean(),
  bare: fc.boolean(),
  message: fc.integer({ min: 0, max: 3 }),
  third: fc.boolean(),
  sheet: fc.oneof(
    fc.constant({ kind: 'none' as const }),
    fc.constant({ kind: 'page' as const }),
    fc.integer({ min: 1, max: 60 }).map(rows => ({ kind: 'bottom' as const, rows })),
  ),
});

test('whatever is asked for: nothing overlaps, nothing sticks out, nothing is empty', () => {
  fc.assert(
    fc.property(options, wanted => {
      const at = layout(wanted);
      if (!at) throw new Error('there is room');
      const parts = partsOf(at);
      for (const rect of parts) {
        expect(rect.columns).toBeGreaterThan(0);
        expect(rect.rows).toBeGreaterThan(0);
        expect(rect.x).toBeGreaterThanOrEqual(0);
        expect(rect.y).toBeGreaterThanOrEqual(0);
        expect(rect.x + rect.columns).toBeLessThanOrEqual(wanted.columns);
        expect(rect.y + rect.rows).toBeLessThanOrEqual(wanted.rows);
      }
      for (const [index, one] of parts.entries()) {
        for (const other of parts.slice(index + 1)) expect(overlap(one, other), `${JSON.stringify(at)}`).toBe(false);
      }
    }),
  );
});

function partsOf({ pane: _, ...at }: Layout): readonly Rect[] {
  return Object.values(at).filter(rect => rect !== undefined);
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.columns && b.x < a.x + a.columns && a.y < b.y + b.rows && b.y < a.y + a.rows;
}
