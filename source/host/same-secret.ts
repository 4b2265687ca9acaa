/** Compares in a time that does not depend on where the texts differ. Their length is no secret. */
export function isSameSecret(given: unknown, secret: string): boolean {
  if (typeof given !== 'string' || given.length !== secret.length || secret.length === 0) return false;
  let different = 0;
  for (let at = 0; at < secret.length; at++) different |= given.charCodeAt(at) ^ secret.charCodeAt(at);
  return different === 0;
}
