import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AgentRecords } from '../agents/agent-records.ts';
import type { Row } from '../agents/record-row.ts';
import { turnBook } from '../agents/turn-book.ts';
import { firstPrompt } from '../session/history.ts';
import { isInside } from '../text/is-inside.ts';
import { findRecords, newestFirst } from './find-record.ts';
import { listDatabase } from './list-database.ts';
import { readLines } from './read-lines.ts';
import { rowOf } from './row-of.ts';

/** So many records are looked into, the newest: who takes one over means one that he remembers. */
const LOOKED_INTO = 200;

/** Of each its beginning, bytes: where it began and its first prompt stand there. */
const BEGINNING = 512 * 1024;

/** A conversation that an agent has written down. */
export interface Elsewhere {
  readonly id: string;
  /** Where it began. */
  readonly cwd: string;
  /** What was asked in it first; empty: its beginning has no prompt in it, as where that one is longer. */
  readonly prompt: string;
  /** When something was written into its record last, milliseconds since 1970. */
  readonly at: number;
}

/** Conversations that began in one of these folders or below them, the newest first; `skip` are those that nobody looks for. */
export async function listElsewhere(options: {
  readonly records: AgentRecords;
  /** Where the agent keeps them. */
  readonly folder: string;
  readonly folders: readonly string[];
  readonly skip: (conversation: { readonly id: string; readonly cwd: string }) => boolean;
}): Promise<readonly Elsewhere[]> {
  const { records, folder, folders, skip } = options;
  const { listing } = records;
  if (!listing) return [];
  const files = [...new Set(listing.files(folders).flatMap(parts => findRecords(folder, parts)))];
  const isHere = (cwd: string) => folders.some(each => isInside(cwd, each));
  if (listing.query) {
    const wanted = (place: { readonly id: string; readonly cwd: string }) => isHere(place.cwd) && !skip(place);
    const [newest] = newestFirst(files);
    return newest ? listDatabase(newest.file, listing.query, { wanted, most: LOOKED_INTO }) : [];
  }
  const found = new Map<string, Elsewhere>();
  for (const { file, changed } of newestFirst(files).slice(0, LOOKED_INTO)) {
    // Where a file beside it tells that, a record of another folder need not be read.
    const told = listing.cwdFile === undefined ? undefined : contentOf(join(dirname(file), listing.cwdFile)).trim();
    if (told !== undefined && !isHere(told)) continue;
    const { cwd = told, turns, first, isCutOff } = await beginningOf(file, records);
    const id = listing.idOf(file, first);
    if (id === undefined || found.has(id)) continue;
    // Nothing was said: it is no conversation, as after a /clear that nothing followed.
    if (turns.length === 0 && !isCutOff) continue;
    if (cwd === undefined || !isHere(cwd) || skip({ id, cwd })) continue;
    found.set(id, { id, cwd, prompt: firstPrompt(turns) ?? '', at: changed });
  }
  return [...found.values()];
}

/** Empty where there is none. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** One that can't be read is none. */
async function beginningOf(file: string, records: AgentRecords) {
  const book = turnBook();
  const read = records.reader(book);
  let first: Row | undefined;
  const take = (line: string) => {
    const row = rowOf(line);
    first ??= row ?? {};
    if (row) read(row);
  };
  await readLines(file, { from: 0, until: BEGINNING, take }).catch(() => {});
  const size = await stat(file).then(
    about => about.size,
    () => 0,
  );
  return { ...book.history(), first: first ?? {}, isCutOff: size > BEGINNING };
}
