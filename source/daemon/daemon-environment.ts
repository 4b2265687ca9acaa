/** The environment for a daemon that a host wakes: that of this one, without the marks of a test. */
export function daemonEnvironment(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'TUTTI_KILL_AT',
  );
  return Object.fromEntries(kept);
}

/** A host needs little of its own; what its program gets goes in by its parameters. */
export function hostEnvironment(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined &&
        (/^(PATH|HOME|LANG|LC_\w+|TMPDIR|XDG_\w+)$/.test(entry[0]) || entry[0].startsWith('TUTTI_')),
    ),
  );
}
