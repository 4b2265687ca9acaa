import { expect, test } from 'vitest';
import { createGrid } from '../../../source/terminal/cells.ts';
import { TURNING } from '../../../source/tui/app/glyphs.ts';
import { TurningMarks } from '../../../source/tui/effects/turning-marks.ts';
import { fakeClock } from './fake-world.ts';

test('a mark turns four times a second in its own cell; without one no timer runs', () => {
  const clock = fakeClock();
  let changes = 0;
  const marks = new TurningMarks({
    setDeadline: clock.setDeadline,
    onChange: () => changes++,
    signs: TURNING,
    still: false,
  });
  expect(marks.layers([], 6)).toEqual([]);
  expect(clock.waiting()).toBe(0);
  const [layer] = marks.layers([{ x: 1, y: 3 }], 6);
  expect(layer?.rect).toEqual({ x: 1, y: 3, columns: 1, rows: 1 });
  const grid = createGrid(4, 5);
  const seen = () => {
    layer?.content.screen?.paint(grid, { x: 1, y: 3, columns: 1, rows: 1, scrolledBack: 0, fromRow: 0 });
    return grid.text.indexOf(grid.text.find(text => text !== '') ?? '') === 13 ? grid.text[13] : undefined;
  };
  const first = seen();
  expect(layer?.content.screen?.takeDamage().all).toBe(true);
  expect(layer?.content.screen?.takeDamage().all).toBe(false);
  clock.pass(1_000);
  expect(changes).toBe(4);
  expect(seen()).not.toBe(first);
  expect(layer?.content.screen?.takeDamage().all).toBe(true);
  expect(marks.layers([{ x: 1, y: 3 }], 6)[0]).toBe(layer);
  marks.layers([], 6);
  expect(clock.waiting()).toBe(0);
});

test('with reduced motion nothing turns', () => {
  const clock = fakeClock();
  const marks = new TurningMarks({ setDeadline: clock.setDeadline, onChange: () => {}, signs: TURNING, still: true });
  expect(marks.layers([{ x: 1, y: 3 }], 6)).toEqual([]);
  expect(clock.waiting()).toBe(0);
});
