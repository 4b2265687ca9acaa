/**
 * Whether this build has to replace the running daemon's. The protocol counts first, then the version's numbers; of two builds
 * of the same version the one made after that daemon was started is the newer (a developer's rebuild).
 */
export function isNewerBuild(
  own: { readonly build: string; readonly protocol: number; readonly builtAt: number | undefined },
  running: { readonly build: string; readonly protocol: number; readonly startedAt: number },
): boolean {
  if (own.build === running.build) return false;
  if (own.protocol !== running.protocol) return own.protocol > running.protocol;
  const mine = numbers(own.build);
  const theirs = numbers(running.build);
  for (let at = 0; at < 3; at++) {
    const difference = (mine[at] ?? 0) - (theirs[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return own.builtAt !== undefined && own.builtAt > running.startedAt;
}

/** `0.12.3-next-ab12` → 0, 12, 3. */
function numbers(build: string): readonly number[] {
  return (build.split('-')[0] ?? '').split('.').map(part => Number.parseInt(part, 10) || 0);
}
