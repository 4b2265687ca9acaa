interface Limits {
  readonly characters: number;
  readonly entries: number;
}

/** Enough for a question, a command, or a plan. */
const USUAL: Limits = { characters: 8000, entries: 100 };

/** Where even that makes too much of it, the beginnings. */
const TIGHT: Limits = { characters: 500, entries: 20 };

const MOST_DEPTH = 8;
const MOST_TEXT = 64 * 1024;

/** A value of JSON as it came, but for what is too long in it: an agent may report whole files, and a host keeps what it was told. */
export function cutJson(value: unknown): unknown {
  const usual = cut(value, USUAL, 0);
  return JSON.stringify(usual).length <= MOST_TEXT ? usual : cut(value, TIGHT, 0);
}

function cut(value: unknown, limits: Limits, depth: number): unknown {
  const { characters, entries } = limits;
  if (typeof value === 'string') return value.length > characters ? `${value.slice(0, characters)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MOST_DEPTH) return null;
  if (Array.isArray(value)) return value.slice(0, entries).map(each => cut(each, limits, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, entries)
      .map(([name, each]) => [name.slice(0, characters), cut(each, limits, depth + 1)]),
  );
}
