/** What a program has asked of its terminal. Belongs to the session: set on the user's terminal on focus, cleared on leaving. */
export interface TerminalModes {
  readonly alternateScreen: boolean;
  readonly applicationCursor: boolean;
  readonly applicationKeypad: boolean;
  readonly bracketedPaste: boolean;
  readonly focusEvents: boolean;
  /** DECSET 2031: wants to be told when light turns dark. */
  readonly colorScheme: boolean;
  readonly mouse: 'none' | 'x10' | 'press' | 'drag' | 'move';
  readonly mouseEncoding: 'default' | 'utf8' | 'sgr' | 'urxvt' | 'sgrPixels';
  /** Flags on top of the kitty keyboard stack of the active screen; 0 is legacy. */
  readonly kittyFlags: number;
  /** XTMODKEYS modifyOtherKeys level, 0–2. */
  readonly modifyOtherKeys: number;
  readonly cursorVisible: boolean;
  readonly cursorShape: 'block' | 'underline' | 'bar';
  readonly cursorBlink: boolean;
  /** The program chose shape and blinking (DECSCUSR); else the user's own are right. */
  readonly cursorChosen?: boolean;
}

/** Of a program that has asked for nothing, or that is not there yet. */
export const UNASKED: TerminalModes = {
  alternateScreen: false,
  applicationCursor: false,
  applicationKeypad: false,
  bracketedPaste: false,
  focusEvents: false,
  colorScheme: false,
  mouse: 'none',
  mouseEncoding: 'default',
  kittyFlags: 0,
  modifyOtherKeys: 0,
  cursorVisible: true,
  cursorShape: 'block',
  cursorBlink: false,
};
