import { createHash } from 'node:crypto';

/** Names what was shown: what is another question, or the same with other words, has another one. */
export function questionId(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 10);
}
