import { describe, expect, test } from 'vitest';
import { Screen } from '../../source/terminal/screen.ts';
import { fedScreen, rows } from './fed-screen.ts';

const hex = (text: string) => Buffer.from(text).toString('hex');

describe('queries are answered in their order, once, and print nothing', () => {
  test.each([
    ['DA1', '\x1b[c', ['\x1b[?62;22c']],
    ['DA1 with 0', '\x1b[0c', ['\x1b[?62;22c']],
    ['an answer that comes back', '\x1b[?62;22c', []],
    ['DA2', '\x1b[>c', ['\x1b[>1;277;0c']],
    ['DA3', '\x1b[=c', ['\x1bP!|00000000\x1b\\']],
    ['DSR', '\x1b[5n', ['\x1b[0n']],
    ['the cursor', '\x1b[3;7H\x1b[6n\x1b[?6n', ['\x1b[3;7R', '\x1b[?3;7R']],
    ['the cursor at the margin', '\x1b[1;40Hx\x1b[6n', ['\x1b[1;40R']],
    ['the cursor in origin mode', '\x1b[3;6r\x1b[?6h\x1b[2;1H\x1b[6n', ['\x1b[2;1R']],
    ['XTVERSION', '\x1b[>q\x1b[>0q', ['\x1bP>|tutti(1.2.3)\x1b\\', '\x1bP>|tutti(1.2.3)\x1b\\']],
    ['foreground', '\x1b]10;?\x07', ['\x1b]10;rgb:d8d8/d8d8/d8d8\x07']],
    ['background', '\x1b]11;?\x1b\\', ['\x1b]11;rgb:1010/1010/1010\x1b\\']],
    ['several colours', '\x1b]10;?;?\x07', ['\x1b]10;rgb:d8d8/d8d8/d8d8\x07', '\x1b]11;rgb:1010/1010/1010\x07']],
    ['a colour that was set', '\x1b]11;#123456\x07\x1b]11;?\x07', ['\x1b]11;rgb:1212/3434/5656\x07']],
    ['the palette', '\x1b]4;1;?;196;?\x07', ['\x1b]4;1;rgb:cdcd/0000/0000\x07', '\x1b]4;196;rgb:ffff/0000/0000\x07']],
    ['light or dark', '\x1b[?996n', ['\x1b[?997;1n']],
    ['the keyboard', '\x1b[?u\x1b[>5u\x1b[?u', ['\x1b[?0u', '\x1b[?5u']],
    ['modifyOtherKeys', '\x1b[>4;2m\x1b[?4m', ['\x1b[>4;2m']],
    [
      'modes',
      '\x1b[?2004h\x1b[?2004$p\x1b[?25$p\x1b[?2026$p\x1b[?2027$p\x1b[?2031$p\x1b[?9999$p\x1b[4$p',
      [
        '\x1b[?2004;1$y',
        '\x1b[?25;1$y',
        '\x1b[?2026;2$y',
        '\x1b[?2027;3$y',
        '\x1b[?2031;2$y',
        '\x1b[?9999;0$y',
        '\x1b[4;2$y',
      ],
    ],
    ['sizes', '\x1b[14t\x1b[16t\x1b[18t\x1b[19t', ['\x1b[4;160;400t', '\x1b[6;20;10t', '\x1b[8;8;40t', '\x1b[9;8;40t']],
    ['SGR', '\x1b[1;4:3;38;5;9;48;2;1;2;3m\x1bP$qm\x1b\\', ['\x1bP1$r0;1;4:3;91;48;2;1;2;3m\x1b\\']],
    ['margins', '\x1b[2;5r\x1bP$qr\x1b\\', ['\x1bP1$r2;5r\x1b\\']],
    ['the cursor’s shape', '\x1b[5 q\x1bP$q q\x1b\\', ['\x1bP1$r5 q\x1b\\']],
    ['protection', '\x1b[1"q\x1bP$q"q\x1b\\\x1bP$q"p\x1b\\', ['\x1bP1$r1"q\x1b\\', '\x1bP1$r62;1"p\x1b\\']],
    ['a setting that is unknown', '\x1bP$qzz\x1b\\', ['\x1bP0$r\x1b\\']],
    [
      'capabilities',
      `\x1bP+q${hex('Co')};${hex('Ms')}\x1b\\`,
      [`\x1bP1+r${hex('Co')}=${hex('256')}\x1b\\`, `\x1bP0+r${hex('Ms')}\x1b\\`],
    ],
    ['title and clipboard: never', '\x1b[21t\x1b[20t\x1b]52;c;?\x07\x1b]0;x\x07', []],
    ['status', '\x1b]7501;?\x07', ['\x1b]7501;?\x07']],
  ])('%s', (_, question, answers) => {
    const { replies, screen } = fedScreen(`${question}`);
    expect(replies).toEqual(answers);
    expect(rows(screen)[0]?.replace('x', '').trim()).toBe('');
    // Byte for byte it is the same.
    const slow = fedScreen();
    for (const byte of Buffer.from(question)) slow.screen.feed(Uint8Array.of(byte));
    expect(slow.replies).toEqual(answers);
  });

  test('the order of the questions is that of the answers', () => {
    const { replies } = fedScreen('\x1b[6n\x1b]11;?\x07\x1bP+q544e\x1b\\\x1b[?u\x1b[>q\x1b]7501;?\x07\x1b[?7$p\x1b[c');
    expect(replies.map(reply => reply.slice(1, 4))).toEqual(['[1;', ']11', 'P1+', '[?0', 'P>|', ']75', '[?7', '[?6']);
  });

  test('a screen without onReply answers nothing', () => {
    const copy = new Screen({ columns: 40, rows: 8, scrollback: 0 });
    copy.feed(Buffer.from('\x1b[c\x1b[6n\x1b]7501;?\x07\x1bP$qm\x1b\\ok'));
    expect(rows(copy)).toEqual(['ok']);
  });
});

describe('colours', () => {
  test('are those of the user’s terminal when they are known', () => {
    const { screen, replies, feed } = fedScreen();
    screen.colors = { foreground: '0000/0000/0000', background: 'ffff/fafa/f0f0' };
    feed('\x1b]10;?\x07\x1b]11;?\x07\x1b]12;?\x07\x1b[?996n');
    expect(replies).toEqual([
      '\x1b]10;rgb:0000/0000/0000\x07',
      '\x1b]11;rgb:ffff/fafa/f0f0\x07',
      '\x1b]12;rgb:0000/0000/0000\x07',
      '\x1b[?997;2n',
    ]);
  });

  test('a program that asked for it is told when light turns dark, and no other', () => {
    const light = { background: 'ffff/ffff/ffff' };
    const { screen, replies, feed } = fedScreen();
    screen.colors = light;
    expect(replies).toEqual([]);
    feed('\x1b[?2031h');
    screen.colors = light;
    screen.colors = {};
    screen.colors = light;
    expect(replies).toEqual(['\x1b[?997;1n', '\x1b[?997;2n']);
  });

  test('that a program set end with 104, 110, 111, 112 and RIS', () => {
    const { replies, feed } = fedScreen('\x1b]4;1;#fff;2;#fff\x07\x1b]11;#fff\x07');
    feed('\x1b]104;1\x07\x1b]4;1;?;2;?\x07\x1b]111\x07\x1b]11;?\x07\x1bc\x1b]4;2;?\x07');
    expect(replies).toEqual([
      '\x1b]4;1;rgb:cdcd/0000/0000\x07',
      '\x1b]4;2;rgb:ffff/ffff/ffff\x07',
      '\x1b]11;rgb:1010/1010/1010\x07',
      '\x1b]4;2;rgb:0000/cdcd/0000\x07',
    ]);
  });
});

describe('the kitty keyboard', () => {
  const flags = (text: string) => fedScreen(text).screen.modes().kittyFlags;

  test('pushes, pops, sets', () => {
    expect(flags('\x1b[>1u')).toBe(1);
    expect(flags('\x1b[>1u\x1b[>9u\x1b[<u')).toBe(1);
    expect(flags('\x1b[>1u\x1b[>9u\x1b[<2u')).toBe(0);
    expect(flags('\x1b[>1u\x1b[<99u')).toBe(0);
    expect(flags('\x1b[=5u')).toBe(5);
    expect(flags('\x1b[>1u\x1b[=6;2u')).toBe(7);
    expect(flags('\x1b[>7u\x1b[=2;3u')).toBe(5);
    expect(flags('\x1b[>255u')).toBe(31);
  });

  test('has one stack for each screen', () => {
    expect(flags('\x1b[>1u\x1b[?1049h')).toBe(0);
    expect(flags('\x1b[>1u\x1b[?1049h\x1b[>9u\x1b[?1049l')).toBe(1);
    expect(flags('\x1b[?1049h\x1b[>9u\x1b[?1049l\x1b[>1u\x1b[?1049h')).toBe(9);
  });

  test('loses its oldest entries beyond sixteen, and all with RIS', () => {
    const { screen, feed } = fedScreen(Array.from({ length: 5_000 }, () => '\x1b[>3u').join(''));
    feed('\x1b[<15u');
    expect(screen.modes().kittyFlags).toBe(3);
    feed('\x1b[<u');
    expect(screen.modes().kittyFlags).toBe(0);
    expect(flags('\x1b[>1u\x1bc')).toBe(0);
  });
});

test('modes are those that the program asked for', () => {
  const { screen } = fedScreen('\x1b[?1;1002;1006;1004;2004;2031;1049h\x1b=\x1b[?25l\x1b[3 q\x1b[>4;1m\x1b[>2u');
  expect(screen.modes()).toEqual({
    alternateScreen: true,
    applicationCursor: true,
    applicationKeypad: true,
    bracketedPaste: true,
    focusEvents: true,
    colorScheme: true,
    mouse: 'drag',
    mouseEncoding: 'sgr',
    kittyFlags: 2,
    modifyOtherKeys: 1,
    cursorVisible: false,
    cursorShape: 'underline',
    cursorBlink: true,
    cursorChosen: true,
  });
});

test('DEC 2026 is told while it lasts', () => {
  const { screen, feed } = fedScreen('\x1b[?2026h');
  expect(screen.synchronizing).toBe(true);
  feed('\x1b[?2026l');
  expect(screen.synchronizing).toBe(false);
});
