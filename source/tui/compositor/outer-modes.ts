import type { TerminalModes } from '../../terminal/modes.ts';

/** Modes of the user's terminal that follow the focused pane's program. */
export interface OuterModes {
  readonly applicationCursor: boolean;
  readonly applicationKeypad: boolean;
  /** Always reported in the SGR encoding: a pane's own is made of it. */
  readonly mouse: 'press' | 'drag' | 'move';
  readonly kittyFlags: number;
  readonly modifyOtherKeys: number;
}

/** What tutti itself wants, while no pane has the keys: clicks and the wheel, and keys told apart where the terminal can. */
export const COMMAND_MODES: OuterModes = {
  applicationCursor: false,
  applicationKeypad: false,
  mouse: 'press',
  kittyFlags: 1,
  modifyOtherKeys: 0,
};

/** The modes under which the terminal's bytes can pass to this program as they come. */
export function modesFor(program: TerminalModes | undefined): OuterModes {
  if (!program) return COMMAND_MODES;
  return {
    applicationCursor: program.applicationCursor,
    applicationKeypad: program.applicationKeypad,
    // A click on the list and the wheel are ours also while a program does not want the mouse.
    mouse: program.mouse === 'drag' || program.mouse === 'move' ? program.mouse : 'press',
    kittyFlags: program.kittyFlags,
    modifyOtherKeys: program.modifyOtherKeys,
  };
}

const MOUSE = { press: 1000, drag: 1002, move: 1003 } as const;

/** Bytes that bring the terminal from one to the other. `kitty`: it has said that it speaks that protocol. */
export function modeChange(from: OuterModes, to: OuterModes, kitty: boolean): string {
  let out = '';
  if (from.applicationCursor !== to.applicationCursor) out += to.applicationCursor ? '\x1b[?1h' : '\x1b[?1l';
  if (from.applicationKeypad !== to.applicationKeypad) out += to.applicationKeypad ? '\x1b=' : '\x1b>';
  if (from.mouse !== to.mouse) out += `\x1b[?${MOUSE[from.mouse]}l\x1b[?${MOUSE[to.mouse]}h`;
  if (kitty && from.kittyFlags !== to.kittyFlags) out += `\x1b[=${to.kittyFlags};1u`;
  if (from.modifyOtherKeys !== to.modifyOtherKeys) out += `\x1b[>4;${to.modifyOtherKeys}m`;
  return out;
}
