import { DatabaseSync } from 'node:sqlite';
import type { Row } from '../agents/record-row.ts';

/** So long another program's write is waited for, milliseconds. */
const BUSY_MS = 500;

/** Rows of an agent's own database, which is only read. */
export function queryRows(
  file: string,
  { sql, parameters }: { readonly sql: string; readonly parameters: readonly string[] },
): readonly Row[] {
  const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    return database.prepare(sql).all(...parameters) as unknown as readonly Row[];
  } finally {
    database.close();
  }
}
