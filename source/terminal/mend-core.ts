import { BackgroundFlag, Extended } from './xterm-bits.ts';
import type { Core, CoreParams, CsiName } from './xterm-core.ts';

/** Parser states up to CSI_IGNORE; from SOS_PM_APC_STRING on they are strings. */
const FIRST_STRING_STATE = 7;
const LAST_STATE = 13;
/** A transition is `action << 4 | state`: ignore is 0, error is 1, ground is state 0. */
const ERROR_TO_GROUND = 1 << 4;

/** Mends what xterm.js 6.0.0 gets wrong or lets a program abuse. Every line here has a test in `test/terminal/mend-core.test.ts`. */
export function mendCore(core: Core): void {
  ignoreC1(core);
  boundCounts(core);
  keepAttributes(core);
  eraseAbove(core);
  mendPrinting(core);
  resetAll(core);
  cutRows(core);
}

/** U+0080–9F are no controls in UTF-8 (as in tmux): else a stray U+009D swallows the screen, and U+009C ends a title. */
function ignoreC1(core: Core): void {
  const parser = core._inputHandler._parser;
  const table = parser._transitions.table.slice();
  for (let state = 0; state <= LAST_STATE; state++) {
    for (let code = 0x80; code < 0xa0; code++) {
      table[(state << 8) | code] = state === 0 || state >= FIRST_STRING_STATE ? state : ERROR_TO_GROUND;
    }
  }
  parser._transitions = { table };
}

/** `CSI 2147483647 L` loops two thousand million times, `b` allocates as many characters: more than the screen holds changes nothing. */
function boundCounts(core: Core): void {
  const bound = (name: CsiName, most: () => number) =>
    core._inputHandler._parser.registerCsiHandler(name, ({ params }) => {
      params[0] = Math.min(params[0] ?? 0, most());
      return false;
    });
  for (const final of ['L', 'M', 'S', 'T']) bound({ final }, () => core.rows);
  for (const final of ['@', 'I', 'P', 'X', 'Z']) bound({ final }, () => core.cols);
  for (const final of ['@', 'A']) bound({ intermediates: ' ', final }, () => core.cols);
  for (const final of ['}', '~']) bound({ intermediates: "'", final }, () => core.cols);
  bound({ final: 'b' }, () => core.cols * core.rows);
}

/** SGR keeps DECSCA's protection (xterm drops it at `0`), and `59` means the default colour (xterm makes it white). */
function keepAttributes(core: Core): void {
  const handler = core._inputHandler;
  const change = handler.charAttributes.bind(handler);
  handler.charAttributes = (params: CoreParams) => {
    const kept = handler._curAttrData.bg & BackgroundFlag.protected;
    change(params);
    const now = handler._curAttrData;
    now.bg |= kept;
    const color = now.extended._ext & Extended.colorMask;
    if (color === Extended.colorMask && params.params.subarray(0, params.length).includes(59)) {
      now.extended._ext &= ~Extended.colorMask;
    }
    return true;
  };
}

/** ED 1 on the last cell of the screen: xterm looks for the next row counted from the scrollback's start, and throws where there is none. */
function eraseAbove(core: Core): void {
  const handler = core._inputHandler;
  const erase = handler.eraseInDisplay.bind(handler);
  handler.eraseInDisplay = (params: CoreParams, respectProtect = false) => {
    if (params.params[0] !== 1) return erase(params, respectProtect);
    handler._restrictCursor(core.cols);
    const buffer = core.buffers.active;
    handler._eraseInBufferLine(buffer.y, 0, buffer.x + 1, true, respectProtect);
    const next = buffer.lines.get(buffer.ybase + buffer.y + 1);
    if (next && buffer.y + 1 < core.rows && buffer.x + 1 >= core.cols) next.isWrapped = false;
    for (let y = buffer.y - 1; y >= 0; y--) handler._resetBufferLine(y, respectProtect);
    handler._dirtyRowTracker.markRangeDirty(0, buffer.y);
    return true;
  };
}

/**
 * A combining mark in the first column has nothing to join: xterm would give it a cell without a width. And without autowrap a
 * wide character that does not fit is dropped: xterm moves the cursor into the one before, and what becomes of that depends on
 * where the output happened to be cut in two.
 */
function mendPrinting(core: Core): void {
  const handler = core._inputHandler;
  const print = handler.print.bind(handler);
  const widths = core.unicodeService;
  handler.print = (data, start, end) => {
    let from = start;
    if (core.buffers.active.x === 0) {
      while (from < end && (data[from] ?? 0) >= 0x300 && widths.wcwidth(data[from] ?? 0) === 0) from++;
    }
    if (from === end) return;
    if (core.coreService.decPrivateModes.wraparound) {
      print(data, from, end);
      return;
    }
    for (; from < end; from++) {
      const buffer = core.buffers.active;
      const properties = widths.charProperties(data[from] ?? 0, handler._parser.precedingJoinState);
      const width = (properties >> 1) & 3;
      if ((properties & 1) === 0 && buffer.x + width > core.cols) {
        if (width === 2) continue;
        buffer.x = core.cols - 1;
      }
      print(data, from, from + 1);
    }
  };
}

/** RIS also shows the cursor and ends line-feed mode and blinking, which xterm keeps. */
function resetAll(core: Core): void {
  core._inputHandler._parser.registerEscHandler({ final: 'c' }, () => {
    core.coreService.isCursorHidden = false;
    core.options.convertEol = false;
    core.options.cursorBlink = false;
    return false;
  });
}

/**
 * What a narrower alternate screen has cut off is gone. xterm keeps it, unseen, in rows that are longer than the screen: a snapshot
 * would print it into the next row, and a wider screen would show it again.
 */
function cutRows(core: Core): void {
  const resize = core.resize.bind(core);
  core.resize = (columns, rows) => {
    resize(columns, rows);
    const { lines } = core.buffers.alt;
    for (let y = 0; y < lines.length; y++) {
      const line = lines.get(y);
      if (line && line.length > columns) line.resize(columns, undefined);
    }
  };
}
