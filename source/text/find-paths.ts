/**
 * The paths that fit letters best: those whose file name begins with them, then those that have them in the name, then in the path, then
 * those that have them one after the other with others between. Of equals the shorter one comes first.
 */
export function findPaths(paths: readonly string[], letters: string, most: number): readonly string[] {
  const wanted = letters.toLowerCase();
  const found = paths.flatMap(path => {
    const rank = rankOf(path.toLowerCase(), wanted);
    return rank === undefined ? [] : [{ path, rank }];
  });
  return found
    .sort((a, b) => a.rank - b.rank || a.path.length - b.path.length || (a.path < b.path ? -1 : 1))
    .slice(0, most)
    .map(({ path }) => path);
}

function rankOf(path: string, wanted: string): number | undefined {
  const name = path.lastIndexOf('/') + 1;
  if (path.startsWith(wanted, name)) return 0;
  const at = path.lastIndexOf(wanted);
  if (at >= name) return 1;
  if (at !== -1) return 2;
  let from = 0;
  for (const letter of wanted) {
    from = path.indexOf(letter, from) + 1;
    if (from === 0) return undefined;
  }
  return 3;
}
