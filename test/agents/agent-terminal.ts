import { type IPty, spawn } from 'node-pty';
import { Screen } from '../../source/terminal/screen.ts';
import type { ScreenRule } from '../../source/terminal/screen-rule.ts';
import type { TerminalSignal } from '../../source/terminal/signal.ts';
import type { StatusReport } from '../../source/terminal/status-report.ts';
import { PtyWriter } from '../driver/pty-writer.ts';

export interface AgentTerminalOptions {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
  /** False: the terminal answers no query, as the plainest ones do. */
  readonly answers?: boolean;
}

/** A program in a real PTY with tutti's own screen as its terminal, so that it sees and is seen as in a host. */
export class AgentTerminal {
  readonly reports: StatusReport[] = [];
  readonly signals: TerminalSignal[] = [];
  readonly ended: Promise<{ readonly code: number; readonly signal: number }>;
  readonly screen: Screen;
  /** Everything that it printed. */
  raw = '';
  readonly #pty: IPty;
  readonly #writer: PtyWriter;
  readonly #waiting = new Set<() => void>();
  #exit: { readonly code: number; readonly signal: number } | undefined;

  constructor(options: AgentTerminalOptions) {
    const { columns = 100, rows = 30, answers = true } = options;
    const [file, ...args] = options.argv;
    this.screen = new Screen({
      columns,
      rows,
      scrollback: 1000,
      terminalName: 'tutti(test)',
      ...(answers ? { onReply: (bytes: Uint8Array) => this.#writer.write(Buffer.from(bytes)) } : {}),
      onSignal: signal => {
        this.signals.push(signal);
        if (signal.type === 'status') this.reports.push(signal.report);
      },
    });
    this.#pty = spawn(file, args, {
      cols: columns,
      rows,
      cwd: options.cwd,
      env: { ...options.env },
      name: 'xterm-256color',
      encoding: null,
    });
    this.#writer = new PtyWriter((this.#pty as unknown as { readonly fd: number }).fd);
    this.#pty.onData(data => {
      const bytes = data as unknown as Buffer;
      this.raw += bytes.toString('latin1');
      this.screen.feed(bytes);
      this.#look();
    });
    this.ended = new Promise(done =>
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#exit = { code: exitCode, signal: signal ?? 0 };
        done(this.#exit);
        this.#look();
      }),
    );
  }

  get pid(): number {
    return this.#pty.pid;
  }

  get text(): string {
    return this.screen.text({ scrollback: 0 }).join('\n');
  }

  get everything(): string {
    return this.screen.text({ scrollback: 1000 }).join('\n');
  }

  /** States of the root record so far, one for each change: `idle working done`. */
  get states(): string {
    return this.reports
      .filter(report => report.id === '')
      .map(report => report.state)
      .filter((state, at, all) => state !== all[at - 1])
      .join(' ');
  }

  send(bytes: string): void {
    this.#writer.write(bytes);
  }

  paste(text: string): void {
    this.send(`\x1b[200~${text}\x1b[201~`);
  }

  /** A whole prompt, as the host brings it in. */
  prompt(text: string): void {
    this.paste(text);
    this.send('\r');
  }

  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  signal(name: string): void {
    this.#pty.kill(name);
  }

  see(text: string): Promise<void> {
    return this.until(`"${text}" is on the screen`, () => this.text.includes(text));
  }

  holds(what: string, rule: ScreenRule): Promise<void> {
    return this.until(`the rule ${what} holds`, () => this.screen.test(rule));
  }

  reported(what: string, test: (report: StatusReport) => boolean): Promise<void> {
    return this.until(`it reported ${what}`, () => this.reports.some(test));
  }

  /** The newest report of the root record has this state. */
  says(state: StatusReport['state']): Promise<void> {
    return this.until(`it says ${state}`, () => this.reports.findLast(report => report.id === '')?.state === state);
  }

  /** Looks whenever output came, between whole frames; fails with the screen and the reports. */
  until(what: string, condition: () => boolean, within = 10_000): Promise<void> {
    const test = () => !this.screen.synchronizing && condition();
    if (test()) return Promise.resolve();
    const failure = new Error();
    return new Promise((done, fail) => {
      const end = (then: () => void) => {
        clearTimeout(deadline);
        this.#waiting.delete(look);
        then();
      };
      const look = () => {
        if (test()) end(done);
      };
      const deadline = setTimeout(() => {
        const reports = this.reports.map(report => JSON.stringify(report)).join('\n');
        failure.message = `waited ${within} ms in vain until ${what}; it ${this.#exit ? 'has ended' : 'runs'}.\n${this.text}\n${reports}`;
        end(() => fail(failure));
      }, within);
      this.#waiting.add(look);
    });
  }

  /** Ends it whatever it does; nothing is left behind. */
  async end(): Promise<void> {
    // A late answer would go to whichever program gets its descriptor next.
    await this.#writer.close();
    if (!this.#exit) this.#pty.kill('SIGKILL');
    await this.ended;
    this.screen.dispose();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}
