/** How terminals say keys: bytes (as Latin-1) and what they mean. `events` leaves out what is false or empty. */
export interface KeyCase {
  readonly what: string;
  readonly bytes: string;
  readonly events: readonly {
    readonly name: string;
    readonly ctrl?: boolean;
    readonly alt?: boolean;
    readonly shift?: boolean;
    readonly text?: string;
  }[];
}

const utf8 = (text: string) => Buffer.from(text).toString('latin1');

export const KEYS: readonly KeyCase[] = [
  { what: 'a letter', bytes: 'j', events: [{ name: 'j', text: 'j' }] },
  { what: 'a capital', bytes: 'J', events: [{ name: 'J', text: 'J' }] },
  { what: 'space', bytes: ' ', events: [{ name: 'space', text: ' ' }] },
  { what: 'a letter of two bytes', bytes: utf8('é'), events: [{ name: 'é', text: 'é' }] },
  { what: 'a character of three bytes', bytes: utf8('漢'), events: [{ name: '漢', text: '漢' }] },
  { what: 'a character of four bytes', bytes: utf8('😀'), events: [{ name: '😀', text: '😀' }] },
  { what: 'enter', bytes: '\r', events: [{ name: 'enter' }] },
  { what: 'tab', bytes: '\t', events: [{ name: 'tab' }] },
  { what: 'shift-tab', bytes: '\x1b[Z', events: [{ name: 'tab', shift: true }] },
  { what: 'escape', bytes: '\x1b', events: [{ name: 'escape' }] },
  { what: 'backspace as DEL', bytes: '\x7f', events: [{ name: 'backspace' }] },
  { what: 'backspace as BS', bytes: '\b', events: [{ name: 'backspace' }] },
  { what: 'ctrl-space', bytes: '\0', events: [{ name: 'space', ctrl: true }] },
  { what: 'ctrl-q', bytes: '\x11', events: [{ name: 'q', ctrl: true }] },
  { what: 'ctrl-c', bytes: '\x03', events: [{ name: 'c', ctrl: true }] },
  { what: 'ctrl-backslash', bytes: '\x1c', events: [{ name: '\\', ctrl: true }] },
  { what: 'alt-x', bytes: '\x1bx', events: [{ name: 'x', alt: true }] },
  { what: 'alt-é', bytes: `\x1b${utf8('é')}`, events: [{ name: 'é', alt: true }] },
  { what: 'alt-enter', bytes: '\x1b\r', events: [{ name: 'enter', alt: true }] },
  { what: 'alt-backspace', bytes: '\x1b\x7f', events: [{ name: 'backspace', alt: true }] },
  { what: 'alt-ctrl-a', bytes: '\x1b\x01', events: [{ name: 'a', alt: true, ctrl: true }] },
  { what: 'alt-[', bytes: '\x1b[', events: [{ name: '[', alt: true }] },
  { what: 'alt-O', bytes: '\x1bO', events: [{ name: 'O', alt: true }] },
  { what: 'alt-]', bytes: '\x1b]', events: [{ name: ']', alt: true }] },
  {
    what: 'alt-] and a letter',
    bytes: '\x1b]a',
    events: [
      { name: ']', alt: true },
      { name: 'a', text: 'a' },
    ],
  },
  { what: 'up', bytes: '\x1b[A', events: [{ name: 'up' }] },
  { what: 'up, application', bytes: '\x1bOA', events: [{ name: 'up' }] },
  { what: 'shift-up', bytes: '\x1b[1;2A', events: [{ name: 'up', shift: true }] },
  { what: 'ctrl-alt-left', bytes: '\x1b[1;7D', events: [{ name: 'left', ctrl: true, alt: true }] },
  { what: 'alt-up with two ESC', bytes: '\x1b\x1b[A', events: [{ name: 'up', alt: true }] },
  { what: 'shift-up of rxvt', bytes: '\x1b[a', events: [{ name: 'up', shift: true }] },
  { what: 'ctrl-up of rxvt', bytes: '\x1bOa', events: [{ name: 'up', ctrl: true }] },
  { what: 'home', bytes: '\x1b[H', events: [{ name: 'home' }] },
  { what: 'end', bytes: '\x1b[4~', events: [{ name: 'end' }] },
  { what: 'delete', bytes: '\x1b[3~', events: [{ name: 'delete' }] },
  { what: 'shift-delete of rxvt', bytes: '\x1b[3$', events: [{ name: 'delete', shift: true }] },
  { what: 'ctrl-delete of rxvt', bytes: '\x1b[3^', events: [{ name: 'delete', ctrl: true }] },
  { what: 'page up', bytes: '\x1b[5~', events: [{ name: 'pageUp' }] },
  { what: 'ctrl-page down', bytes: '\x1b[6;5~', events: [{ name: 'pageDown', ctrl: true }] },
  { what: 'F1', bytes: '\x1bOP', events: [{ name: 'f1' }] },
  { what: 'F1 of the console', bytes: '\x1b[[A', events: [{ name: 'f1' }] },
  { what: 'ctrl-F3', bytes: '\x1b[1;5R', events: [{ name: 'f3', ctrl: true }] },
  { what: 'F12', bytes: '\x1b[24~', events: [{ name: 'f12' }] },
  { what: 'keypad 5, application', bytes: '\x1bOu', events: [{ name: '5', text: '5' }] },
  { what: 'escape, kitty', bytes: '\x1b[27u', events: [{ name: 'escape' }] },
  { what: 'ctrl-q, kitty', bytes: '\x1b[113;5u', events: [{ name: 'q', ctrl: true }] },
  { what: 'ctrl-q held, kitty', bytes: '\x1b[113;5:2u', events: [{ name: 'q', ctrl: true }] },
  { what: 'ctrl-q goes up, kitty', bytes: '\x1b[113;5:3u', events: [] },
  { what: 'ctrl-i is not tab, kitty', bytes: '\x1b[105;5u', events: [{ name: 'i', ctrl: true }] },
  { what: 'shift-enter, kitty', bytes: '\x1b[13;2u', events: [{ name: 'enter', shift: true }] },
  { what: 'J with alternates, kitty', bytes: '\x1b[106:74;2u', events: [{ name: 'J', text: 'J' }] },
  { what: 'J without alternates, kitty', bytes: '\x1b[106;2u', events: [{ name: 'J', text: 'J' }] },
  { what: 'text beside the key, kitty', bytes: '\x1b[97;;229u', events: [{ name: 'å', text: 'å' }] },
  { what: 'caps lock and num lock on, kitty', bytes: '\x1b[113;197u', events: [{ name: 'q', ctrl: true }] },
  { what: 'super is not ours, kitty', bytes: '\x1b[99;9u', events: [] },
  { what: 'shift by itself, kitty', bytes: '\x1b[57441;2u', events: [] },
  { what: 'F13, kitty', bytes: '\x1b[57376u', events: [{ name: 'f13' }] },
  { what: 'keypad enter, kitty', bytes: '\x1b[57414u', events: [{ name: 'enter' }] },
  { what: 'up goes up, kitty', bytes: '\x1b[1;1:3A', events: [] },
  { what: 'ctrl-q, modifyOtherKeys', bytes: '\x1b[27;5;113~', events: [{ name: 'q', ctrl: true }] },
  { what: 'shift-enter, modifyOtherKeys', bytes: '\x1b[27;2;13~', events: [{ name: 'enter', shift: true }] },
  { what: 'fast typing', bytes: 'jjk', events: [...'jjk'].map(name => ({ name, text: name })) },
  {
    what: 'keys of all kinds in one read',
    bytes: 'a\x1b[A\r\x1b[27ub',
    events: [{ name: 'a', text: 'a' }, { name: 'up' }, { name: 'enter' }, { name: 'escape' }, { name: 'b', text: 'b' }],
  },
  { what: 'bytes that are no text', bytes: 'a\xff\xfeb', events: [...'ab'].map(name => ({ name, text: name })) },
  { what: 'half a character and a letter', bytes: '\xe6\xbca', events: [{ name: 'a', text: 'a' }] },
  { what: 'a sequence that no key has', bytes: '\x1b[99~a', events: [{ name: 'a', text: 'a' }] },
];

const mouse = { type: 'mouse', button: 'none', ctrl: false, alt: false, shift: false };

export const OTHERS: readonly { readonly what: string; readonly bytes: string; readonly events: readonly object[] }[] =
  [
    {
      what: 'a paste',
      bytes: '\x1b[200~a\x1b[Ab\r\x1b[201~',
      events: [{ type: 'paste', text: 'a\x1b[Ab\r', bytes: Buffer.from('a\x1b[Ab\r') }],
    },
    { what: 'focus', bytes: '\x1b[I', events: [{ type: 'focus', focused: true }] },
    { what: 'no focus', bytes: '\x1b[O', events: [{ type: 'focus', focused: false }] },
    {
      what: 'a click, SGR',
      bytes: '\x1b[<0;10;5M',
      events: [{ ...mouse, action: 'press', button: 'left', x: 9, y: 4 }],
    },
    {
      what: 'let go, SGR',
      bytes: '\x1b[<2;1;1m',
      events: [{ ...mouse, action: 'release', button: 'right', x: 0, y: 0 }],
    },
    {
      what: 'a drag, SGR',
      bytes: '\x1b[<32;300;2M',
      events: [{ ...mouse, action: 'move', button: 'left', x: 299, y: 1 }],
    },
    { what: 'a move, SGR', bytes: '\x1b[<35;3;2M', events: [{ ...mouse, action: 'move', x: 2, y: 1 }] },
    { what: 'the wheel, SGR', bytes: '\x1b[<64;3;2M', events: [{ ...mouse, action: 'wheelUp', x: 2, y: 1 }] },
    {
      what: 'shift and the wheel, SGR',
      bytes: '\x1b[<69;3;2M',
      events: [{ ...mouse, action: 'wheelDown', shift: true, x: 2, y: 1 }],
    },
    {
      what: 'a click, X10',
      bytes: '\x1b[M\x20\x2a\x25',
      events: [{ ...mouse, action: 'press', button: 'left', x: 9, y: 4 }],
    },
    { what: 'let go, X10', bytes: '\x1b[M\x23\x2a\x25', events: [{ ...mouse, action: 'release', x: 9, y: 4 }] },
    {
      what: 'a click, urxvt',
      bytes: '\x1b[32;10;5M',
      events: [{ ...mouse, action: 'press', button: 'left', x: 9, y: 4 }],
    },
    { what: 'a back button', bytes: '\x1b[<128;10;5M', events: [] },
    { what: 'attributes', bytes: '\x1b[?62;22c', events: [{ type: 'reply', reply: { name: 'attributes' } }] },
    { what: 'kitty flags', bytes: '\x1b[?1u', events: [{ type: 'reply', reply: { name: 'kittyFlags', flags: 1 } }] },
    {
      what: 'a mode',
      bytes: '\x1b[?2026;2$y',
      events: [{ type: 'reply', reply: { name: 'mode', mode: 2026, state: 2 } }],
    },
    {
      what: 'the background, ended by ST',
      bytes: '\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\',
      events: [{ type: 'reply', reply: { name: 'background', color: '1e1e/1e1e/2e2e' } }],
    },
    {
      what: 'the foreground, ended by BEL',
      bytes: '\x1b]10;rgb:ff/ff/ff\x07',
      events: [{ type: 'reply', reply: { name: 'foreground', color: 'ff/ff/ff' } }],
    },
    {
      what: 'a version',
      bytes: '\x1bP>|kitty(0.40)\x1b\\',
      events: [{ type: 'reply', reply: { name: 'version', text: 'kitty(0.40)' } }],
    },
    {
      what: 'program status',
      bytes: '\x1b]7501;?\x1b\\',
      events: [{ type: 'reply', reply: { name: 'programStatus' } }],
    },
    {
      what: 'program status, with more behind it',
      bytes: '\x1b]7501;?:v=2\x07',
      events: [{ type: 'reply', reply: { name: 'programStatus' } }],
    },
    {
      what: 'dark or light',
      bytes: '\x1b[?997;2n',
      events: [{ type: 'reply', reply: { name: 'colorScheme', brightness: 'light' } }],
    },
  ];
