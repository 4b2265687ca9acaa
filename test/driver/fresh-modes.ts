import type { TerminalModes } from './user-terminal.ts';

/** Of a terminal in which no program has set any: what it is left with. */
export const FRESH_MODES: TerminalModes = {
  alternateScreen: false,
  bracketedPaste: false,
  mouse: 'none',
  focusEvents: false,
  applicationCursor: false,
  cursorVisible: true,
};
