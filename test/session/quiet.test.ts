import { expect, test } from 'vitest';
import { isQuiet } from '../../source/session/quiet.ts';

test.each([
  ['22:00-07:00', '21:59', false],
  ['22:00-07:00', '22:00', true],
  ['22:00-07:00', '03:00', true],
  ['22:00-07:00', '07:00', false],
  ['12:30-13:00', '12:45', true],
  ['12:30-13:00', '13:00', false],
  [undefined, '03:00', false],
])('quiet hours %s at %s: %s', (hours, time, quiet) => {
  const [h = 0, m = 0] = time.split(':').map(Number);
  expect(isQuiet(hours, new Date(2026, 10, 28, h, m).getTime())).toBe(quiet);
});
