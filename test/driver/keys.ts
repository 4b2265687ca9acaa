/** Bytes of a named key as a terminal without the kitty protocol sends them. A single character is itself. */
export function keyBytes(key: string, applicationCursor: boolean): string {
  const named = NAMED[key];
  if (named !== undefined) return named;
  const cursor = /^(?:(shift|alt|ctrl)-)?(up|down|right|left|home|end)$/.exec(key);
  if (cursor) return cursorKey(cursor[2] as string, cursor[1], applicationCursor);
  const control = /^ctrl-([a-z@[\\\]^_])$/.exec(key);
  if (control?.[1]) return String.fromCharCode(control[1].toUpperCase().charCodeAt(0) & 0x1f);
  const alt = /^alt-(.+)$/u.exec(key);
  if (alt?.[1]) return `\x1b${keyBytes(alt[1], applicationCursor)}`;
  if ([...key].length === 1) return key;
  throw new Error(
    `the driver knows no key "${key}": a character, ctrl-x, alt-x, or one of ${Object.keys(NAMED).join(' ')}`,
  );
}

const NAMED: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  space: ' ',
  backspace: '\x7f',
  delete: '\x1b[3~',
  insert: '\x1b[2~',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
  f1: '\x1bOP',
  f2: '\x1bOQ',
  'alt-enter': '\x1b\r',
};

const MODIFIER: Readonly<Record<string, number>> = { shift: 2, alt: 3, ctrl: 5 };

function cursorKey(name: string, modifier: string | undefined, application: boolean): string {
  const final = { up: 'A', down: 'B', right: 'C', left: 'D', home: 'H', end: 'F' }[name];
  if (modifier) return `\x1b[1;${MODIFIER[modifier]}${final}`;
  return application ? `\x1bO${final}` : `\x1b[${final}`;
}
