import {
  type Dirent,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { HostRecord, ProgramExit } from '../protocol/host.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { writeAtomic } from './atomic-write.ts';
import { makeDirectory } from './make-directory.ts';
import { hostBundle, type Paths } from './paths.ts';
import type { ProcessIdentity } from './process-identity.ts';

/**
 * The directory of one host, `sessions/<id>/hosts/<name>/`: everything that is needed to find it again.
 *
 *     claim          pid and start of the host that lives here; made once, never changed: a name is used by one host only
 *     host.json      HostRecord, once the program runs
 *     exit.json      ProgramExit, once it has ended
 *     entered.json   the prompt that was sent last, written before its Enter
 *     sock           socket, for as long as the host lives
 *     output.<n>     segments of the output log, <n> the sequence of the first byte
 *     host.log       what the host has to say to a developer
 *
 * A bundle with a claim and no record is half made: its host died, or is about to write the record.
 */
export interface Bundle {
  readonly path: string;
  readonly session: string;
  readonly name: string;
  readonly claim: ProcessIdentity | undefined;
  readonly record: HostRecord | undefined;
  readonly exit: ProgramExit | undefined;
}

/** Makes the empty directory of a host that is about to be started. Refused where the name was used before. */
export function createBundle(paths: Pick<Paths, 'sessions'>, session: string, name: string): string {
  const path = hostBundle(paths, session, name);
  makeDirectory(dirname(path), 0o700);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new TuttiError(
      'conflict',
      `The host ${name} of session ${session} was made before; choose the next number.`,
      { cause },
    );
  }
  return path;
}

/**
 * Takes the bundle for this host alone. False where another one has it. The claim appears with its content, because a link is
 * made in one step and fails where the name exists.
 */
export function claimBundle(path: string, host: ProcessIdentity): boolean {
  const temporary = join(path, `.claim.${host.pid}`);
  writeFileSync(temporary, JSON.stringify(host), { mode: 0o600 });
  try {
    linkSync(temporary, join(path, 'claim'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(temporary);
  }
}

/** False when the bundle was removed meanwhile, and perhaps made anew: whoever did so did not see this host. */
export function holdsClaim(path: string, host: ProcessIdentity): boolean {
  const claim = readJson<ProcessIdentity>(join(path, 'claim'), 'pid');
  return claim?.pid === host.pid && claim.start === host.start;
}

export function writeHostRecord(path: string, record: HostRecord): void {
  writeAtomic(join(path, 'host.json'), `${JSON.stringify(record)}\n`);
}

export function writeProgramExit(path: string, exit: ProgramExit): void {
  writeAtomic(join(path, 'exit.json'), `${JSON.stringify(exit)}\n`);
}

/** A prompt's operation that was, or is about to be, sent with Enter; the host's clock. */
export interface EnteredPrompt {
  readonly operation: string;
  readonly at: number;
}

/** Before the Enter, so that nobody sends the prompt again when this host dies with its events. */
export function writeEntered(path: string, entered: EnteredPrompt): void {
  writeAtomic(join(path, 'entered.json'), `${JSON.stringify(entered)}\n`);
}

/** Undefined where no prompt was sent, and for hosts of a build that did not write it. */
export function readEntered(path: string): EnteredPrompt | undefined {
  return readJson<EnteredPrompt>(join(path, 'entered.json'), 'operation');
}

/** What stands in a bundle now. What is missing or can't be read is undefined. */
export function readBundle(path: string): Bundle {
  return {
    path,
    session: basename(dirname(dirname(path))),
    name: basename(path),
    claim: readJson<ProcessIdentity>(join(path, 'claim'), 'pid'),
    record: readJson<HostRecord>(join(path, 'host.json'), 'hostPid'),
    exit: readJson<ProgramExit>(join(path, 'exit.json'), 'at'),
  };
}

/** Every bundle of every session. */
export function scanBundles(paths: Pick<Paths, 'sessions'>): Bundle[] {
  return folders(paths.sessions).flatMap(session =>
    bundleNames(paths, session).map(name => readBundle(hostBundle(paths, session, name))),
  );
}

/** Names of the hosts that a session has bundles of. */
export function bundleNames(paths: Pick<Paths, 'sessions'>, session: string): string[] {
  return folders(join(paths.sessions, session, 'hosts'));
}

/** Removes a bundle whose host is gone, in one step for everybody who scans. */
export function removeBundle(path: string): void {
  const gone = join(dirname(path), `.gone-${basename(path)}`);
  rmSync(gone, { recursive: true, force: true });
  try {
    renameSync(path, gone);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  rmSync(gone, { recursive: true, force: true });
}

/** Only names that don't begin with a dot: what does is being removed. */
function folders(path: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap(entry => (entry.isDirectory() && !entry.name.startsWith('.') ? [entry.name] : []));
}

function readJson<T>(path: string, key: keyof T): T | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null && key in value ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}
