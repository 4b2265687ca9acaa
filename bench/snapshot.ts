import { Screen } from '../source/terminal/screen.ts';
import { type Figure, median, ms } from './figure.ts';

/** A snapshot of a 200x50 screen full of colour, as a program with many styles leaves it. */
export function measureSnapshot(): Figure {
  const screen = new Screen({ columns: 200, rows: 50, scrollback: 1000 });
  screen.feed(Buffer.from(colourful()));
  const spent: number[] = [];
  let bytes = 0;
  for (let round = 0; round < 300; round++) {
    const startedAt = performance.now();
    bytes = screen.snapshot({ scrollback: 0 }).length;
    spent.push(performance.now() - startedAt);
  }
  const time = median(spent.slice(100));
  return {
    what: 'snapshot of a 200x50 screen',
    ours: `${ms(time)}, ${(bytes / 1024).toFixed(1)} KB`,
    others: '–',
    ratio: '–',
    budget: '≤ 1 ms, ≤ 32 KB',
    met: time <= 1 && bytes <= 32 * 1024,
  };
}

/** Rows of source code in a theme of eight colours, a style every few letters. */
function colourful(): string {
  const words = ['const', 'value', '=', 'await', 'read', '(', 'path', ')', ';', '// a note'];
  const row = (at: number) =>
    words
      .concat(words)
      .map((word, n) => `\x1b[${n % 3 === 0 ? '1;' : ''}3${(at + n) % 8}m${word}\x1b[0m`)
      .join(' ')
      .concat(' '.repeat(70));
  return Array.from({ length: 50 }, (_, at) => `\x1b[${at + 1};1H${row(at)}`).join('');
}
