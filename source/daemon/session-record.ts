import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '../session/session.ts';
import { removeHalfWritten, writeAtomic } from '../system/atomic-write.ts';
import { makeDirectory } from '../system/make-directory.ts';
import type { Paths } from '../system/paths.ts';

/**
 * `session.json` in a session's directory: its state, so that a lost ledger can be rebuilt. Written when something of lasting
 * meaning has changed, not with every prompt: the ledger is the truth.
 */
export class SessionRecords {
  readonly #paths: Pick<Paths, 'sessions'>;
  readonly #written = new Map<string, string>();

  constructor(paths: Pick<Paths, 'sessions'>) {
    this.#paths = paths;
  }

  keep(session: Session): void {
    const folder = join(this.#paths.sessions, session.id);
    if (session.life.name === 'discarded') {
      this.#written.delete(session.id);
      rmSync(folder, { recursive: true, force: true });
      return;
    }
    const gist = gistOf(session);
    if ((this.#written.get(session.id) ?? this.#onDisk(folder)) === gist) {
      this.#written.set(session.id, gist);
      return;
    }
    makeDirectory(folder, 0o700);
    writeAtomic(join(folder, 'session.json'), `${JSON.stringify(session)}\n`);
    this.#written.set(session.id, gist);
  }

  /** A daemon that starts writes nothing that stands there already. */
  #onDisk(folder: string): string | undefined {
    const [session] = readSession(join(folder, 'session.json'));
    return session && gistOf(session);
  }

  /** Every session that left a record; one that can't be read is left out, and what a daemon was killed over is taken away. */
  read(): readonly Session[] {
    const { sessions } = this.#paths;
    for (const id of folders(sessions)) removeHalfWritten(join(sessions, id), 'session.json');
    const found = folders(sessions)
      .flatMap(id => readSession(join(sessions, id, 'session.json')).filter(session => session.id === id))
      .filter(({ life }) => life.name !== 'discarded');
    for (const session of found) this.#written.set(session.id, gistOf(session));
    return found;
  }
}

/** What a rebuilt session must not lack. */
function gistOf(session: Session): string {
  const { title, branch, worktree, life, host, kept, conversation, conversationBegun, records, run, grants } = session;
  const { earlier } = session;
  const { profile } = session.agent;
  return JSON.stringify([
    title,
    branch,
    worktree,
    life,
    host,
    kept,
    conversation,
    conversationBegun,
    earlier,
    records,
    run?.stage,
    run?.held,
    grants,
    profile,
  ]);
}

function readSession(file: string): readonly Session[] {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Session;
    return typeof value.id === 'string' && typeof value.life?.name === 'string' ? [value] : [];
  } catch {
    return [];
  }
}

function folders(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
