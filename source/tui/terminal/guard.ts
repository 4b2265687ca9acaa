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
 * It opens the terminal anew: what it was given has our stdout behind it, which never waits (`setBlocking`), and so a terminal
 * that is full of our last frame, or that hears the user's shell say "Killed" in this moment, would refuse the guard's word.
 */
const SCRIPT = `
trap '' HUP INT QUIT TERM TSTP TTIN TTOU PIPE
name=$(tty <&3) && [ -r "$name" ] && [ -w "$name" ] && exec 3<>"$name"
saved=$(stty -g <&3)
echo ready
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

export class Guard {
  readonly pid: number | undefined;
  readonly #pipe: Writable;

  private constructor(child: ChildProcess, pipe: Writable) {
    this.pid = child.pid;
    this.#pipe = pipe;
    // A guard that was killed is no reason to end; without it only the next tutti can mend the terminal.
    child.on('error', () => {});
    pipe.on('error', () => {});
  }

  /** Starts it; it has read the terminal's modes when the promise resolves, so raw mode may only come after. */
  static async start(options: GuardOptions): Promise<Guard> {
    const child = spawn('/bin/sh', ['-c', SCRIPT, 'tutti-guard', options.leaveSequence], {
      stdio: ['pipe', 'pipe', 'ignore', options.terminal],
      detached: true,
      env: { PATH: options.path ?? '/usr/bin:/bin' },
      cwd: '/',
    });
    const { stdin, stdout } = child;
    if (!stdin || !stdout) throw new TuttiError('bug', 'A guard was started without pipes.');
    return new Promise((resolve, reject) => {
      const fail = (cause: unknown) =>
        reject(
          new TuttiError(
            'failed',
            'The terminal could not be guarded: /bin/sh or stty did not start. Put stty on the PATH and start tutti again.',
            { cause },
          ),
        );
      child.once('error', fail);
      child.once('exit', fail);
      stdout.once('data', () => {
        child.off('error', fail);
        child.off('exit', fail);
        stdout.destroy();
        child.unref();
        (stdin as Writable & { unref?: () => void }).unref?.();
        resolve(new Guard(child, stdin));
      });
    });
  }

  /** The terminal is in raw mode and ours. */
  arm(): void {
    this.#pipe.write('on\n');
  }

  /** The terminal is the user's again. */
  disarm(): void {
    this.#pipe.write('off\n');
  }

  /** The end: it goes. */
  close(): void {
    this.#pipe.end('off\n');
  }
}
