import { stat } from 'node:fs/promises';
import type { AgentRecords, ConversationPlace } from '../agents/agent-records.ts';
import type { Row } from '../agents/record-row.ts';
import { type TurnBook, turnBook } from '../agents/turn-book.ts';
import type { History, Turn } from '../session/history.ts';
import { readDatabase } from './read-database.ts';
import { readLines } from './read-lines.ts';
import { recordOf } from './record-of.ts';
import { rowOf } from './row-of.ts';

/**
 * Conversations are remembered as far as they were read, so that only what is new of them is read: as many as have so many characters
 * together, those that were looked at last. A search looks at all of them one after the other, each time: a number of them would be
 * too few for one who has more, and each would be read anew.
 */
const REMEMBERED_CHARACTERS = 32 * 1024 * 1024;

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
  /** Of its texts, as they are kept. */
  characters: number;
}

/**
 * Reads histories when they are asked for; nothing is polled. What was read of a file that only grows is not read again. Two who ask for
 * the same at the same time wait for the same reading.
 */
export class Histories {
  readonly #remembered = new Map<string, Remembered>();
  readonly #underWay = new Map<string, Promise<ReadHistory | undefined>>();
  readonly #most: number;
  #characters = 0;

  constructor({ most = REMEMBERED_CHARACTERS }: { readonly most?: number } = {}) {
    this.#most = most;
  }

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
    const isThere = known && !wanted.records.newest && (await statOf(known.file)) !== undefined;
    const found = isThere ? known.file : await recordOf(wanted, wanted);
    const now = found === undefined ? undefined : await statOf(found);
    if (found === undefined || !now) {
      this.#forget(key);
      return undefined;
    }
    if (wanted.records.query) return ofDatabase(found, wanted);
    const goesOn = known?.file === found && known.inode === now.ino && known.next <= now.size;
    const reading = goesOn ? known : begin(found, now.ino, wanted);
    // Of one that can't be read to its end nobody knows where to go on.
    this.#forget(key);
    const { words } = wanted.records;
    reading.next = await readLines(found, {
      from: reading.next,
      take: line => {
        if (words?.every(word => !line.includes(word))) return;
        const row = rowOf(line);
        if (row) reading.read(row);
      },
    });
    const history = reading.book.history();
    this.#remember(key, reading, history);
    return { history, file: found };
  }

  /** The newest one stays, however long it is. */
  #remember(key: string, reading: Remembered, { turns }: History): void {
    this.#forget(key);
    reading.characters = turns.reduce((sum, turn) => sum + charactersOf(turn), 0);
    this.#characters += reading.characters;
    this.#remembered.set(key, reading);
    for (const other of this.#remembered.keys()) {
      if (this.#characters <= this.#most || other === key) break;
      this.#forget(other);
    }
  }

  #forget(key: string): void {
    this.#characters -= this.#remembered.get(key)?.characters ?? 0;
    this.#remembered.delete(key);
  }
}

/** What is beside its texts counts as a few. */
function charactersOf({ prompt, said = '', tools }: Turn): number {
  return 200 + prompt.length + said.length + tools.reduce((sum, { what }) => sum + what.length + 20, 0);
}

function begin(file: string, inode: number, { records }: Wanted): Remembered {
  const book = turnBook();
  return { file, book, read: records.reader(book), inode, next: 0, characters: 0 };
}

async function ofDatabase(file: string, wanted: Wanted): Promise<ReadHistory | undefined> {
  const asked = wanted.records.query?.(wanted);
  if (!asked) return undefined;
  const book = turnBook();
  await readDatabase(file, asked, wanted.records.reader(book));
  const history = book.history();
  return history.count === 0 ? undefined : { history, file };
}

/** Undefined: it is not there. */
async function statOf(file: string): Promise<{ readonly ino: number; readonly size: number } | undefined> {
  return stat(file).catch(() => undefined);
}
