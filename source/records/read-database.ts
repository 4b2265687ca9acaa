import { DatabaseSync } from 'node:sqlite';
import { setImmediate as others } from 'node:timers/promises';
import type { DatabaseQuery } from '../agents/agent-records.ts';
import type { Row } from '../agents/record-row.ts';

/** So long another program's write is waited for, milliseconds: nothing else goes on meanwhile. */
export const BUSY_MS = 100;

/** After so many keys others have their turn; what one key has is read at one go. */
const AT_A_TIME = 8;

/** Reads an agent's own database, piece by piece: a long conversation holds up nobody. Nothing is written. */
export async function readDatabase(
  file: string,
  { keys, rowsOf }: DatabaseQuery,
  take: (row: Row) => void,
): Promise<void> {
  const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    const found = database.prepare(keys.sql).all(...keys.parameters) as unknown as readonly { readonly key: string }[];
    const statement = database.prepare(rowsOf);
    for (const [index, { key }] of found.entries()) {
      if (index % AT_A_TIME === AT_A_TIME - 1) await others();
      for (const row of statement.iterate(key)) take(row as Row);
    }
  } finally {
    database.close();
  }
}
