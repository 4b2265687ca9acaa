import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import xterm, { type Terminal } from '@xterm/headless';
import { type IPty, spawn } from 'node-pty';
import { keyBytes } from './keys.ts';
import { PtyWriter } from './pty-writer.ts';
import { readLines, type ScreenView, viewScreen } from './screen-view.ts';
import { ENDED, shellAround } from './shell-around.ts';
import { answerColours, hearProgram, type Told, watchCursor } from './terminal-behaviour.ts';

export interface TerminalOptions {
  /** For messages of failure: `terminal 1`. */
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly rows: number;
  /** It reads program status (OSC 7501), and says so. */
  readonly readsStatus?: boolean;
  /** It says that its background is light. */
  readonly light?: boolean;
  /** Folder for the file that tells the program's pid. */
  readonly scratch: string;
  /** More for the message when a wait fails: logs. */
  readonly explain?: () => string;
}

export interface TerminalModes {
  readonly alternateScreen: boolean;
  readonly bracketedPaste: boolean;
  readonly mouse: string;
  readonly focusEvents: boolean;
  readonly applicationCursor: boolean;
  readonly cursorVisible: boolean;
}

interface Waiting {
  readonly test: () => boolean;
  readonly done: () => void;
}

/**
 * A user's terminal emulator: a real PTY with a screen of its own. The program runs as the child of a shell, as it does for a
 * user, so that the terminal outlives it: what it leaves behind when it is killed can be looked at.
 */
export class UserTerminal {
  readonly name: string;
  /** Exit code of the program; 128 + signal when a signal ended it. */
  readonly ended: Promise<number>;
  /** Line settings before the program has changed any. */
  readonly firstLineSettings: string;
  /** All that the program and its guard have written, the newest 256 KB. */
  raw = '';
  readonly told: Told;
  readonly #options: TerminalOptions;
  readonly #terminal: Terminal;
  readonly #pty: IPty;
  readonly #writer: PtyWriter;
  readonly #closed: Promise<void>;
  readonly #waiting = new Set<Waiting>();
  #held: string[] | undefined;
  #exitCode: number | undefined;
  #cursorVisible = true;
  #open = true;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.name = options.name;
    this.#terminal = new xterm.Terminal({
      cols: options.columns,
      rows: options.rows,
      scrollback: 2000,
      allowProposedApi: true,
    });
    this.#terminal.loadAddon(new Unicode11Addon());
    this.#terminal.unicode.activeVersion = '11';
    let tellEnd: (code: number) => void;
    this.ended = new Promise(resolve => {
      tellEnd = resolve;
    });
    this.#terminal.parser.registerOscHandler(ENDED, data => {
      this.#exitCode = Number(data);
      tellEnd(this.#exitCode);
      return true;
    });
    answerColours(this.#terminal, { light: options.light ?? false, reply: reply => this.#answer(reply) });
    this.told = hearProgram(this.#terminal, options.readsStatus ? reply => this.#answer(reply) : undefined);
    watchCursor(this.#terminal, visible => {
      this.#cursorVisible = visible;
    });
    const [file, ...args] = shellAround(options.argv, pidFile(options));
    this.#pty = spawn(file, args, {
      cols: options.columns,
      rows: options.rows,
      cwd: options.cwd,
      env: { ...options.env },
      name: options.env.TERM ?? 'xterm-256color',
      encoding: null,
    });
    this.firstLineSettings = this.lineSettings();
    this.#writer = new PtyWriter((this.#pty as unknown as { readonly fd: number }).fd);
    this.#terminal.onData(reply => this.#answer(reply));
    this.#pty.onData(data => this.#receive(data as unknown as Buffer));
    this.#closed = new Promise(resolve => this.#pty.onExit(() => resolve()));
  }

  /** Keys by name, one after another: `press('n')`, `press('j', 'j', 'enter')`, `press('ctrl-q')`. After `esc` wait for what it does before the next key. */
  press(...keys: readonly string[]): void {
    for (const key of keys) this.#write(keyBytes(key, this.#terminal.modes.applicationCursorKeysMode));
  }

  /** Text as fast typing sends it; a newline is the Enter key. */
  type(text: string): void {
    this.#write(text.replaceAll('\n', '\r'));
  }

  paste(text: string): void {
    const inner = text.replaceAll('\n', '\r');
    this.#write(this.#terminal.modes.bracketedPasteMode ? `\x1b[200~${inner}\x1b[201~` : inner);
  }

  /** Bytes as they are. */
  send(bytes: string | Buffer): void {
    this.#write(bytes);
  }

  /** A click of the left button on a cell, or on the first place where a text stands. Fails when the program didn't ask for the mouse. */
  click(at: { readonly x: number; readonly y: number } | string): void {
    const cell = typeof at === 'string' ? this.screen().find(at) : at;
    if (!cell) throw new Error(`${this.name} has no "${at}" to click on:\n${this.picture()}`);
    this.#mouse(0, cell, 'M');
    this.#mouse(0, cell, 'm');
  }

  /** Turns of the wheel over a cell. */
  wheel(direction: 'up' | 'down', at: { readonly x: number; readonly y: number }, turns = 1): void {
    for (let turn = 0; turn < turns; turn++) this.#mouse(direction === 'up' ? 64 : 65, at, 'M');
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  screen(): ScreenView {
    return viewScreen(this.#terminal);
  }

  /** What stands in the user's own scrollback and screen, behind the alternate screen. */
  scrollback(): readonly string[] {
    const normal = this.#terminal.buffer.normal;
    return readLines(normal, { from: 0, to: normal.length, columns: this.#terminal.cols });
  }

  modes(): TerminalModes {
    const modes = this.#terminal.modes;
    return {
      alternateScreen: this.#terminal.buffer.active.type === 'alternate',
      bracketedPaste: modes.bracketedPasteMode,
      mouse: modes.mouseTrackingMode,
      focusEvents: modes.sendFocusMode,
      applicationCursor: modes.applicationCursorKeysMode,
      cursorVisible: this.#cursorVisible,
    };
  }

  /** The line settings as `stty -g` tells them: equal before and after means that they were restored. */
  lineSettings(): string {
    return this.#stty('-g');
  }

  /** As a program that shares the terminal: `stty` with these arguments. */
  setLine(...settings: readonly string[]): void {
    this.#stty(...settings);
  }

  /** From now on it answers nothing until `answer()`: a slow line. */
  hold(): void {
    this.#held ??= [];
  }

  /** What was held back arrives; from now on it answers at once. */
  answer(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const reply of held) this.#write(reply);
  }

  #answer(reply: string): void {
    if (this.#held) this.#held.push(reply);
    else this.#write(reply);
  }

  #stty(...args: readonly string[]): string {
    const path = (this.#pty as unknown as { readonly ptsName: string }).ptsName;
    const slave = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
    try {
      return execFileSync('stty', args, { stdio: [slave, 'pipe', 'pipe'], encoding: 'utf8' }).trim();
    } finally {
      closeSync(slave);
    }
  }

  /** Resolves as soon as the condition holds on a whole frame; looks only when output came. Fails with the screen and the logs. */
  async waitUntil(
    what: string,
    condition: (screen: ScreenView) => boolean,
    { within = 10_000 }: { readonly within?: number } = {},
  ): Promise<void> {
    // A frame that is still being written (DEC 2026) is not yet seen by anybody.
    const test = () => !this.#terminal.modes.synchronizedOutputMode && condition(this.screen());
    if (test()) return;
    const failure = new Error(`waited in vain until ${what}`);
    await new Promise<void>((resolve, reject) => {
      const waiting = { test, done: () => end(resolve) };
      const deadline = setTimeout(() => {
        const state = this.#exitCode === undefined ? 'runs' : `has ended with code ${this.#exitCode}`;
        failure.message = `${this.name} (its program ${state}): waited ${within} ms in vain until ${what}.\n${this.picture()}\n${this.#options.explain?.() ?? ''}`;
        end(() => reject(failure));
      }, within);
      const end = (then: () => void) => {
        clearTimeout(deadline);
        this.#waiting.delete(waiting);
        then();
      };
      this.#waiting.add(waiting);
    });
  }

  /** Waits until a text stands on the screen. */
  see(text: string | RegExp, options?: { readonly within?: number }): Promise<void> {
    return this.waitUntil(`${quoted(text)} is on the screen`, screen => screen.has(text), options);
  }

  /** Waits until a text stands no more on the screen. */
  miss(text: string | RegExp, options?: { readonly within?: number }): Promise<void> {
    return this.waitUntil(`${quoted(text)} has left the screen`, screen => !screen.has(text), options);
  }

  /** Pid of the program that runs in this terminal; known once it has written something. */
  pid(): number {
    return Number(readFileSync(pidFile(this.#options), 'utf8'));
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid(), signal);
  }

  /** Closes the window: everything in it gets a hang-up. Resolves when the shell is gone. */
  async hangUp(): Promise<void> {
    if (!this.#open) return this.#closed;
    this.#open = false;
    await this.#writer.close();
    (this.#pty as unknown as { destroy(): void }).destroy();
    await this.#closed;
    this.#terminal.dispose();
  }

  /** The screen with a frame around it, for messages. */
  picture(): string {
    const { lines, columns } = this.screen();
    const edge = `+${'-'.repeat(columns)}+`;
    return [edge, ...lines.map(line => `|${line}`), edge].join('\n');
  }

  #receive(data: Buffer): void {
    this.raw = (this.raw + data.toString('latin1')).slice(-262_144);
    this.#terminal.write(data, () => {
      for (const waiting of [...this.#waiting]) if (waiting.test()) waiting.done();
    });
  }

  #write(data: string | Buffer): void {
    this.#writer.write(data);
  }

  #mouse(button: number, at: { readonly x: number; readonly y: number }, final: 'M' | 'm'): void {
    if (this.#terminal.modes.mouseTrackingMode === 'none')
      throw new Error(`${this.name}: the program has not asked for the mouse`);
    this.#write(`\x1b[<${button};${at.x + 1};${at.y + 1}${final}`);
  }
}

function quoted(text: string | RegExp): string {
  return text instanceof RegExp ? `${text}` : `"${text}"`;
}

function pidFile(options: TerminalOptions): string {
  return join(options.scratch, `${options.name.replaceAll(/\W+/g, '-')}.pid`);
}
