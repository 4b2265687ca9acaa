/** Crockford's base32 in lower case: no i, l, o, u, so that ids can be read aloud and typed. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

const ID_LENGTH = 10;

/** Shortest form that is offered; what is shorter is too easily another one tomorrow. */
const SHORTEST = 4;

/** 6 characters of time (seconds, good until the year 2059) and 4 of chance: sorts by age. */
export function makeId(now: number, random: Uint8Array): string {
  const seconds = BigInt(Math.floor(now / 1000)) % 32n ** 6n;
  let id = '';
  for (let digit = 5n; digit >= 0n; digit--) id += ALPHABET[Number((seconds >> (digit * 5n)) & 31n)];
  for (let at = 0; at < ID_LENGTH - 6; at++) id += ALPHABET[(random[at] ?? 0) & 31];
  return id;
}

/** The shortest end of an id that names no other: the end differs most, as the beginning is time. At least 4 characters. */
export function shortId(id: string, all: readonly string[]): string {
  for (let length = SHORTEST; length < id.length; length++) {
    const end = id.slice(-length);
    if (!all.some(other => other !== id && other.endsWith(end))) return end;
  }
  return id;
}

export type Resolved<T> = { readonly found: T } | { readonly problem: 'none' | 'several'; readonly message: string };

/**
 * The session that a name means: its id, the beginning or end of it (4 characters at least), or its exact title. Of several the one
 * that is here is meant, where only one is.
 */
export function resolveName<T extends { readonly id: string; readonly title: string }>(
  name: string,
  sessions: readonly T[],
  isHere: (session: T) => boolean = () => false,
): Resolved<T> {
  const wanted = name.toLowerCase();
  const exact = sessions.find(session => session.id === wanted);
  if (exact) return { found: exact };
  const byTitle = sessions.filter(session => session.title === name);
  const byId =
    wanted.length < SHORTEST
      ? []
      : sessions.filter(session => session.id.endsWith(wanted) || session.id.startsWith(wanted));
  const matches = byTitle.length > 0 ? byTitle : byId;
  const [only] = matches;
  if (only && matches.length === 1) return { found: only };
  if (matches.length === 0)
    return { problem: 'none', message: `There is no session "${name}". tutti ls --all shows them all.` };
  const [here, ...others] = matches.filter(isHere);
  if (here && others.length === 0) return { found: here };
  const which = matches.map(session => session.id).join(', ');
  return { problem: 'several', message: `"${name}" names ${matches.length} sessions: ${which}. Use one of these ids.` };
}
