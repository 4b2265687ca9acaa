import { readFileSync } from 'node:fs';
import { Screen } from '../../source/terminal/screen.ts';

/** `claude-idle` is of claude. */
export function kindOf(recording: string): string {
  return recording.slice(0, recording.indexOf('-'));
}

/** Recorded at 110 columns, row by row. */
export function screenOf(recording: string): Screen {
  const rows = readFileSync(new URL(`../fixtures/agents/${recording}.ansi`, import.meta.url), 'utf8').trimEnd();
  const screen = new Screen({ columns: 110, rows: 34, scrollback: 0 });
  screen.feed(Buffer.from(rows.replaceAll('\n', '\r\n')));
  return screen;
}
