import { DatabaseSync } from 'node:sqlite';
import { setImmediate as others } from 'node:timers/promises';
import type { ListingQuery } from '../agents/agent-records.ts';
import { number, text } from '../agents/record-row.ts';
import type { Elsewhere } from './elsewhere.ts';
import { BUSY_MS } from './read-database.ts';

/** After so many conversations others have their turn. */
const AT_A_TIME = 8;

/**
 * The newest conversations of an agent's own database that are wanted, so many at most. Nothing is written. One that can't be read has
 * none: it belongs to another version, or is being made.
 */
export async function listDatabase(
  file: string,
  { conversations, promptOf }: ListingQuery,
  { wanted, most }: { readonly wanted: (place: Pick<Elsewhere, 'id' | 'cwd'>) => boolean; readonly most: number },
): Promise<readonly Elsewhere[]> {
  const found: Elsewhere[] = [];
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
    const places = database.prepare(conversations).all().map(placeOf).filter(wanted).slice(0, most);
    const asked = database.prepare(promptOf);
    for (const [index, place] of places.entries()) {
      if (index % AT_A_TIME === AT_A_TIME - 1) await others();
      const first = asked.get(place.id);
      if (first) found.push({ ...place, prompt: text(first, 'prompt') ?? '' });
    }
  } catch {
    return found;
  } finally {
    database?.close();
  }
  return found;
}

function placeOf(row: object): Omit<Elsewhere, 'prompt'> {
  const told = { ...row };
  return { id: text(told, 'id') ?? '', cwd: text(told, 'cwd') ?? '', at: number(told, 'at') ?? 0 };
}
