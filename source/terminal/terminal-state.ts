import { Colors } from './colors.ts';
import { KeyboardStack } from './kitty-keyboard.ts';
import type { TerminalModes } from './modes.ts';
import type { TerminalSignal } from './signal.ts';
import { StatusRecords } from './status-records.ts';
import { type Core, type CoreSize, type OpenCore, openCore } from './xterm-core.ts';

/** All that one terminal is, with what xterm does not keep. Shared by the readers of this room. */
export interface TerminalState extends OpenCore {
  readonly colors: Colors;
  readonly records: StatusRecords;
  readonly keyboards: { readonly normal: KeyboardStack; readonly alternate: KeyboardStack };
  title: string;
  /** XTWINOPS 22 and 23, the last pushed at the end. */
  titles: string[];
  mouseEncoding: TerminalModes['mouseEncoding'];
  modifyOtherKeys: number;
  colorScheme: boolean;
  readonly terminalName: string;
  readonly shell: boolean;
  readonly now: () => number;
  /** Answers a query of the program. Does nothing in a client's copy. */
  readonly reply: (text: string) => void;
  readonly signal: (signal: TerminalSignal) => void;
}

export interface TerminalStateOptions extends CoreSize {
  readonly terminalName: string;
  readonly shell: boolean;
  readonly now: () => number;
  readonly reply: (text: string) => void;
  readonly signal: (signal: TerminalSignal) => void;
}

/** As xterm: deeper title stacks lose their oldest. */
const MOST_TITLES = 10;
const LONGEST_TITLE = 1_024;

export function createTerminalState(options: TerminalStateOptions): TerminalState {
  const { terminalName, shell, now, reply, signal } = options;
  return {
    ...openCore(options),
    colors: new Colors(),
    records: new StatusRecords(),
    keyboards: { normal: new KeyboardStack(), alternate: new KeyboardStack() },
    title: '',
    titles: [],
    mouseEncoding: 'default',
    modifyOtherKeys: 0,
    colorScheme: false,
    terminalName,
    shell,
    now,
    reply,
    signal,
  };
}

export function onAlternate(core: Core): boolean {
  return core.buffers.active === core.buffers.alt;
}

/** The keyboard stack of the screen that is shown. */
export function keyboard(state: TerminalState): KeyboardStack {
  return onAlternate(state.core) ? state.keyboards.alternate : state.keyboards.normal;
}

export function setTitle(state: TerminalState, title: string): void {
  const clean = title.replace(/[\x00-\x1f\x7f-\x9f]/g, '').slice(0, LONGEST_TITLE);
  if (clean === state.title) return;
  state.title = clean;
  state.signal({ type: 'title', title: clean });
}

export function pushTitle(state: TerminalState): void {
  state.titles.push(state.title);
  if (state.titles.length > MOST_TITLES) state.titles.shift();
}

export function popTitle(state: TerminalState): void {
  const title = state.titles.pop();
  if (title !== undefined) setTitle(state, title);
}

/** RIS, beside what xterm resets. The title stays, as in xterm. */
export function resetState(state: TerminalState): void {
  state.colors.reset();
  state.records.removeAll();
  state.keyboards.normal.reset();
  state.keyboards.alternate.reset();
  state.titles = [];
  state.mouseEncoding = 'default';
  state.modifyOtherKeys = 0;
  state.colorScheme = false;
}

export function readModes(state: TerminalState): TerminalModes {
  const { core } = state;
  const modes = core.coreService.decPrivateModes;
  return {
    alternateScreen: onAlternate(core),
    applicationCursor: modes.applicationCursorKeys,
    applicationKeypad: modes.applicationKeypad,
    bracketedPaste: modes.bracketedPasteMode,
    focusEvents: modes.sendFocus,
    colorScheme: state.colorScheme,
    mouse: MOUSE[core.coreMouseService.activeProtocol],
    mouseEncoding: state.mouseEncoding,
    kittyFlags: keyboard(state).top,
    modifyOtherKeys: state.modifyOtherKeys,
    cursorVisible: !core.coreService.isCursorHidden,
    cursorShape: modes.cursorStyle ?? 'block',
    cursorBlink: modes.cursorBlink ?? core.options.cursorBlink,
    cursorChosen: modes.cursorStyle !== undefined,
  };
}

const MOUSE = { NONE: 'none', X10: 'x10', VT200: 'press', DRAG: 'drag', ANY: 'move' } as const;
