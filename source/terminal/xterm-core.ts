/**
 * The only place that knows what is inside xterm.js: version 6.0.0, pinned. `openCore` makes a terminal whose parser runs
 * synchronously and whose known faults are mended; the interfaces name what the rest of this room reads and writes.
 */
import { Unicode11Addon } from '@xterm/addon-unicode11/lib/addon-unicode11.mjs';
import { Terminal } from '@xterm/headless/lib-headless/xterm-headless.mjs';
import { cellWidths, type WidthProvider } from './cell-width.ts';
import { LinkTable } from './link-table.ts';
import { mendCore } from './mend-core.ts';

export interface CoreExtended {
  /** Underline style in bits 26–28, its colour in the low 26 bits. */
  _ext: number;
  _urlId: number;
  clone(): CoreExtended;
}

export interface CoreAttributes {
  fg: number;
  bg: number;
  extended: CoreExtended;
}

/** Three words for each cell: content, foreground with flags, background with flags. */
export interface CoreLine {
  _data: Uint32Array;
  readonly _combined: Record<number, string>;
  readonly _extendedAttrs: Record<number, CoreExtended | undefined>;
  readonly length: number;
  isWrapped: boolean;
  /** `fill` is only read where the line grows. */
  resize(columns: number, fill: undefined): unknown;
}

export interface CoreLines {
  readonly length: number;
  get(index: number): CoreLine | undefined;
  onTrim(listener: (amount: number) => void): unknown;
}

/** A charset is a table of replacements; undefined is ASCII. Compared by identity. */
export type CoreCharset = Readonly<Record<string, string>> | undefined;

export interface CoreBuffer {
  readonly lines: CoreLines;
  readonly ybase: number;
  x: number;
  y: number;
  scrollTop: number;
  scrollBottom: number;
  tabs: Record<number, boolean | undefined>;
  savedX: number;
  savedY: number;
  readonly savedCurAttrData: CoreAttributes;
  savedCharset: CoreCharset;
}

export interface CoreParams {
  readonly params: Int32Array;
  readonly length: number;
  getSubParams(index: number): Int32Array | null;
}

export interface CsiName {
  readonly prefix?: string;
  readonly intermediates?: string;
  readonly final: string;
}

export interface CoreParser {
  _transitions: { table: Uint8Array };
  precedingJoinState: number;
  reset(): void;
  registerCsiHandler(name: CsiName, handler: (params: CoreParams) => boolean): unknown;
  registerEscHandler(name: CsiName, handler: () => boolean): unknown;
}

export interface CoreHandler {
  readonly _parser: CoreParser;
  readonly _dirtyRowTracker: { markRangeDirty(from: number, to: number): void };
  _curAttrData: CoreAttributes;
  parse(text: string): void;
  print(data: Uint32Array, start: number, end: number): void;
  onRequestBell(listener: () => void): unknown;
  onRequestRefreshRows(listener: (rows: { readonly start: number; readonly end: number } | undefined) => void): unknown;
  charAttributes(params: CoreParams): boolean;
  eraseInDisplay(params: CoreParams, respectProtect?: boolean): boolean;
  restoreCursor(params?: CoreParams): boolean;
  _restrictCursor(maxColumn?: number): void;
  _eraseInBufferLine(y: number, start: number, end: number, clearWrap: boolean, respectProtect: boolean): void;
  _resetBufferLine(y: number, respectProtect: boolean): void;
}

export interface Core {
  readonly cols: number;
  readonly rows: number;
  readonly options: { convertEol: boolean; cursorBlink: boolean };
  readonly buffers: { readonly active: CoreBuffer; readonly normal: CoreBuffer; readonly alt: CoreBuffer };
  readonly coreService: {
    isCursorHidden: boolean;
    readonly modes: { insertMode: boolean };
    readonly decPrivateModes: {
      applicationCursorKeys: boolean;
      applicationKeypad: boolean;
      bracketedPasteMode: boolean;
      cursorBlink: boolean | undefined;
      cursorStyle: 'block' | 'underline' | 'bar' | undefined;
      origin: boolean;
      reverseWraparound: boolean;
      sendFocus: boolean;
      synchronizedOutput: boolean;
      wraparound: boolean;
    };
  };
  readonly coreMouseService: { activeProtocol: 'NONE' | 'X10' | 'VT200' | 'DRAG' | 'ANY' };
  readonly unicodeService: WidthProvider & {
    readonly _providers: Record<string, WidthProvider>;
    register(provider: WidthProvider & { readonly version: string }): void;
    activeVersion: string;
  };
  readonly _charsetService: { charset: CoreCharset; glevel: number; _charsets: CoreCharset[] };
  readonly _oscLinkService: {
    registerLink(link: { readonly id?: string; readonly uri: string }): number;
    addLineToLink(id: number, y: number): void;
  };
  readonly _inputHandler: CoreHandler;
  resize: (columns: number, rows: number) => void;
  dispose(): void;
}

export interface OpenCore {
  readonly core: Core;
  readonly links: LinkTable;
}

export interface CoreSize {
  readonly columns: number;
  readonly rows: number;
  readonly scrollback: number;
}

export function openCore({ columns, rows, scrollback }: CoreSize): OpenCore {
  const terminal = new Terminal({ cols: columns, rows, scrollback, allowProposedApi: true, logLevel: 'off' });
  terminal.loadAddon(new Unicode11Addon());
  const core = (terminal as unknown as { _core: Core })._core;
  const unicode11 = core.unicodeService._providers['11'];
  if (!unicode11) throw new Error('The Unicode 11 add-on did not register itself.');
  core.unicodeService.register(cellWidths(unicode11));
  core.unicodeService.activeVersion = 'tutti';
  const links = new LinkTable(core);
  core._oscLinkService.registerLink = link => links.register(link);
  core._oscLinkService.addLineToLink = () => {};
  mendCore(core);
  return { core, links };
}
