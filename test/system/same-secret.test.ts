import { expect, test } from 'vitest';
import { isSameSecret } from '../../source/system/same-secret.ts';

test('a secret is the same or it is not', () => {
  expect(isSameSecret('abc', 'abc')).toBe(true);
  for (const wrong of ['abd', 'ab', 'abcd', '', undefined, 5, null]) expect(isSameSecret(wrong, 'abc')).toBe(false);
  // As many characters, but more bytes.
  expect(isSameSecret('abé', 'abc')).toBe(false);
  expect(isSameSecret('', '')).toBe(false);
});
