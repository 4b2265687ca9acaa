import { CELL_PIXELS } from './answer-queries.ts';
import type { TerminalModes } from './modes.ts';

export interface MouseInput {
  readonly action: 'press' | 'release' | 'move' | 'wheelUp' | 'wheelDown' | 'wheelLeft' | 'wheelRight';
  /** For a move, the button that is held. */
  readonly button: 'left' | 'middle' | 'right' | 'none';
  /** Cell of the pane, counted from 0. */
  readonly x: number;
  readonly y: number;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

const BUTTON = { left: 0, middle: 1, right: 2, none: 3 } as const;
const WHEEL = { wheelUp: 64, wheelDown: 65, wheelLeft: 66, wheelRight: 67 } as const;

/** A report as the program asked for; undefined when it did not ask for this one, or its encoding cannot say it. */
export function encodeMouse(
  input: MouseInput,
  modes: Pick<TerminalModes, 'mouse' | 'mouseEncoding'>,
): Uint8Array | undefined {
  if (!isWanted(input, modes.mouse)) return undefined;
  const released = input.action === 'release';
  const modifiers = modes.mouse === 'x10' ? 0 : (input.shift ? 4 : 0) | (input.alt ? 8 : 0) | (input.ctrl ? 16 : 0);
  const button =
    input.action === 'press' || input.action === 'release'
      ? BUTTON[input.button]
      : input.action === 'move'
        ? BUTTON[input.button] | 32
        : WHEEL[input.action];
  const [x, y] = [input.x + 1, input.y + 1];
  // Only SGR says which button went up.
  const legacy = (released ? BUTTON.none : button) | modifiers;
  switch (modes.mouseEncoding) {
    case 'sgr':
      return Buffer.from(`\x1b[<${sgrButton(input, button) | modifiers};${x};${y}${released ? 'm' : 'M'}`);
    case 'sgrPixels': {
      const at = `${input.x * CELL_PIXELS.width + CELL_PIXELS.width / 2};${input.y * CELL_PIXELS.height + CELL_PIXELS.height / 2}`;
      return Buffer.from(`\x1b[<${sgrButton(input, button) | modifiers};${at}${released ? 'm' : 'M'}`);
    }
    case 'urxvt':
      return Buffer.from(`\x1b[${legacy + 32};${x};${y}M`);
    case 'utf8':
      return Math.max(x, y) + 32 > 2_047
        ? undefined
        : Buffer.from(`\x1b[M${String.fromCharCode(legacy + 32, x + 32, y + 32)}`);
    case 'default':
      return Math.max(x, y) + 32 > 255 ? undefined : Buffer.from([0x1b, 0x5b, 0x4d, legacy + 32, x + 32, y + 32]);
    default:
      return modes.mouseEncoding satisfies never;
  }
}

/** A release of who knows which button is the left one's: 3 means none only while moving. */
function sgrButton(input: MouseInput, button: number): number {
  return input.action === 'release' && input.button === 'none' ? 0 : button;
}

function isWanted({ action, button }: MouseInput, mouse: TerminalModes['mouse']): boolean {
  switch (mouse) {
    case 'none':
      return false;
    case 'x10':
      return action === 'press' && button !== 'none';
    case 'press':
      return action !== 'move';
    case 'drag':
      return action !== 'move' || button !== 'none';
    case 'move':
      return true;
    default:
      return mouse satisfies never;
  }
}
