import type { MouseEvent } from './input-event.ts';
import type { Token } from './token.ts';

/** A mouse report in the SGR, X10 and urxvt encodings; undefined for what is none. */
export function decodeMouse(token: Token): MouseEvent | undefined {
  if (token.type === 'x10Mouse') {
    const [code = 0, column = 0, row = 0] = token.bytes.subarray(-3);
    return event(code - 32, column - 32, row - 32, { released: undefined, raw: token.bytes });
  }
  if (token.type !== 'csi' || (token.final !== 'M' && token.final !== 'm')) return undefined;
  const sgr = /^<(\d+);(\d+);(\d+)$/.exec(token.parameters);
  if (sgr) {
    return event(Number(sgr[1]), Number(sgr[2]), Number(sgr[3]), { released: token.final === 'm', raw: token.bytes });
  }
  const urxvt = /^(\d+);(\d+);(\d+)$/.exec(token.parameters);
  if (!urxvt) return undefined;
  return event(Number(urxvt[1]) - 32, Number(urxvt[2]), Number(urxvt[3]), { released: undefined, raw: token.bytes });
}

const BUTTONS = ['left', 'middle', 'right', 'none'] as const;
const WHEELS = ['wheelUp', 'wheelDown', 'wheelLeft', 'wheelRight'] as const;

/** `released` is what SGR says; the older encodings say button 3 instead, and not which one it was. */
function event(
  code: number,
  column: number,
  row: number,
  from: { readonly released: boolean | undefined; readonly raw: Buffer },
): MouseEvent | undefined {
  // Bit 7 marks buttons 8 to 11 (back, forward), which mean nothing here.
  if (code < 0 || code & 128 || column < 1 || row < 1) return undefined;
  const button = BUTTONS[code & 3] ?? 'none';
  const wheel = code & 64 ? WHEELS[code & 3] : undefined;
  const moved = (code & 32) !== 0;
  const released = from.released ?? (!moved && button === 'none');
  return {
    type: 'mouse',
    action: wheel ?? (moved ? 'move' : released ? 'release' : 'press'),
    button: wheel ? 'none' : button,
    x: column - 1,
    y: row - 1,
    ctrl: (code & 16) !== 0,
    alt: (code & 8) !== 0,
    shift: (code & 4) !== 0,
    raw: from.raw,
  };
}
