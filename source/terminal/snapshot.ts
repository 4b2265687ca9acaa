import { fromWords } from './attribute-words.ts';
import { ByteSink } from './byte-sink.ts';
import { charsetName } from './charset-names.ts';
import { cellColor } from './pen.ts';
import { writeModes } from './snapshot-modes.ts';
import { formatLink, operation, SNAPSHOT_BEGIN, SNAPSHOT_END } from './snapshot-operation.ts';
import { writeRecords } from './snapshot-records.ts';
import { RowWriter } from './snapshot-rows.ts';
import { onAlternate, type TerminalState } from './terminal-state.ts';
import { Extended } from './xterm-bits.ts';
import type { CoreBuffer } from './xterm-core.ts';

export interface SnapshotOptions {
  /** Rows above the screen. */
  readonly scrollback: number;
  /** What the scanner holds: half a sequence, half a character. */
  readonly pending: Uint8Array;
}

/**
 * A screen as bytes that bring a fresh one of the same size to the same state, so that whatever is printed afterwards has the same
 * effect on both. Text, colours, modes and titles are what any terminal understands; what has no sequence (a cursor that waits to
 * wrap, the saved cursors, rows that go on in the next) are operations that only a screen being restored obeys (`restore.ts`).
 */
export function writeSnapshot(state: TerminalState, { scrollback, pending }: SnapshotOptions): Uint8Array {
  const { core } = state;
  const { normal, alt } = core.buffers;
  const sink = new ByteSink();
  sink.ascii(SNAPSHOT_BEGIN);
  const rows = new RowWriter(state, sink);
  const above = Math.min(Math.max(0, scrollback), normal.ybase);
  rows.write(normal, normal.ybase - above);
  if (onAlternate(core)) {
    rows.reset();
    sink.ascii('\x1b[?1047h\x1b[H');
    rows.write(alt, 0);
  }
  rows.reset();
  writeModes(state, sink);
  writeRecords(state.records, sink);
  writeBuffer(state, sink, normal);
  writeBuffer(state, sink, alt);
  writePen(state, sink);
  sink.ascii(SNAPSHOT_END);
  sink.bytes(pending);
  return sink.take();
}

/** What a buffer has beside its cells: cursor, margins, saved cursor, keyboard stack, tab stops. */
function writeBuffer({ core, keyboards }: TerminalState, sink: ByteSink, buffer: CoreBuffer): void {
  const isAlternate = buffer === core.buffers.alt;
  sink.ascii(
    operation('buffer', [
      isAlternate ? 1 : 0,
      buffer.x,
      buffer.y,
      buffer.scrollTop,
      buffer.scrollBottom,
      (isAlternate ? keyboards.alternate : keyboards.normal).all.join(','),
      tabStops(buffer, core.cols),
    ]),
  );
  const saved = [
    isAlternate ? 1 : 0,
    buffer.savedX,
    buffer.savedY - buffer.ybase,
    charsetName(buffer.savedCharset),
    ...fromWords(buffer.savedCurAttrData),
  ];
  sink.ascii(operation('saved', saved));
}

/** Columns of the stops; nothing where they are as at the start. */
function tabStops(buffer: CoreBuffer, columns: number): string {
  const stops = Object.keys(buffer.tabs)
    .filter(column => buffer.tabs[Number(column)])
    .map(Number);
  const asAtStart = stops.length === Math.ceil(columns / 8) && stops.every((column, i) => column === i * 8);
  return asAtStart ? '' : `=${stops.join(',')}`;
}

/** What is printed next and how: the open link, attributes, charsets, and the character that REP repeats and marks join. */
function writePen({ core, links }: TerminalState, sink: ByteSink): void {
  const { _curAttrData: attributes, _parser: parser } = core._inputHandler;
  const { _charsets: charsets, charset, glevel } = core._charsetService;
  const { _ext: ext, _urlId: url } = attributes.extended;
  if (url !== 0) sink.utf8(formatLink(links.get(url)));
  sink.ascii(
    operation('pen', [
      ...fromWords(attributes),
      (ext & Extended.styleMask) >>> Extended.styleShift,
      cellColor(ext & Extended.colorMask),
      [0, 1, 2, 3].map(g => charsetName(charsets[g])).join(''),
      glevel,
      charsetName(charset),
      parser.precedingJoinState,
    ]),
  );
}
