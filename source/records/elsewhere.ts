import { stat } from 'node:fs/promises';
import type { AgentRecords } from '../agents/agent-records.ts';
import { turnBook } from '../agents/turn-book.ts';
import { firstPrompt } from '../session/history.ts';
import { isInside } from '../text/is-inside.ts';
import { findRecords, newestFirst } from './find-record.ts';
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
  const found: Elsewhere[] = [];
  for (const { file, changed } of newestFirst(files).slice(0, LOOKED_INTO)) {
    const id = listing.idOf(file);
    if (id === undefined) continue;
    const { cwd, turns, isCutOff } = await beginningOf(file, records);
    // Nothing was said: it is no conversation, as after a /clear that nothing followed.
    if (turns.length === 0 && !isCutOff) continue;
    if (cwd === undefined || !folders.some(each => isInside(cwd, each)) || skip({ id, cwd })) continue;
    found.push({ id, cwd, prompt: firstPrompt(turns) ?? '', at: changed });
  }
  return found;
}

/** One that can't be read is none. */
async function beginningOf(file: string, records: AgentRecords) {
  const book = turnBook();
  const read = records.reader(book);
  const take = (line: string) => {
    const row = rowOf(line);
    if (row) read(row);
  };
  await readLines(file, { from: 0, until: BEGINNING, take }).catch(() => {});
  const size = await stat(file).then(
    about => about.size,
    () => 0,
  );
  return { ...book.history(), isCutOff: size > BEGINNING };
}
