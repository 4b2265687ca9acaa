const LETTERS: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** A path as git writes it into a patch: in C's quotes, byte by byte, where it has anything unusual. */
export function unquotePath(written: string): string {
  if (!written.startsWith('"') || !written.endsWith('"') || written.length < 2) return written;
  const bytes: number[] = [];
  const text = Buffer.from(written.slice(1, -1));
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    if (byte !== 92) {
      bytes.push(byte);
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.toString('latin1', at + 1, at + 4))?.[0];
    if (octal) {
      bytes.push(Number.parseInt(octal, 8));
      at += 3;
    } else {
      at += 1;
      bytes.push(LETTERS[String.fromCharCode(text[at] ?? 92)] ?? text[at] ?? 92);
    }
  }
  return Buffer.from(bytes).toString();
}

/** A path of a patch's header, without quotes and its `a/` or `b/`; undefined for /dev/null, which stands for no file. */
export function patchPath(written: string): string | undefined {
  // A tab ends a name with spaces in it.
  const path = unquotePath(written.replace(/\t$/, ''));
  return path === '/dev/null' ? undefined : path.replace(/^[ab]\//, '');
}
