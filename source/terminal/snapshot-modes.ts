import type { ByteSink } from './byte-sink.ts';
import { formatColor } from './colors.ts';
import type { TerminalState } from './terminal-state.ts';

const MOUSE = { NONE: 0, X10: 9, VT200: 1000, DRAG: 1002, ANY: 1003 } as const;
const ENCODING = { default: 0, utf8: 1005, sgr: 1006, urxvt: 1015, sgrPixels: 1016 } as const;

/** Modes, titles and colours, as the sequences that set them. */
export function writeModes(state: TerminalState, sink: ByteSink): void {
  const { core } = state;
  const modes = core.coreService.decPrivateModes;
  const on: (number | false)[] = [
    modes.applicationCursorKeys && 1,
    modes.origin && 6,
    core.options.cursorBlink && 12,
    modes.reverseWraparound && 45,
    MOUSE[core.coreMouseService.activeProtocol],
    ENCODING[state.mouseEncoding],
    modes.sendFocus && 1004,
    modes.bracketedPasteMode && 2004,
    modes.synchronizedOutput && 2026,
    state.colorScheme && 2031,
  ];
  const set = on.filter(mode => mode);
  if (set.length > 0) sink.ascii(`\x1b[?${set.join(';')}h`);
  if (!modes.wraparound) sink.ascii('\x1b[?7l');
  if (core.coreService.isCursorHidden) sink.ascii('\x1b[?25l');
  if (modes.applicationKeypad) sink.ascii('\x1b=');
  if (core.coreService.modes.insertMode) sink.ascii('\x1b[4h');
  if (core.options.convertEol) sink.ascii('\x1b[20h');
  if (state.modifyOtherKeys > 0) sink.ascii(`\x1b[>4;${state.modifyOtherKeys}m`);
  if (modes.cursorStyle) {
    const shape = { block: 2, underline: 4, bar: 6 }[modes.cursorStyle];
    sink.ascii(`\x1b[${shape - (modes.cursorBlink ? 1 : 0)} q`);
  }
  for (const title of state.titles) sink.utf8(`\x1b]2;${title}\x07\x1b[22;2t`);
  if (state.title !== '' || state.titles.length > 0) sink.utf8(`\x1b]2;${state.title}\x07`);
  for (const [index, color] of state.colors.palette) sink.ascii(`\x1b]4;${index};${formatColor(color)}\x07`);
  for (const [which, color] of state.colors.dynamic) {
    sink.ascii(`\x1b]${{ foreground: 10, background: 11, cursor: 12 }[which]};${formatColor(color)}\x07`);
  }
}
