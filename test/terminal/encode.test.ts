import { describe, expect, test } from 'vitest';
import { encodeKey } from '../../source/terminal/encode-key.ts';
import { encodeMouse, type MouseInput } from '../../source/terminal/encode-mouse.ts';
import { encodePaste } from '../../source/terminal/encode-paste.ts';
import type { Key, KeyModes } from '../../source/terminal/key-names.ts';
import type { TerminalModes } from '../../source/terminal/modes.ts';

const LEGACY: KeyModes = { applicationCursor: false, kittyFlags: 0, modifyOtherKeys: 0 };

function key(stroke: string, modes: Partial<KeyModes> = {}): string | undefined {
  const parts = stroke.split('+').filter(part => part !== '');
  const name = stroke.endsWith('+') ? '+' : (parts.pop() ?? '');
  const held = (modifier: string) => (parts.includes(modifier) ? { [modifier]: true } : {});
  const pressed: Key = { name, ...held('ctrl'), ...held('alt'), ...held('shift') };
  const bytes = encodeKey(pressed, { ...LEGACY, ...modes });
  return bytes && Buffer.from(bytes).toString();
}

describe('keys', () => {
  test.each([
    ['a', 'a'],
    ['J', 'J'],
    ['é', 'é'],
    ['space', ' '],
    ['enter', '\r'],
    ['tab', '\t'],
    ['shift+tab', '\x1b[Z'],
    ['escape', '\x1b'],
    ['backspace', '\x7f'],
    ['ctrl+backspace', '\b'],
    ['alt+enter', '\x1b\r'],
    ['ctrl+c', '\x03'],
    ['ctrl+space', '\0'],
    ['ctrl+[', '\x1b'],
    ['ctrl+/', '\x1f'],
    ['ctrl+4', '\x1c'],
    ['alt+x', '\x1bx'],
    ['ctrl+alt+x', '\x1b\x18'],
    ['up', '\x1b[A'],
    ['ctrl+up', '\x1b[1;5A'],
    ['home', '\x1b[H'],
    ['f1', '\x1bOP'],
    ['shift+f1', '\x1b[1;2P'],
    ['f5', '\x1b[15~'],
    ['delete', '\x1b[3~'],
    ['ctrl+alt+shift+pageDown', '\x1b[6;8~'],
    ['nokey', undefined],
  ])('%s', (stroke, bytes) => expect(key(stroke)).toBe(bytes));

  test('in application cursor mode', () => {
    expect(key('up', { applicationCursor: true })).toBe('\x1bOA');
    expect(key('ctrl+up', { applicationCursor: true })).toBe('\x1b[1;5A');
    expect(key('delete', { applicationCursor: true })).toBe('\x1b[3~');
  });

  test('with modifyOtherKeys', () => {
    expect(key('shift+enter', { modifyOtherKeys: 1 })).toBe('\x1b[27;2;13~');
    expect(key('ctrl+c', { modifyOtherKeys: 1 })).toBe('\x03');
    expect(key('ctrl+.', { modifyOtherKeys: 1 })).toBe('\x1b[27;5;46~');
    expect(key('ctrl+c', { modifyOtherKeys: 2 })).toBe('\x1b[27;5;99~');
    expect(key('alt+x', { modifyOtherKeys: 2 })).toBe('\x1b[27;3;120~');
    expect(key('x', { modifyOtherKeys: 2 })).toBe('x');
    expect(key('enter', { modifyOtherKeys: 2 })).toBe('\r');
  });

  test.each([
    ['escape', 1, '\x1b[27u'],
    ['enter', 1, '\r'],
    ['shift+enter', 1, '\x1b[13;2u'],
    ['enter', 8, '\x1b[13u'],
    ['ctrl+c', 1, '\x1b[99;5u'],
    ['alt+X', 1, '\x1b[120;4u'],
    ['a', 1, 'a'],
    ['A', 1, 'A'],
    ['a', 8, '\x1b[97u'],
    ['A', 12, '\x1b[97:65;2u'],
    ['a', 24, '\x1b[97;;97u'],
    ['A', 24, '\x1b[97;2;65u'],
    ['space', 1, ' '],
    ['ctrl+space', 1, '\x1b[32;5u'],
    ['up', 1, '\x1b[A'],
    ['f1', 1, '\x1b[P'],
    ['f3', 1, '\x1b[13~'],
    ['ctrl+f3', 1, '\x1b[13;5~'],
    ['backspace', 1, '\x7f'],
    ['tab', 9, '\x1b[9u'],
    ['nokey', 1, undefined],
  ])('%s with kitty flags %i', (stroke, kittyFlags, bytes) => expect(key(stroke, { kittyFlags })).toBe(bytes));
});

describe('pastes', () => {
  const paste = (text: string, bracketed: boolean) => Buffer.from(encodePaste(text, { bracketed })).toString();

  test('line breaks become Enter, tabs stay', () => expect(paste('a\nb\r\nc\td\r', false)).toBe('a\rb\rc\td\r'));

  test('are wrapped if the program asked for it', () => expect(paste('é漢', true)).toBe('\x1b[200~é漢\x1b[201~'));

  test('cannot end early, nor press keys', () => {
    expect(paste('a\x1b[201~rm\x03\x1a\x7f\u009b\u0000z', true)).toBe('\x1b[200~a[201~rmz\x1b[201~');
  });
});

describe('the mouse', () => {
  const at = (input: Partial<MouseInput>): MouseInput => ({
    action: 'press',
    button: 'left',
    x: 4,
    y: 2,
    ctrl: false,
    alt: false,
    shift: false,
    ...input,
  });
  const mouse = (
    input: Partial<MouseInput>,
    mouse: TerminalModes['mouse'] = 'move',
    mouseEncoding: TerminalModes['mouseEncoding'] = 'sgr',
  ) => {
    const bytes = encodeMouse(at(input), { mouse, mouseEncoding });
    return bytes && Buffer.from(bytes).toString('latin1');
  };

  test('SGR', () => {
    expect(mouse({})).toBe('\x1b[<0;5;3M');
    expect(mouse({ action: 'release', button: 'right' })).toBe('\x1b[<2;5;3m');
    expect(mouse({ action: 'release', button: 'none' })).toBe('\x1b[<0;5;3m');
    expect(mouse({ action: 'move', button: 'left' })).toBe('\x1b[<32;5;3M');
    expect(mouse({ action: 'move', button: 'none' })).toBe('\x1b[<35;5;3M');
    expect(mouse({ action: 'wheelUp', button: 'none' })).toBe('\x1b[<64;5;3M');
    expect(mouse({ action: 'wheelRight', button: 'none', shift: true, alt: true, ctrl: true })).toBe('\x1b[<95;5;3M');
  });

  test('other encodings', () => {
    expect(mouse({}, 'move', 'default')).toBe('\x1b[M %#');
    expect(mouse({ action: 'release' }, 'move', 'default')).toBe('\x1b[M#%#');
    expect(mouse({ x: 300 }, 'move', 'default')).toBeUndefined();
    expect(mouse({ x: 222 }, 'move', 'default')).toBe('\x1b[M \xff#');
    expect(mouse({ x: 300 }, 'move', 'utf8')).toBe(`\x1b[M ${Buffer.from('\u014d').toString('latin1')}#`);
    expect(mouse({ x: 3_000 }, 'move', 'utf8')).toBeUndefined();
    expect(mouse({ x: 300 }, 'move', 'urxvt')).toBe('\x1b[32;301;3M');
    expect(mouse({ action: 'release' }, 'move', 'urxvt')).toBe('\x1b[35;5;3M');
    expect(mouse({}, 'move', 'sgrPixels')).toBe('\x1b[<0;45;50M');
  });

  test('only what was asked for', () => {
    expect(mouse({}, 'none')).toBeUndefined();
    expect(mouse({ shift: true }, 'x10', 'default')).toBe('\x1b[M %#');
    expect(mouse({ action: 'release' }, 'x10')).toBeUndefined();
    expect(mouse({ action: 'wheelUp' }, 'x10')).toBeUndefined();
    expect(mouse({ action: 'move' }, 'press')).toBeUndefined();
    expect(mouse({ action: 'wheelDown' }, 'press')).toBe('\x1b[<65;5;3M');
    expect(mouse({ action: 'move', button: 'none' }, 'drag')).toBeUndefined();
    expect(mouse({ action: 'move', button: 'left' }, 'drag')).toBe('\x1b[<32;5;3M');
  });
});
