import { answerQueries } from './answer-queries.ts';
import type { CellGrid } from './cells.ts';
import type { TerminalColors } from './colors.ts';
import { type Damage, DamageTracker } from './damage.ts';
import type { TerminalModes } from './modes.ts';
import { type PaintArea, paint } from './paint.ts';
import { readDcs } from './read-dcs.ts';
import { readOsc } from './read-osc.ts';
import { readText } from './read-text.ts';
import { Restorer } from './restore.ts';
import { type ControlString, Scanner } from './scanner.ts';
import type { ScreenRule } from './screen-rule.ts';
import type { TerminalSignal } from './signal.ts';
import { writeSnapshot } from './snapshot.ts';
import type { StatusRecord } from './status-report.ts';
import { createTerminalState, readModes, type TerminalState } from './terminal-state.ts';
import { testRule } from './test-rule.ts';

export interface ScreenOptions {
  readonly columns: number;
  readonly rows: number;
  /** Rows kept above the screen. */
  readonly scrollback: number;
  /** What XTVERSION is told. */
  readonly terminalName?: string;
  /** The root program is a shell: its prompt (OSC 133 A) ends what was working. */
  readonly shell?: boolean;
  /** Milliseconds since the epoch, for status records. */
  readonly now?: () => number;
  /** Takes the answers to the program's queries, in the order of the questions. Without it nothing is answered: a client's copy. */
  readonly onReply?: (bytes: Uint8Array) => void;
  readonly onSignal?: (signal: TerminalSignal) => void;
}

/** What lies inside, for tests that have to compare all of it. */
export let insideOf: (screen: Screen) => { readonly state: TerminalState; readonly pending: Uint8Array };

/** xterm parses so much at a time; a longer chunk would be cut by it anyhow. */
const CHUNK = 65_536;

/**
 * The screen of one PTY: what a program printed, and nothing that it prints gets any further. Parsing is synchronous. The host
 * has one that answers queries; a client has a copy, fed with a snapshot and the bytes after it.
 */
export class Screen {
  static {
    insideOf = screen => ({ state: screen.#state, pending: screen.#scanner.pending() });
  }

  /** Bytes fed so far. A copy sets it to the snapshot's sequence after feeding that. */
  sequence = 0;
  /** How often xterm threw; each time one piece of output was lost. Should be 0 for ever. */
  faults = 0;
  readonly #state: TerminalState;
  readonly #scanner: Scanner;
  readonly #damage: DamageTracker;
  readonly #restorer: Restorer;
  /** The colours' revision at the last `takeDamage`. */
  #painted = 0;
  #trimmed = 0;
  #wasReset = false;

  constructor(options: ScreenOptions) {
    const { onReply, onSignal } = options;
    this.#state = createTerminalState({
      columns: options.columns,
      rows: options.rows,
      scrollback: options.scrollback,
      terminalName: options.terminalName ?? 'tutti',
      shell: options.shell ?? false,
      now: () => this.#restorer.time ?? options.now?.() ?? 0,
      reply: text => onReply?.(Buffer.from(text, 'latin1')),
      signal: signal => {
        if (!this.#restorer.active) onSignal?.(signal);
      },
    });
    this.#restorer = new Restorer(this.#state);
    this.#damage = new DamageTracker(this.#state.core);
    this.#scanner = new Scanner({ onText: text => this.#parse(text), onString: string => this.#read(string) });
    const { _inputHandler: handler } = this.#state.core;
    handler.onRequestBell(() => this.#state.signal({ type: 'bell' }));
    answerQueries(this.#state);
    handler._parser.registerEscHandler({ final: 'c' }, () => {
      this.#wasReset = true;
      return false;
    });
    this.#watchTrim();
  }

  feed(bytes: Uint8Array): void {
    if (this.sequence === 0) this.#restorer.expect(bytes);
    for (let from = 0; from < bytes.length; from += CHUNK) this.#scanner.feed(bytes.subarray(from, from + CHUNK));
    this.sequence += bytes.length;
  }

  resize(columns: number, rows: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.#state.core.resize(columns, rows);
    this.#damage.touchAll();
  }

  get columns(): number {
    return this.#state.core.cols;
  }

  get rows(): number {
    return this.#state.core.rows;
  }

  /** What the user's terminal looks like, for queries of colours. A program that asked for it (DEC 2031) is told when light turns dark. */
  set colors(colors: TerminalColors) {
    const own = this.#state.colors;
    const wasDark = own.isDark();
    own.base = colors;
    if (this.#state.colorScheme && own.isDark() !== wasDark) this.#state.reply(`\x1b[?997;${wasDark ? 2 : 1}n`);
  }

  /** On the screen, from 0; a cursor that waits to wrap stands on the last column. */
  cursor(): { readonly x: number; readonly y: number; readonly visible: boolean } {
    const { core } = this.#state;
    const { x, y } = core.buffers.active;
    return { x: Math.min(x, core.cols - 1), y, visible: !core.coreService.isCursorHidden };
  }

  modes(): TerminalModes {
    return readModes(this.#state);
  }

  /** The program is in the middle of a frame (DEC 2026): better not drawn yet, but never for long. */
  get synchronizing(): boolean {
    return this.#state.core.coreService.decPrivateModes.synchronizedOutput;
  }

  get title(): string {
    return this.#state.title;
  }

  /** OSC 7501, least recently updated first. */
  get records(): readonly StatusRecord[] {
    return this.#state.records.list;
  }

  /** The program on this terminal has exited: what it was working on or blocked by is over. */
  programExited(): void {
    this.#state.records.programEnded();
  }

  paint(grid: CellGrid, area: PaintArea): void {
    paint({ core: this.#state.core, colors: this.#state.colors, grid, area });
  }

  /** What has changed since the last call. */
  takeDamage(): Damage {
    const { revision } = this.#state.colors;
    if (revision !== this.#painted) this.#damage.touchAll();
    this.#painted = revision;
    const { x, y, visible } = this.cursor();
    const { cursorShape, cursorBlink } = this.modes();
    return this.#damage.take(`${x},${y},${visible},${cursorShape},${cursorBlink}`);
  }

  /** Whether any visible cell has changed since the last call. A redraw without a changed cell does not count. */
  drainChanged(): boolean {
    return this.#damage.drainChanged();
  }

  /** Rows above the screen. */
  get scrollbackLength(): number {
    return this.#state.core.buffers.active.ybase;
  }

  /** Rows that ever left the screen at its top: by it a viewer that is scrolled back keeps its place while output goes on. */
  get scrolledOff(): number {
    return this.#trimmed + this.#state.core.buffers.normal.ybase;
  }

  /** Rows as text without trailing blanks; with `scrollback`, so many rows above the screen too. */
  text({ scrollback }: { readonly scrollback: number }): string[] {
    return readText(this.#state.core, scrollback);
  }

  test(rule: ScreenRule): boolean {
    return testRule(this.#state.core, rule);
  }

  /** Bytes that bring a fresh screen of this size to this state, with so many rows above the screen. */
  snapshot({ scrollback }: { readonly scrollback: number }): Uint8Array {
    return writeSnapshot(this.#state, { scrollback, pending: this.#scanner.pending() });
  }

  dispose(): void {
    this.#state.core.dispose();
  }

  #parse(text: string): void {
    const { _inputHandler: handler } = this.#state.core;
    try {
      handler.parse(text);
    } catch {
      this.faults++;
      handler._parser.reset();
    }
    if (!this.#wasReset) return;
    this.#wasReset = false;
    this.#watchTrim();
    this.#damage.touchAll();
  }

  #read(string: ControlString): void {
    if (string.kind === 'osc') readOsc(this.#state, string, text => this.#parse(text));
    else if (string.kind === 'dcs') readDcs(this.#state, string);
    else this.#restorer.read(string.body);
  }

  #watchTrim(): void {
    this.#state.core.buffers.normal.lines.onTrim(amount => {
      this.#trimmed += amount;
    });
  }
}
