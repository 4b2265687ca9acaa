import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { HostParams, HostStarted } from '../protocol/host.ts';
import { TuttiError } from '../protocol/rpc.ts';

export interface StartHostOptions {
  /** `Runtime.node` and `Runtime.host`. */
  readonly node: string;
  readonly script: string;
  /** The host's own environment, not the program's: PATH, HOME and `TUTTI_*` are enough. */
  readonly env: Readonly<Record<string, string>>;
  /** File for what the host prints to stderr; `host.log` in the bundle without it. */
  readonly log?: string;
  readonly timeoutMs?: number;
}

/**
 * A host is one of many, so its heap is kept small, and it collects garbage itself in moments of rest. Measured on Linux with a
 * 200x50 screen and 1,000 rows above it: 16 MB of its own idle and 21 MB after a flood, without the flags 18 and 36 MB.
 */
const NODE_FLAGS = ['--max-semi-space-size=1', '--v8-pool-size=1', '--expose-gc', '--no-warnings'];

/** A machine under full load needs a while for a new process. */
const TIMEOUT_MS = 10_000;

/**
 * Starts a host and lets it go: it runs in a session of its own, holds no pipe of ours, and lives on when we end. Its parameters
 * go in by stdin, where no other process can see them, and one line comes back. The bundle's directory must exist.
 */
export async function startHost(params: HostParams, options: StartHostOptions): Promise<HostStarted> {
  const log = openSync(options.log ?? join(params.bundle, 'host.log'), 'a', 0o600);
  const child = spawn(options.node, [...NODE_FLAGS, options.script, `${params.session}/${params.name}`], {
    detached: true,
    cwd: '/',
    env: { ...options.env, UV_THREADPOOL_SIZE: '1' },
    stdio: ['pipe', 'pipe', log],
  }) as ChildProcessByStdio<Writable, Readable, null>;
  closeSync(log);
  try {
    return await new Promise<HostStarted>((resolve, reject) => {
      const limit = options.timeoutMs ?? TIMEOUT_MS;
      const deadline = setTimeout(() => fail(`said nothing for ${limit / 1000} s`), limit);
      const fail = (why: string, cause?: unknown) => {
        clearTimeout(deadline);
        const where = options.log ?? join(params.bundle, 'host.log');
        reject(
          new TuttiError('failed', `The host ${params.name} did not start: ${why}. What it said is in ${where}.`, {
            cause,
          }),
        );
      };
      let said = '';
      child.once('error', cause => fail(cause.message, cause));
      child.once('exit', (code, signal) => fail(`it ended with ${signal ?? `code ${code}`} before it was ready`));
      // A host that dies early closes its end: the exit says why.
      child.stdin.on('error', () => {});
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
        const end = said.indexOf('\n');
        if (end === -1) return;
        clearTimeout(deadline);
        try {
          resolve(JSON.parse(said.slice(0, end)) as HostStarted);
        } catch (cause) {
          fail('it did not say how it stands', cause);
        }
      });
      child.stdin.end(`${JSON.stringify(params)}\n`);
    });
  } finally {
    child.removeAllListeners();
    // What goes wrong from now on is the host's own affair.
    child.on('error', () => {});
    child.stdin.destroy();
    child.stdout.destroy();
    child.unref();
  }
}
