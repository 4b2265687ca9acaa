import { readFileSync } from 'node:fs';
import { GENERATED } from './generated.ts';
import { FIXTURES } from './golden.ts';

export interface Recorded {
  readonly name: string;
  readonly columns: number;
  readonly rows: number;
  readonly bytes: Uint8Array;
  /** Offsets of the pictures, by label. */
  readonly marks: Readonly<Record<string, number>>;
}

type Index = Readonly<Record<string, { columns: number; rows: number; marks: Readonly<Record<string, number>> }>>;

/** Real programs, as `test/fixtures/terminal/record.mjs` recorded them. */
export function recordings(): readonly Recorded[] {
  const index = JSON.parse(readFileSync(`${FIXTURES}recordings.json`, 'utf8')) as Index;
  return Object.entries(index).map(([name, { columns, rows, marks }]) => ({
    name,
    columns,
    rows,
    marks,
    bytes: readFileSync(`${FIXTURES}${name}.bin`),
  }));
}

export function generated(): readonly Recorded[] {
  return GENERATED.map(({ name, columns, rows, bytes }) => {
    const all = bytes();
    return { name, columns, rows, bytes: all, marks: { end: all.length } };
  });
}
