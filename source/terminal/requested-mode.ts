import { onAlternate, type TerminalState } from './terminal-state.ts';

/** DECRPM's answers. */
const Answer = { unknown: 0, set: 1, reset: 2, alwaysSet: 3, alwaysReset: 4 } as const;

/** What DECRQM is told about a mode. */
export function requestedMode(state: TerminalState, asked: { readonly mode: number; readonly ansi: boolean }): number {
  const answer = asked.ansi ? ansiMode(state, asked.mode) : privateMode(state, asked.mode);
  return typeof answer === 'boolean' ? (answer ? Answer.set : Answer.reset) : answer;
}

function ansiMode({ core }: TerminalState, mode: number): boolean | number {
  switch (mode) {
    case 2:
      return Answer.alwaysReset;
    case 4:
      return core.coreService.modes.insertMode;
    case 12:
      return Answer.alwaysSet;
    case 20:
      return core.options.convertEol;
    default:
      return Answer.unknown;
  }
}

function privateMode(state: TerminalState, mode: number): boolean | number {
  const { core } = state;
  const modes = core.coreService.decPrivateModes;
  const mouse = core.coreMouseService.activeProtocol;
  switch (mode) {
    case 1:
      return modes.applicationCursorKeys;
    case 6:
      return modes.origin;
    case 7:
      return modes.wraparound;
    case 8:
      return Answer.alwaysSet;
    case 9:
      return mouse === 'X10';
    case 12:
      return modes.cursorBlink ?? core.options.cursorBlink;
    case 25:
      return !core.coreService.isCursorHidden;
    case 45:
      return modes.reverseWraparound;
    case 66:
      return modes.applicationKeypad;
    case 67:
      return Answer.alwaysReset;
    case 1000:
      return mouse === 'VT200';
    case 1002:
      return mouse === 'DRAG';
    case 1003:
      return mouse === 'ANY';
    case 1004:
      return modes.sendFocus;
    case 1005:
      return state.mouseEncoding === 'utf8';
    case 1006:
      return state.mouseEncoding === 'sgr';
    case 1015:
      return state.mouseEncoding === 'urxvt';
    case 1016:
      return state.mouseEncoding === 'sgrPixels';
    case 47:
    case 1047:
    case 1049:
      return onAlternate(core);
    case 1048:
      return Answer.set;
    case 2004:
      return modes.bracketedPasteMode;
    case 2026:
      return modes.synchronizedOutput;
    // Clusters are joined, always.
    case 2027:
      return Answer.alwaysSet;
    case 2031:
      return state.colorScheme;
    default:
      return Answer.unknown;
  }
}
