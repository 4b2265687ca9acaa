import fc from 'fast-check';

const CSI = '\x1b[';

/** Pieces of which random output is made: each does something that a screen has to remember. */
const TOKENS: readonly string[] = [
  ...[
    'abc',
    'hello world ',
    '漢字',
    '😀',
    '👩‍👩‍👧',
    '❤️',
    'e\u0301',
    '\u0301',
    '🇩🇪',
    '─│',
    ' '.repeat(30),
    '0123456789'.repeat(5),
  ],
  ...['\r\n', '\n', '\r', '\b', '\t', '\x0e', '\x0f', '\x07', '\x00', '\x18', '\x7f', '\u009b', '\u009c', '\u0085'],
  ...['(0', ')0', '(B', '*A', '+0', 'n', 'o', '|', '7', '8', 'D', 'M', 'E', 'H', '#8', '=', '>'].map(
    text => `\x1b${text}`,
  ),
  ...['m', '0m', '1;31m', '38;5;200;48;2;1;2;3m', '4:3;58:5:9m', '7m', '2;3;9;53m', '59m', '1"q', '0"q'].map(csi),
  ...['K', '1K', '2K', '?K', '?1K', 'J', '1J', '2J', '3J', '?2J', '5X', '3@', '2P', '2L', 'M', '2S', 'T'].map(csi),
  ...['3b', '999b', '3g', 'g', 'I', 'Z', '2 @', '3 A', "'}", "2'~", '!p', 's', 'u'].map(csi),
  ...['H', '5;5H', '3;39H', '999;999H', '2;6r', 'r', '4A', '3C', '99B', '9D'].map(csi),
  ...['4h', '4l', '20h', '20l', '?6h', '?6l', '?7l', '?7h', '?45h', '?45l', '?12h', '?25l', '?25h', '?1h'].map(csi),
  ...['?1049h', '?1049l', '?47h', '?47l', '?1047h', '?1047l', '?1048h', '?1048l'].map(csi),
  ...['?1000h', '?1002h', '?1003l', '?1005h', '?1006h', '?1015h', '?1016l', '?2004h', '?2026h', '?2026l', '?2031h'].map(
    csi,
  ),
  ...[
    '>1u',
    '>5u',
    '<u',
    '=3;2u',
    '?u',
    '>4;2m',
    '>4m',
    '3 q',
    '0 q',
    '22;0t',
    '23;0t',
    '6n',
    'c',
    '18t',
    '?2026$p',
  ].map(csi),
  ...['0;tïtle\x07', '8;;http://a/b\x1b\\', '8;id=q;http://c\x07', '8;;\x07', '4;3;#123456\x07', '104\x07'].map(osc),
  ...['10;rgb:11/22/33\x1b\\', '11;?\x07', '111\x07', '9;4;1;30\x07', '9;4;0\x07', '133;A\x07', '52;c;aGk=\x07'].map(
    osc,
  ),
  ...['state=working:id=a/b:msg=aGk=\x07', 'state=blocked:kind=question\x1b\\', 'state=clear:id=a\x07', '?\x07'].map(
    body => osc(`7501;${body}`),
  ),
  ...[
    '\x1bP$qm\x1b\\',
    '\x1bP+q544e\x1b\\',
    '\x1b_x;1\x1b\\',
    '\x1bXs',
    '\x1bPq',
    '\x1b]0;ab',
    `${CSI}31`,
    CSI,
    '\x1b',
  ],
];

function csi(text: string): string {
  return `${CSI}${text}`;
}

function osc(text: string): string {
  return `\x1b]${text}`;
}

const NONSENSE = fc.uint8Array({ minLength: 1, maxLength: 4 });

/** Output of a program gone mad: known pieces, now and then cut short, now and then any bytes. Seldom a reset. */
export const tokenStream: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      { weight: 60, arbitrary: fc.constantFrom(...TOKENS).map(token => Buffer.from(token, 'utf8')) },
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.constantFrom(...TOKENS), fc.nat(9))
          .map(([token, cut]) => Buffer.from(token, 'utf8').subarray(0, cut)),
      },
      { weight: 3, arbitrary: NONSENSE },
      { weight: 1, arbitrary: fc.constant(Buffer.from('\x1bc')) },
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map(parts => new Uint8Array(Buffer.concat(parts)));
