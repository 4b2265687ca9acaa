import { expect, test } from 'vitest';
import { symbolsFor } from '../../../source/tui/terminal/symbols.ts';

test.each([
  [{}, 'unicode'],
  [{ LANG: 'de_DE.UTF-8' }, 'unicode'],
  [{ LANG: 'C.utf8' }, 'unicode'],
  [{ LC_ALL: 'C', LANG: 'de_DE.UTF-8' }, 'ascii'],
  [{ LC_ALL: '', LC_CTYPE: 'POSIX' }, 'ascii'],
  [{ LANG: 'de_DE.ISO-8859-1' }, 'ascii'],
])('with %j the marks are %s', (env, symbols) => {
  expect(symbolsFor('auto', env)).toBe(symbols);
});

test('who has set it knows better', () => {
  expect(symbolsFor('unicode', { LC_ALL: 'C' })).toBe('unicode');
  expect(symbolsFor('ascii', { LANG: 'C.UTF-8' })).toBe('ascii');
});
