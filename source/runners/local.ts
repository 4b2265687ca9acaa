/** How a check is run on this machine. It is a host's program, so that it outlives the daemon and its result is found again. */
export interface CheckProgram {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The user's own shell command, with nothing to read: a check that asks must fail, not wait. The command goes as an argument,
 * so that no quoting of ours can change it. `CI` tells programs that nobody watches.
 */
export function localCheck(command: string, env: Readonly<Record<string, string>>): CheckProgram {
  return {
    argv: ['/bin/sh', '-c', 'exec /bin/sh -c "$1" </dev/null', 'sh', command],
    env: { ...env, CI: '1' },
  };
}
