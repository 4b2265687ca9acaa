import { timingSafeEqual } from 'node:crypto';

/** Compares in a time that does not depend on where the texts differ. Their length is no secret; an empty one is nobody's. */
export function isSameSecret(given: unknown, secret: string): boolean {
  if (typeof given !== 'string' || secret === '') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
