import type { AgentRecords, ConversationPlace } from '../agents/agent-records.ts';
import type { Row } from '../agents/record-row.ts';
import { findRecords, newestFirst } from './find-record.ts';
import { readLines } from './read-lines.ts';
import { rowOf } from './row-of.ts';

/** Of a record so much is read for its first line, bytes. */
const FIRST_LINE = 16 * 1024;

/**
 * The file of a conversation's record, the newest one by its change where several may be meant; undefined: there is none. An agent that keeps
 * the newest by its folder may have others of the same beginning of the id: where the id is what is known, their first lines tell.
 */
export async function recordOf(
  { records, folder }: { readonly records: AgentRecords; readonly folder: string },
  place: ConversationPlace,
): Promise<string | undefined> {
  const files = newestFirst(findRecords(folder, records.file(place)));
  const { listing } = records;
  if (!records.newest || !listing || place.cwd !== '') return files[0]?.file;
  for (const { file } of files) if (listing.idOf(file, await firstRow(file)) === place.id) return file;
  return undefined;
}

async function firstRow(file: string): Promise<Row> {
  const lines: string[] = [];
  await readLines(file, { from: 0, until: FIRST_LINE, take: line => lines.push(line) }).catch(() => {});
  return rowOf(lines[0] ?? '') ?? {};
}
