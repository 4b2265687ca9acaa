/** Output that is made up, the same each time: what programs seldom print, and what would be too big to keep. */
export interface Generated {
  readonly name: string;
  readonly columns: number;
  readonly rows: number;
  readonly bytes: () => Uint8Array;
}

const CSI = '\x1b[';

export const GENERATED: readonly Generated[] = [
  { name: 'wide', columns: 40, rows: 10, bytes: () => text(wide()) },
  { name: 'emoji', columns: 60, rows: 24, bytes: () => text(emoji()) },
  { name: 'combining', columns: 40, rows: 10, bytes: () => text(combining()) },
  { name: 'colors', columns: 80, rows: 24, bytes: () => text(colors()) },
  { name: 'regions', columns: 40, rows: 12, bytes: () => text(regions()) },
  { name: 'alternate', columns: 40, rows: 12, bytes: () => text(alternate()) },
  { name: 'editing', columns: 40, rows: 16, bytes: () => text(editing()) },
  { name: 'charsets', columns: 40, rows: 8, bytes: () => text(charsets()) },
  { name: 'tabs', columns: 60, rows: 8, bytes: () => text(tabs()) },
  { name: 'long-line', columns: 80, rows: 24, bytes: () => text(`begin\r\n${digits(10_000)}\r\nend`) },
  { name: 'invalid-utf8', columns: 60, rows: 16, bytes: invalidUtf8 },
  { name: 'megabyte', columns: 80, rows: 24, bytes: () => text(digits(1_000_000)) },
];

/** A linear congruence (Numerical Recipes): bytes from a seed. */
export function randomBytes(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

function text(string: string): Uint8Array {
  return Buffer.from(string, 'utf8');
}

/** Digits that tell their own place: `…0100 0105 0110…`. */
function digits(length: number): string {
  let line = '';
  for (let at = 0; line.length < length; at += 7) line += `${String(at).padStart(6, '0')}|`;
  return line.slice(0, length);
}

function wide(): string {
  return [
    '漢字かな交じり文、全角ＡＢＣ',
    `${'あ'.repeat(19)}x${'い'.repeat(3)}`,
    `a${'う'.repeat(22)}`,
    // Over the left half, over the right half, erased from the middle.
    `一二三四五六${CSI}3Gx${CSI}8Gy${CSI}11G${CSI}K`,
    `한글 조선글${CSI}3D${CSI}P${CSI}2@`,
    `${CSI}7l${CSI}?7l${'世'.repeat(25)}${CSI}?7h`,
    'ｶﾀｶﾅ half',
  ].join('\r\n');
}

function emoji(): string {
  return [
    '😀 one face|',
    '⌚ ⏰ ⭐ ✅ ❌|',
    '❤ ⚠ ✔ ☀ text|',
    '🇩🇪🇫🇷 flags|',
    '🇩 half a flag|',
    '✳ ✻ ● ⏺ ⎿ spinner|',
    '⠋⠙⠹⠸ braille|',
    '👍🏽 skin tone|',
    '👩‍👩‍👧 family|',
    '❤️ heart|',
    '1️⃣ keycap|',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿 tag flag|',
    '🫨 new|',
  ].join('\r\n');
}

function combining(): string {
  return [
    'e\u0301 a\u0308 o\u0302\u0323 n\u0303|',
    `${'x'.repeat(39)}e\u0301y`,
    'กำ ที่ ไทย|',
    'नमस्ते|',
    'שָׁלוֹם|',
    'a\u200bb c\u200dd e\ufefff|',
    '\u0301mark first',
  ].join('\r\n');
}

function colors(): string {
  const lines: string[] = [];
  for (let row = 0; row < 4; row++) {
    let line = '';
    for (let i = 0; i < 64; i++) line += `${CSI}48;5;${row * 64 + i}m `;
    lines.push(`${line}${CSI}m`);
  }
  let ramp = '';
  for (let i = 0; i < 64; i++) ramp += `${CSI}38;2;${i * 4};${255 - i * 4};128;48;2;0;0;${i * 4}m▀`;
  lines.push(`${ramp}${CSI}m`);
  lines.push(
    [
      '1mbold',
      '2mdim',
      '3mitalic',
      '4munder',
      '5mblink',
      '7minverse',
      '8mhidden',
      '9mstrike',
      '21mdouble',
      '4:3mcurly',
      '53mover',
      '1;3;4;31;44mmany',
    ]
      .map(sgr => `${CSI}${sgr}${CSI}m `)
      .join(''),
  );
  lines.push(`${CSI}4;58;5;9mcolored${CSI}59m default${CSI}m ${CSI}38:2::1:2:3mcolons${CSI}38:5:200m and${CSI}m`);
  lines.push(
    `${CSI}44mback${CSI}K`,
    `${CSI}mplain${CSI}41m${CSI}5Xerased${CSI}m`,
    `${CSI}1;31mred${CSI}39m default${CSI}22m thin`,
  );
  lines.push(`${CSI}90;107mbright${CSI}m${CSI}31;42m${CSI}7m swapped ${CSI}27m not${CSI}m`);
  return lines.join('\r\n');
}

function regions(): string {
  const lines = Array.from({ length: 12 }, (_, i) => `line ${i + 1}`).join('\r\n');
  return (
    `${lines}${CSI}3;8r${CSI}8;1H\n\nscrolled${CSI}3;1H\x1bM\x1bMabove` +
    `${CSI}5;1H${CSI}2Linserted${CSI}7;1H${CSI}M${CSI}?6h${CSI}2;5Horigin${CSI}99;1Hbottom${CSI}?6l` +
    `${CSI}r${CSI}10;1H${CSI}S${CSI}12;1Hlast${CSI}1;20H${CSI}2T`
  );
}

function alternate(): string {
  return (
    `shell one\r\nshell two\r\n${CSI}31m$ ${CSI}?1049h${CSI}H${CSI}2Jfull screen${CSI}5;10Hmiddle` +
    `${CSI}?1049l after${CSI}m\r\n${CSI}?47hagain${CSI}?47l${CSI}?1048h more${CSI}?1048lless\x1b7${CSI}1;30Hcorner\x1b8!`
  );
}

function editing(): string {
  return [
    `abcdefghij${CSI}5D${CSI}2P|`,
    `abcdefghij${CSI}5D${CSI}3@|`,
    `abcdefghij${CSI}5D${CSI}K|`,
    `abcdefghij${CSI}5D${CSI}1K|`,
    `abcdefghij${CSI}5D${CSI}3X|`,
    `abc${CSI}4b|`,
    `abc${CSI}4hXYZ${CSI}3DQ${CSI}4l|`,
    `${'x'.repeat(40)}${CSI}Kend`,
    `${'y'.repeat(40)}\rstart`,
    `${'z'.repeat(40)}\b\bbs`,
    `one\x0btwo\x0cthree`,
    `${CSI}10;10H${CSI}1Jupper gone`,
    `${CSI}14;1Hlower${CSI}J`,
  ].join('\r\n');
}

function charsets(): string {
  return `\x1b(0lqqqk\r\nx   x\r\nmqqqj\x1b(B\r\n\x1b)0a\x0eqqq\x0fb\r\n\x1b(0\x1b7\x1b(Bplain\x1b8q\x1b(B\r\n\x1b*0\x1bnqq\x0fq`;
}

function tabs(): string {
  return `a\tb\tc\r\n${CSI}3g${CSI}5G\x1bH${CSI}20G\x1bH\ra\tb\tc\td\r\n${CSI}30Gx${CSI}Zy${CSI}2Zz\r\n${CSI}Ione${CSI}5Itwo`;
}

function invalidUtf8(): Uint8Array {
  const lines = [
    [0x61, 0xff, 0x62, 0xfe, 0x63],
    [0x61, 0x80, 0x62, 0xbf, 0xbf, 0x63],
    [0x61, 0xc3, 0x62, 0xe2, 0x82, 0x63, 0xf0, 0x9f, 0x98, 0x64],
    [0x61, 0xc0, 0xaf, 0x62, 0xe0, 0x80, 0xaf, 0x63],
    [0x61, 0xed, 0xa0, 0x80, 0x62, 0xf4, 0x90, 0x80, 0x80, 0x63],
    [0x61, 0xe2, 0x1b, 0x5b, 0x31, 0x6d, 0x62, 0x1b, 0x5b, 0x6d, 0x63],
    [0x61, 0xc2, 0x9b, 0x33, 0x31, 0x6d, 0x62],
  ];
  return Uint8Array.from(lines.flatMap(line => [...line, 0x7c, 0x0d, 0x0a]));
}
