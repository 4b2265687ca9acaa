/**
 * The signs that the user's terminal can draw, where the settings don't say it: ascii where his locale names another character set
 * than UTF-8. One that names nothing says nothing: in a container it is often so, and the terminal around it is a UTF-8 one.
 */
export function symbolsFor(
  wanted: 'auto' | 'unicode' | 'ascii',
  env: Readonly<Record<string, string | undefined>>,
): 'unicode' | 'ascii' {
  if (wanted !== 'auto') return wanted;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return !locale || /utf-?8/i.test(locale) ? 'unicode' : 'ascii';
}
