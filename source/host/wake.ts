import { dirname } from 'node:path';
import { firstNode } from '../system/runtime-node.ts';

export interface WakeOptions {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly now: () => number;
  readonly isDaemonConnected: () => boolean;
  readonly onFailed: (why: string) => void;
  /** Replaced in tests. */
  readonly run?: (argv: readonly string[], env: Readonly<Record<string, string>>) => void;
}

/** A daemon needs a moment to start and to find us; each try that brings none is followed by a pause twice as long. */
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 10 * 60 * 1000;

/** After so many tries in vain only something new that happens is a reason for another one. */
const TRIES = 8;

/** Brings a daemon when something happened and none is there, so that unattended work goes on without a client. */
export class Wake {
  readonly #options: WakeOptions;
  #pause = FIRST_PAUSE_MS;
  #tries = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WakeOptions) {
    this.#options = options;
  }

  /** Something happened that a daemon wants to know of. */
  happened(): void {
    if (this.#options.argv.length === 0 || this.#options.isDaemonConnected()) return;
    this.#tries = 0;
    if (!this.#timer) this.#try();
  }

  daemonConnected(): void {
    this.stop();
    this.#pause = FIRST_PAUSE_MS;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #try(): void {
    this.#timer = undefined;
    if (this.#options.isDaemonConnected() || this.#tries >= TRIES) return;
    this.#tries += 1;
    const { argv, env, run = runDetached, onFailed } = this.#options;
    try {
      run(argv, env);
    } catch (error) {
      onFailed((error as Error).message);
    }
    this.#timer = setTimeout(() => this.#try(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
  }
}

/** Its first word is a node, which may have vanished since we were started. */
function runDetached(argv: readonly string[], env: Readonly<Record<string, string>>): void {
  const [program = '', ...args] = argv;
  const script = args.find(word => word.startsWith('/'));
  const node = firstNode(script ? dirname(script) : '/', [program, process.execPath]) ?? program;
  // Loaded only here: a host that never wakes anybody does not carry it.
  const { spawn } = process.getBuiltinModule('node:child_process');
  const child = spawn(node, args, { detached: true, stdio: 'ignore', cwd: '/', env: { ...env } });
  child.on('error', () => {});
  child.unref();
}
