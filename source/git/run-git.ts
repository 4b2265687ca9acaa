import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { gitFailure } from './git-failure.ts';

/**
 * Why git is spawned here and not by simple-git (4.0.2), which `simple.ts` uses at a person's pace:
 * - It waits 50 ms after every command that prints nothing, fixed in its code: `git remote` without a remote takes 62 ms there
 *   and 9 ms here (where something is printed both take the same). Adding a worktree is seven commands that print nothing, a
 *   commit ten of which four print nothing, and a warm spawn may take 150 ms as a whole.
 * - It can give no process group, so a commit or checkout could not be ended with its hooks after a crash (`orphan.ts`), and no
 *   descriptors, limit of output, or name of the signal that ended git. It never closes an input that is empty.
 * - A code other than 0 without a word on stderr counts as success unless one replaces its judge, and is no result then.
 * - Where no descriptor is left (EMFILE) its child's error is nobody's, and ends the process.
 */
export interface GitCall {
  readonly cwd: string;
  readonly args: readonly string[];
  /** Only looks: takes no lock, refreshes no index, starts no file-system monitor. */
  readonly read?: true;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Output beyond it is dropped and git is ended; without it everything is kept. */
  readonly limitBytes?: number;
  /** Runs the user's hooks: they keep the user's character set. What is said is in English all the same, as we read it. */
  readonly withHooks?: true;
  /** A process group of its own, told here, so that it can be ended with its hooks if we die before it. */
  readonly onStart?: (pid: number) => void;
  /** Ends it, where it has a group of its own with its hooks. Then it is an error of the kind `cancelled`, once it has ended. */
  readonly signal?: AbortSignal;
}

export interface GitResult {
  /** 0 where git was ended because the limit was reached. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly truncated: boolean;
}

/** Runs git, never through a shell. A code other than 0 is a result; only a git that cannot be started is an error. */
export async function runGit(git: Git, call: GitCall): Promise<GitResult> {
  const { code, out, err, truncated } = await runGitBytes(git, call);
  return { code, out: out.toString(), err: err.toString(), truncated };
}

/** What git prints, where anything but code 0 is an error that begins with `could not <what>`. */
export async function gitText(git: Git, call: GitCall & { readonly what: string }): Promise<string> {
  const result = await runGit(git, call);
  if (result.code !== 0) throw gitFailure(call.what, result);
  return result.out;
}

/** What git prints, without its last newline; undefined where it fails. For questions whose answer may be no. */
export async function askGit(git: Git, call: Omit<GitCall, 'read'>): Promise<string | undefined> {
  const result = await runGit(git, { ...call, read: true });
  return result.code === 0 ? result.out.replace(/\n$/, '') : undefined;
}

export function runGitBytes(
  git: Git,
  call: GitCall,
): Promise<{ code: number; out: Buffer; err: Buffer; truncated: boolean }> {
  const look = call.read ? LOOK : [];
  const { promise, resolve, reject } = Promise.withResolvers<{
    code: number;
    out: Buffer;
    err: Buffer;
    truncated: boolean;
  }>();
  const onFailure = (cause: Error) =>
    reject(startFailure({ git, cwd: call.cwd, cause, code: (cause as NodeJS.ErrnoException).code }));
  if (call.signal?.aborted) {
    reject(stopped());
    return promise;
  }
  let child: ChildProcessWithoutNullStreams;
  try {
    child = spawn(git.program, [...look, ...call.args], {
      cwd: call.cwd,
      env: { ...environmentOf(git, call), ...call.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: call.onStart !== undefined,
    });
  } catch (cause) {
    // Some reasons are thrown (ENOTDIR, E2BIG), others told.
    onFailure(cause as Error);
    return promise;
  }
  child.on('error', onFailure);
  // Where no descriptor is left (EMFILE) a child has no streams, whatever its type says.
  if (!(child.stdout as typeof child.stdout | undefined)) return promise;
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  let size = 0;
  let truncated = false;
  let unwatched: TuttiError | undefined;
  child.stdout.on('data', (piece: Buffer) => {
    const room = call.limitBytes === undefined ? piece.length : call.limitBytes - size;
    if (room > 0) out.push(room < piece.length ? piece.subarray(0, room) : piece);
    size += piece.length;
    if (piece.length > room && !truncated) {
      truncated = true;
      child.kill();
    }
  });
  child.stderr.on('data', (piece: Buffer) => err.push(piece));
  const stop = endOnAbort(child, call);
  child.on('close', (code, signal) => {
    stop();
    if (unwatched) {
      reject(unwatched);
      return;
    }
    // What was done before it could be stopped is done.
    if (call.signal?.aborted && code !== 0) {
      reject(stopped());
      return;
    }
    resolve({
      code: truncated ? 0 : (code ?? 128),
      out: Buffer.concat(out),
      err: signal && !truncated ? Buffer.from(`ended by ${signal}`) : Buffer.concat(err),
      truncated,
    });
  });
  // git may end without reading all of it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(call.input);
  const { pid } = child;
  try {
    if (pid !== undefined) call.onStart?.(pid);
  } catch (cause) {
    // Nobody would know of it after a crash. TERM: git takes its lock files away then.
    unwatched = new TuttiError(
      'failed',
      `Could not note that git runs in ${call.cwd}: ${(cause as Error).message}. It was ended before it did anything; free some space and try again.`,
      { cause },
    );
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  }
  return promise;
}

function stopped(): TuttiError {
  return new TuttiError('cancelled', 'Git was stopped before it was done.');
}

/** A hook may clean up after itself, but longer than this nobody waits for it. */
const STOP_MS = 2000;

/** TERM first: git takes its lock files away then. What a hook has put into a session of its own may hold the pipes: let go of. */
function endOnAbort(child: ChildProcessWithoutNullStreams, { signal, onStart }: GitCall): () => void {
  let deadline: NodeJS.Timeout | undefined;
  const { pid } = child;
  const end = (name: NodeJS.Signals) => {
    try {
      if (pid !== undefined) process.kill(onStart ? -pid : pid, name);
    } catch {
      // It went by itself.
    }
  };
  const abort = () => {
    end('SIGTERM');
    deadline = setTimeout(() => {
      end('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
    }, STOP_MS);
  };
  signal?.addEventListener('abort', abort, { once: true });
  return () => {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', abort);
    // The group may outlive its leader: a hook that heard nothing.
    if (signal?.aborted && onStart) end('SIGKILL');
  };
}

/**
 * core.fsmonitor would start a daemon, or run the user's hook, for each worktree that is looked at; log.showSignature would run gpg,
 * and put its words between those that we read.
 */
export const LOOK: readonly string[] = [
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'log.showSignature=false',
];

/** Of git's own process: what it says is English, as we read it. */
export function environmentOf(
  { env }: Git,
  { withHooks }: Pick<GitCall, 'withHooks'> = {},
): Readonly<Record<string, string>> {
  if (!withHooks) return { ...env, LC_ALL: 'C', LANGUAGE: '' };
  const characters = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  // An empty one counts as none.
  return { ...env, LC_ALL: '', LC_CTYPE: characters, LC_MESSAGES: 'C', LANGUAGE: '' };
}

export function startFailure({
  git,
  cwd,
  cause,
  code,
}: {
  readonly git: Git;
  readonly cwd: string;
  readonly cause: Error;
  readonly code: string | undefined;
}): TuttiError {
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    // The same code for a missing program and a missing folder.
    return new TuttiError(
      'unavailable',
      `Could not run ${git.program} in ${cwd}: the folder is gone or git is not installed. Check the folder, or install git 2.38 or newer.`,
      { cause },
    );
  }
  return new TuttiError('unavailable', `Could not run ${git.program}: ${cause.message}.`, { cause });
}
