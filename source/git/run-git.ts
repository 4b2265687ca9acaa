import { spawn } from 'node:child_process';
import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { gitFailure } from './git-failure.ts';

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
  // core.fsmonitor would start a daemon, or run the user's hook, for each worktree that is looked at.
  const look = call.read ? ['--no-optional-locks', '-c', 'core.fsmonitor=false'] : [];
  const { promise, resolve, reject } = Promise.withResolvers<{
    code: number;
    out: Buffer;
    err: Buffer;
    truncated: boolean;
  }>();
  const child = spawn(git.program, [...look, ...call.args], {
    cwd: call.cwd,
    env: { ...git.env, ...localeFor(git, call), ...call.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: call.onStart !== undefined,
    ...(call.signal ? { signal: call.signal } : {}),
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  let size = 0;
  let truncated = false;
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
  child.on('error', cause => reject(startFailure(git, call, cause)));
  child.on('close', (code, signal) =>
    resolve({
      code: truncated ? 0 : (code ?? 128),
      out: Buffer.concat(out),
      err: signal && !truncated ? Buffer.from(`ended by ${signal}`) : Buffer.concat(err),
      truncated,
    }),
  );
  // git may end without reading all of it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(call.input);
  if (child.pid !== undefined) call.onStart?.(child.pid);
  return promise;
}

function localeFor({ env }: Git, { withHooks }: GitCall): Readonly<Record<string, string>> {
  if (!withHooks) return { LC_ALL: 'C', LANGUAGE: '' };
  // An empty one counts as none.
  return { LC_ALL: '', LC_CTYPE: env.LC_ALL || env.LC_CTYPE || env.LANG || '', LC_MESSAGES: 'C', LANGUAGE: '' };
}

function startFailure(git: Git, call: GitCall, cause: Error): TuttiError {
  const { code } = cause as NodeJS.ErrnoException;
  if (cause.name === 'AbortError') return new TuttiError('cancelled', 'Git was stopped before it was done.', { cause });
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    // The same code for a missing program and a missing folder.
    return new TuttiError(
      'unavailable',
      `Could not run ${git.program} in ${call.cwd}: the folder is gone or git is not installed. Check the folder, or install git 2.38 or newer.`,
      { cause },
    );
  }
  return new TuttiError('unavailable', `Could not run ${git.program}: ${cause.message}.`, { cause });
}
