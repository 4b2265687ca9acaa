import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { TuttiError } from '../protocol/rpc.ts';
import type { SessionEvent } from '../session/event.ts';
import { reduceSession } from '../session/reduce.ts';
import type { Session } from '../session/session.ts';

/** Version of the tables. A newer one than this build knows is refused: it may mean things that would be lost. */
const SCHEMA = 1;

/**
 * What is meant: every event of every session, and the state after the last one, written in the same transaction. One writer, the
 * daemon; a client never opens it. Once `append` returned, the events survive SIGKILL and a power cut (WAL, synchronous FULL).
 */
export class Ledger {
  readonly #db: DatabaseSync;
  readonly #sessions = new Map<string, Session>();

  private constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /**
   * Opens or makes the ledger. A damaged file is set aside under `<path>.damaged-<time>` and a fresh one begun; `damaged` then says
   * where it lies, and the caller rebuilds what it can from the bundles.
   */
  static open(path: string, now: number): { readonly ledger: Ledger; readonly damaged: string | undefined } {
    try {
      return { ledger: Ledger.#read(path, now), damaged: undefined };
    } catch (error) {
      if (sqliteCode(error) === 5) {
        throw new TuttiError(
          'unavailable',
          `Another program has ${path} open for writing. Close it and start tutti again.`,
          {
            cause: error,
          },
        );
      }
      if (!isDamage(error) || !existsSync(path)) throw asUnwritable(error);
      const aside = `${path}.damaged-${now}`;
      for (const part of ['', '-wal', '-shm']) if (existsSync(path + part)) renameSync(path + part, aside + part);
      return { ledger: Ledger.#read(path, now), damaged: aside };
    }
  }

  static #read(path: string, now: number): Ledger {
    const db = openDatabase(path);
    try {
      const ledger = new Ledger(db);
      ledger.#load();
      ledger.#prune(now - KEPT_MS);
      return ledger;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** Every session that is not gone for good, in the order of their ids. */
  sessions(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  session(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /** Writes events and the states that follow, all or none. An illegal event throws and nothing is written. */
  append(events: readonly SessionEvent[]): readonly Session[] {
    const changed = new Map<string, Session>();
    for (const event of events) {
      const before = changed.get(event.session) ?? this.#sessions.get(event.session);
      changed.set(event.session, reduceSession(before, event));
    }
    this.#transaction(() => {
      const numbers = new Map<string, number>();
      for (const event of events) {
        const n = (numbers.get(event.session) ?? this.#sessions.get(event.session)?.version ?? 0) + 1;
        numbers.set(event.session, n);
        this.#run(
          'INSERT INTO events (session, n, at, data) VALUES (?, ?, ?, ?)',
          event.session,
          n,
          event.at,
          JSON.stringify(event),
        );
        if (event.operation !== undefined) {
          this.#run(
            'INSERT OR IGNORE INTO operations (id, session, at) VALUES (?, ?, ?)',
            event.operation,
            event.session,
            event.at,
          );
        }
      }
      for (const session of changed.values()) {
        this.#run('INSERT OR REPLACE INTO sessions (id, state) VALUES (?, ?)', session.id, JSON.stringify(session));
      }
    });
    for (const session of changed.values()) this.#sessions.set(session.id, session);
    return [...changed.values()];
  }

  /** The session that an operation of a client was about and when it was written down, if it was already. */
  findOperation(operation: string): { readonly session: string; readonly at: number } | undefined {
    const row = this.#db.prepare('SELECT session, at FROM operations WHERE id = ?').get(operation);
    return row ? { session: String(row.session), at: Number(row.at) } : undefined;
  }

  /** The newest events of a session, oldest first. */
  history(session: string, limit: number): readonly SessionEvent[] {
    const rows = this.#db
      .prepare('SELECT data FROM events WHERE session = ? ORDER BY n DESC LIMIT ?')
      .all(session, limit);
    return rows.map(row => JSON.parse(String(row.data)) as SessionEvent).reverse();
  }

  /** Takes a session in as it was found in its bundle, when the ledger that knew it is lost. */
  adopt(session: Session): void {
    this.#transaction(() =>
      this.#run('INSERT OR REPLACE INTO sessions (id, state) VALUES (?, ?)', session.id, JSON.stringify(session)),
    );
    this.#sessions.set(session.id, session);
  }

  /** Lets the file grow no further than this many pages, as a full disk would. */
  limitPages(pages: number): void {
    this.#db.exec(`PRAGMA max_page_count = ${Math.floor(pages)}`);
  }

  close(): void {
    this.#db.close();
  }

  #load(): void {
    for (const row of this.#db.prepare('SELECT state FROM sessions ORDER BY id').all()) {
      const session = parseState(String(row.state));
      this.#sessions.set(session.id, session);
    }
  }

  #prune(before: number): void {
    this.#transaction(() => {
      this.#run('DELETE FROM operations WHERE at < ?', before);
      for (const { id, life, lifeAt } of this.#sessions.values()) {
        if (life.name !== 'discarded' || lifeAt >= before) continue;
        this.#run('DELETE FROM events WHERE session = ?', id);
        this.#run('DELETE FROM sessions WHERE id = ?', id);
        this.#sessions.delete(id);
      }
    });
  }

  #transaction(write: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      write();
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw asUnwritable(error);
    }
  }

  #run(sql: string, ...values: readonly (string | number)[]): void {
    this.#db.prepare(sql).run(...values);
  }
}

/** A client repeats an operation within minutes, and a creation that failed is undone: neither is of use after some days. */
const KEPT_MS = 7 * 24 * 3600_000;

function parseState(text: string): Session {
  try {
    return JSON.parse(text) as Session;
  } catch (cause) {
    throw new Damage('a session in the ledger cannot be read', { cause });
  }
}

function openDatabase(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 0;');
    checkIntegrity(db);
    const version = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
    if (version > SCHEMA) {
      throw new TuttiError(
        'notSupported',
        `The ledger ${path} was written by a newer tutti (schema ${version}, this one knows ${SCHEMA}). Start the newer tutti, or move the file away.`,
      );
    }
    db.exec(`
      CREATE TABLE IF NOT EXISTS events (session TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (session, n)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS operations (id TEXT PRIMARY KEY, session TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
      PRAGMA user_version = ${SCHEMA};
    `);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The sessions are what matters: reading them all is cheap and finds a torn page before anything is built on it. */
function checkIntegrity(db: DatabaseSync): void {
  const verdict = db.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (verdict !== 'ok') throw new Damage(`quick_check says ${String(verdict)}`);
}

/** What is in the file can't be what was written there. */
class Damage extends Error {
  override name = 'Damage';
}

/** A ledger that is only busy, or a system out of files, is no damage: what is healthy is never set aside. */
function isDamage(error: unknown): boolean {
  return error instanceof Damage || sqliteCode(error) === 11 || sqliteCode(error) === 26;
}

/** SQLite's primary result code: 8 is READONLY, 10 IOERR, 11 CORRUPT, 13 FULL, 26 NOTADB. */
function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}

/** Nothing more can be written down for now: the disk is full, fails or may only be read. What was written before stands. */
export class LedgerUnwritable extends TuttiError {
  override name = 'LedgerUnwritable';
  /** The reason alone, as the rest of a sentence. */
  readonly why: string;

  constructor(why: string, remedy: string, cause: unknown) {
    super('failed', `tutti could not write its ledger: ${why}. Nothing was changed; ${remedy} and try again.`, {
      cause,
    });
    this.why = why;
  }
}

function asUnwritable(error: unknown): unknown {
  switch (sqliteCode(error)) {
    case 13:
      return new LedgerUnwritable('the disk is full', 'free some space', error);
    case 8:
      return new LedgerUnwritable('it may only be read', 'make it writable', error);
    case 10:
      return new LedgerUnwritable((error as Error).message, 'look at its disk', error);
    default:
      return error;
  }
}
