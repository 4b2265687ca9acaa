import { wrap } from '../../text/wrap.ts';
import { type Line, muted } from '../text/line.ts';

/** What is said in passing, over as many rows as it takes. */
export function noteLines(text: string, columns: number): readonly Line[] {
  return wrap(text, columns - 2).map((row): Line => [muted(` ${row}`)]);
}
