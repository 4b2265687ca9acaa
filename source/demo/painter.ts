import { type Block, layoutBlock } from './block.ts';
import { type Live, layoutLive, streamedRows, type View } from './view.ts';

/** Puts a view onto the terminal: below the shell's lines (`inline`) or on the alternate screen (`full`). */
export interface Painter {
  readonly begin: () => void;
  readonly paint: (view: View) => void;
  /** The terminal has another size: what stands there is no longer known. */
  readonly resized: (view: View) => void;
  /** Rows that the reader wants to look back; a full screen scrolls by itself. */
  readonly scroll: (rows: number, view: View) => void;
  readonly end: () => void;
}

export interface Terminal {
  readonly write: (text: string) => void;
  readonly size: () => { readonly columns: number; readonly rows: number };
}

const SYNC = ['\x1b[?2026h', '\x1b[?2026l'] as const;
const MODES = { on: '\x1b[?2004h\x1b]0;demo agent\x07', off: '\x1b[?2004l' } as const;

/** Finished lines go into the terminal's own scrollback; only the rows at the bottom are drawn again. */
export function inlinePainter(terminal: Terminal): Painter {
  let printed = 0;
  let printedOfStream = 0;
  let live: Live | undefined;

  const erase = () => (live ? `${up(live.cursor.row)}\r\x1b[J` : '');
  const paint = (view: View) => {
    const { columns, rows } = terminal.size();
    const finished: string[] = [];
    for (const block of view.blocks.slice(printed)) {
      const streamed = block.type === 'answer';
      // The rows of a streamed answer stand there already.
      finished.push(...layoutBlock(block, columns).slice(streamed ? printedOfStream : 0));
      if (streamed) printedOfStream = 0;
    }
    printed = view.blocks.length;
    const streamed = streamedRows(view, columns);
    finished.push(...streamed.slice(printedOfStream, -1));
    printedOfStream = Math.max(0, streamed.length - 1);
    const before = erase();
    live = fitRows(layoutLive(view, columns), { tail: streamed.slice(-1), rows });
    const text = finished.map(line => `${line}\r\n`).join('') + live.rows.join('\r\n');
    terminal.write(SYNC[0] + before + text + up(live.rows.length - 1 - live.cursor.row) + column(live) + SYNC[1]);
  };
  return {
    begin: () => terminal.write(MODES.on),
    paint,
    resized: view => {
      const { rows } = terminal.size();
      printed = Math.max(0, view.blocks.length - rows);
      printedOfStream = 0;
      live = undefined;
      terminal.write('\x1b[H\x1b[2J');
      paint(view);
    },
    scroll: () => {},
    end: () => {
      const below = live ? down(live.rows.length - 1 - live.cursor.row) : '';
      terminal.write(`${below}\r\n${MODES.off}`);
    },
  };
}

/** The whole screen, row by row, and only the rows that differ. */
export function fullPainter(terminal: Terminal): Painter {
  let shown: readonly string[] = [];
  let back = 0;

  const paint = (view: View) => {
    const { columns, rows } = terminal.size();
    const live = fitRows(layoutLive(view, columns), { tail: [], rows });
    const room = rows - live.rows.length;
    const text = tailOf({ blocks: view.blocks, streamed: streamedRows(view, columns), columns, wanted: room + back });
    back = Math.max(0, Math.min(back, text.length - room));
    const end = text.length - back;
    const above = text.slice(Math.max(0, end - room), end);
    const screen = [...above, ...Array<string>(room - above.length).fill(''), ...live.rows];
    const changes = screen.flatMap((row, at) => (row === shown[at] ? [] : [`\x1b[${at + 1};1H\x1b[2K${row}`]));
    shown = screen;
    const cursor = `\x1b[${room + live.cursor.row + 1};${live.cursor.column + 1}H`;
    terminal.write(SYNC[0] + changes.join('') + cursor + SYNC[1]);
  };
  return {
    begin: () => terminal.write(`\x1b[?1049h\x1b[2J\x1b[?1000h\x1b[?1006h${MODES.on}`),
    paint,
    resized: view => {
      shown = [];
      terminal.write('\x1b[2J');
      paint(view);
    },
    scroll: (rows, view) => {
      back = Math.max(0, back + rows);
      paint(view);
    },
    end: () => terminal.write(`${MODES.off}\x1b[?1006l\x1b[?1000l\x1b[?1049l`),
  };
}

/** The last rows of the transcript, laid out from the end as far as they are wanted. */
function tailOf(options: {
  readonly blocks: readonly Block[];
  readonly streamed: readonly string[];
  readonly columns: number;
  readonly wanted: number;
}): readonly string[] {
  let rows = [...options.streamed];
  for (const block of options.blocks.toReversed()) {
    if (rows.length >= options.wanted) break;
    rows = [...layoutBlock(block, options.columns), ...rows];
  }
  return rows.slice(-Math.max(1, options.wanted));
}

/** The rows at the bottom with the streamed tail above them, cut at the top where the terminal is too low for all. */
function fitRows(live: Live, options: { readonly tail: readonly string[]; readonly rows: number }): Live {
  const all = [...options.tail, ...live.rows];
  const cut = Math.max(0, all.length - options.rows);
  const row = Math.max(0, live.cursor.row + options.tail.length - cut);
  return { rows: all.slice(cut), cursor: { row, column: live.cursor.column } };
}

function up(rows: number): string {
  return rows > 0 ? `\x1b[${rows}A` : '';
}

function down(rows: number): string {
  return rows > 0 ? `\x1b[${rows}B` : '';
}

function column(live: Live): string {
  return live.cursor.column > 0 ? `\r\x1b[${live.cursor.column}C` : '\r';
}
