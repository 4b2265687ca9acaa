import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { TuttiError } from '../../protocol/rpc.ts';

/**
 * Restores the user's terminal when this process is killed and can't: a small shell at the other end of a pipe. End of file means
 * that we are gone. It has a session of its own, so that a signal to our process group does not take it along.
 *
 * Lines on its stdin: `on` the terminal is ours and in raw mode, `off` it is the user's. The saved modes are put back only if
 * the terminal is still in the ones that we left: the user's shell may have been quicker, and its line editor's modes are its own.
 *
 * It begins by telling the modes that it has found; one that takes the place of another is given those, as ours are set by then.
 *
 * It opens the terminal anew: what it was given has our stdout behind it, which never waits (`setBlocking`), and so a terminal
 * that is full of our last frame, or that hears the user's shell say "Killed" in this moment, would refuse the guard's word.
 */
const SCRIPT = `
trap '' HUP INT QUIT TERM TSTP TTIN TTOU PIPE
name=$(tty <&3) && [ -r "$name" ] && [ -w "$name" ] && exec 3<>"$name"
saved=\${2:-$(stty -g <&3)}
echo "$saved"
exec >/dev/null 2>&1
armed=
while read -r word; do
  case $word in
    on) ours=$(stty -g <&3); armed=1 ;;
    off) armed= ;;
  esac
done
[ -n "$armed" ] || exit 0
printf %s "$1" >&3
[ "$(stty -g <&3)" = "$ours" ] && stty "$saved" <&3
`;

export interface GuardOptions {
  /** File descriptor of the terminal. */
  readonly terminal: number;
  readonly leaveSequence: string;
  readonly path: string | undefined;
}

/** A shell that stands at the other end of its pipe. */
interface Shell {
  readonly child: ChildProcess;
  readonly pipe: Writable;
  /** The terminal's modes before ours, as `stty -g` says them. */
  readonly saved: string;
}

/** So many may be killed before it is taken for somebody's wish. */
const MOST_SHELLS = 20;

export class Guard {
  readonly #options: GuardOptions;
  #shell: Shell;
  #started = 1;
  #armed = false;
  #closed = false;

  private constructor(options: GuardOptions, shell: Shell) {
    this.#options = options;
    this.#shell = shell;
    this.#watch(shell);
  }

  /** Of the shell that stands now. */
  get pid(): number | undefined {
    return this.#shell.child.pid;
  }

  /** Starts it; it has read the terminal's modes when the promise resolves, so raw mode may only come after. */
  static async start(options: GuardOptions): Promise<Guard> {
    return new Guard(options, await startShell(options, ''));
  }

  /** The terminal is in raw mode and ours. */
  arm(): void {
    this.#armed = true;
    this.#shell.pipe.write('on\n');
  }

  /** The terminal is the user's again. */
  disarm(): void {
    this.#armed = false;
    this.#shell.pipe.write('off\n');
  }

  /** The end: it goes. */
  close(): void {
    this.#closed = true;
    this.#shell.pipe.end('off\n');
  }

  #watch({ child, pipe }: Shell): void {
    child.on('error', () => {});
    pipe.on('error', () => {});
    child.once('exit', () => void this.#replace());
  }

  /** A shell that was killed is no reason to end, but another one has to stand in its place. */
  async #replace(): Promise<void> {
    if (this.#closed || this.#started >= MOST_SHELLS) return;
    this.#started++;
    try {
      const shell = await startShell(this.#options, this.#shell.saved);
      this.#shell = shell;
      this.#watch(shell);
    } catch {
      // Without one only the next tutti can mend the terminal.
      return;
    }
    if (this.#closed) this.close();
    else if (this.#armed) this.arm();
  }
}

/** `saved`: the modes to put back; empty: those that the terminal has now. */
async function startShell(options: GuardOptions, saved: string): Promise<Shell> {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'tutti-guard', options.leaveSequence, saved], {
    stdio: ['pipe', 'pipe', 'ignore', options.terminal],
    detached: true,
    env: { PATH: options.path ?? '/usr/bin:/bin' },
    cwd: '/',
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new TuttiError('bug', 'A guard was started without pipes.');
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(new TuttiError('failed', 'The terminal could not be guarded: /bin/sh or stty did not start.', { cause }));
    child.once('error', fail);
    child.once('exit', fail);
    // One short line, written at once.
    stdout.once('data', (line: Buffer) => {
      child.off('error', fail);
      child.off('exit', fail);
      stdout.destroy();
      child.unref();
      (stdin as Writable & { unref?: () => void }).unref?.();
      resolve({ child, pipe: stdin, saved: line.toString('latin1').trim() });
    });
  });
}
