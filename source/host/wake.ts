import { dirname } from 'node:path';
import { firstNode } from '../system/runtime-node.ts';

export interface WakeOptions {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly now: () => number;
  readonly isDaemonConnected: () => boolean;
  readonly onFailed: (why: string) => void;
  /** From 0 to 1, another for each host: those that lose their daemon together do not all start the next one. */
  readonly spread?: number;
  /** Replaced in tests. */
  readonly run?: (argv: readonly string[], env: Readonly<Record<string, string>>) => void;
}

/** A daemon needs a moment to start and to find us; each try that brings none is followed by a pause twice as long. */
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 10 * 60 * 1000;

/** After so many tries in vain only something new that happens is a reason for another one. */
const TRIES = 8;

/** Whoever needs a lost daemon, a client, brings the next one at once; only where nobody does it is for us to do. */
const LOST_MS = 2000;
const SPREAD_MS = 3000;

/** Who started this host is a daemon, and about to connect. */
const STARTED_MS = 2000;

/** A daemon that dies sooner than this may die of what it finds here: the next one is no sooner tried than one in vain. */
const STEADY_MS = 60_000;

/** Brings a daemon when something happened and none is there, so that unattended work goes on without a client. */
export class Wake {
  readonly #options: WakeOptions;
  #pause = FIRST_PAUSE_MS;
  #notBefore = 0;
  #tries = 0;
  #timer: NodeJS.Timeout | undefined;
  #connectedAt: number | undefined;

  constructor(options: WakeOptions) {
    this.#options = options;
    this.#notBefore = options.now() + STARTED_MS;
  }

  /** Something happened that a daemon wants to know of. */
  happened(): void {
    this.#wanted(0);
  }

  daemonConnected(): void {
    this.stop();
    this.#connectedAt ??= this.#options.now();
  }

  /** Its connection is gone. Without a goodbye it was in the middle of something, and the next one has to go on with it. */
  daemonLeft(saidGoodbye: boolean): void {
    if (this.#options.isDaemonConnected()) return;
    const { now, spread = 0 } = this.#options;
    const since = this.#connectedAt ?? now();
    this.#connectedAt = undefined;
    if (saidGoodbye || now() - since >= STEADY_MS) {
      this.#pause = FIRST_PAUSE_MS;
      this.#notBefore = 0;
    }
    if (!saidGoodbye) this.#wanted(LOST_MS + spread * SPREAD_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wanted(afterMs: number): void {
    const { argv, isDaemonConnected, now } = this.#options;
    if (argv.length === 0 || isDaemonConnected()) return;
    this.#tries = 0;
    if (this.#timer) return;
    const wait = Math.max(afterMs, this.#notBefore - now());
    if (wait <= 0) this.#try();
    else this.#timer = setTimeout(() => this.#try(), wait);
  }

  #try(): void {
    this.#timer = undefined;
    if (this.#options.isDaemonConnected() || this.#tries >= TRIES) return;
    this.#tries += 1;
    const { argv, env, now, run = runDetached, onFailed } = this.#options;
    try {
      run(argv, env);
    } catch (error) {
      onFailed((error as Error).message);
    }
    this.#notBefore = now() + this.#pause;
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
