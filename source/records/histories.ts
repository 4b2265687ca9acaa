import { stat } from 'node:fs/promises';
import type { AgentRecords, ConversationPlace } from '../agents/agent-records.ts';
import type { Row } from '../agents/record-row.ts';
import { type TurnBook, turnBook } from '../agents/turn-book.ts';
import type { History } from '../session/history.ts';
import { findRecord } from './find-record.ts';
import { queryRows } from './query-rows.ts';
import { readLines } from './read-lines.ts';
import { rowOf } from './row-of.ts';

/** So many conversations are remembered as far as they were read: then only what is new of them is read. */
const REMEMBERED = 24;

/** A conversation whose record is to be read. */
export interface Wanted extends ConversationPlace {
  readonly records: AgentRecords;
  /** Where the agent keeps its records, absolute. */
  readonly folder: string;
}

export interface ReadHistory {
  readonly history: History;
  /** Where it stands, for people. */
  readonly file: string;
}

interface Remembered {
  readonly file: string;
  readonly book: TurnBook;
  readonly read: (row: Row) => void;
  /** Which file it was: one that is written anew has another one. */
  readonly inode: number;
  /** Where the next line begins. */
  next: number;
}

/**
 * Reads histories when they are asked for; nothing is polled. What was read of a file that only grows is not read again. Two who ask for
 * the same at the same time wait for the same reading.
 */
export class Histories {
  readonly #remembered = new Map<string, Remembered>();
  readonly #underWay = new Map<string, Promise<ReadHistory | undefined>>();

  /** Undefined: there is no record of this conversation. */
  read(wanted: Wanted): Promise<ReadHistory | undefined> {
    const key = JSON.stringify([wanted.folder, wanted.id, wanted.cwd]);
    const there = this.#underWay.get(key);
    if (there) return there;
    const reading = this.#read(key, wanted).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, reading);
    return reading;
  }

  async #read(key: string, wanted: Wanted): Promise<ReadHistory | undefined> {
    const known = this.#remembered.get(key);
    const found =
      (known && (await statOf(known.file)) && known.file) ?? findRecord(wanted.folder, wanted.records.file(wanted));
    const now = found === undefined ? undefined : await statOf(found);
    if (found === undefined || !now) {
      this.#remembered.delete(key);
      return undefined;
    }
    if (wanted.records.query) return readDatabase(found, wanted);
    const goesOn = known && known.inode === now.ino && known.next <= now.size;
    const reading = goesOn ? known : begin(found, now.ino, wanted);
    this.#remember(key, reading);
    const { words } = wanted.records;
    reading.next = await readLines(found, {
      from: reading.next,
      take: line => {
        if (words?.every(word => !line.includes(word))) return;
        const row = rowOf(line);
        if (row) reading.read(row);
      },
    });
    return { history: reading.book.history(), file: found };
  }

  #remember(key: string, reading: Remembered): void {
    this.#remembered.delete(key);
    this.#remembered.set(key, reading);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
  }
}

function begin(file: string, inode: number, { records }: Wanted): Remembered {
  const book = turnBook();
  return { file, book, read: records.reader(book), inode, next: 0 };
}

function readDatabase(file: string, wanted: Wanted): ReadHistory | undefined {
  const asked = wanted.records.query?.(wanted);
  if (!asked) return undefined;
  const book = turnBook();
  const read = wanted.records.reader(book);
  for (const row of queryRows(file, asked)) read(row);
  const history = book.history();
  return history.count === 0 ? undefined : { history, file };
}

/** Undefined: it is not there. */
async function statOf(file: string): Promise<{ readonly ino: number; readonly size: number } | undefined> {
  return stat(file).catch(() => undefined);
}
