/** Number of the OSC by which the shell tells the exit code; no program uses it. */
export const ENDED = 73_501;

/** A shell that runs a program, tells its pid in a file and its exit code to the terminal, and outlives it. */
export function shellAround(argv: readonly string[], pid: string): [string, ...string[]] {
  const child = 'echo $$ >"$0"; exec "$@"';
  const shell = `/bin/sh -c '${child}' "$@"; printf '\\033]${ENDED};%d\\007' $?; exec cat >/dev/null`;
  // Ctrl-C reaches the whole foreground group; the shell has to outlive it, the program decides for itself.
  return ['/bin/sh', '-c', `trap : INT QUIT; ${shell}`, 'sh', pid, ...argv];
}
