import { isRow, type Row } from '../agents/record-row.ts';

/** A line of a record; undefined: it is none that could be read. */
export function rowOf(line: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
