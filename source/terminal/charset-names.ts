import { type CoreCharset, openCore } from './xterm-core.ts';

/** Final characters of the designations that xterm knows; `B` is ASCII and kept as nothing at all. */
const FINALS = '0A4CR5QKYE6ZH7=';

let names: ReadonlyMap<CoreCharset, string> | undefined;

/** xterm keeps a charset as a table without a name: this tells by which final character it is designated. */
export function charsetName(charset: CoreCharset): string {
  if (!charset) return 'B';
  return (names ?? learn()).get(charset) ?? 'B';
}

export function charsetNamed(name: string): CoreCharset {
  for (const [charset, final] of names ?? learn()) if (final === name) return charset;
  return undefined;
}

function learn(): ReadonlyMap<CoreCharset, string> {
  const { core } = openCore({ columns: 2, rows: 1, scrollback: 0 });
  const learnt = new Map<CoreCharset, string>();
  for (const final of FINALS) {
    core._inputHandler.parse(`\x1b(${final}`);
    const charset = core._charsetService._charsets[0];
    if (charset) learnt.set(charset, final);
  }
  core.dispose();
  names = learnt;
  return learnt;
}
