/**
 * A word in what an agent's program reports, as text; undefined: it is none. Everything that goes into a sentence goes through here: a report
 * is JSON of anybody's making, and an object in the place of a name may not even be printable (`{"toString": 1}`).
 */
export function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
