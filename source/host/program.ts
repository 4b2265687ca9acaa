import type { HostParams, ProgramExit } from '../protocol/host.ts';
import type { TerminalColors } from '../terminal/colors.ts';
import { Screen } from '../terminal/screen.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { EventRing, HostEventBody } from './event-ring.ts';
import type { Snapshot } from './host-client.ts';
import { lastLines } from './last-lines.ts';
import { OutputLog } from './output-log.ts';
import { Pty } from './pty.ts';
import type { PtyBinding } from './pty-binding.ts';
import type { Size } from './pty-size.ts';
import { RuleWatch } from './rule-watch.ts';
import { Settle } from './settle.ts';
import { SignalEvents } from './signal-events.ts';

export interface ProgramOptions {
  readonly params: HostParams;
  /** Absolute path of the program. */
  readonly file: string;
  readonly binding: PtyBinding;
  readonly helper: string;
  readonly now: () => number;
  readonly events: EventRing;
  readonly say: (line: string) => void;
  /** Called before our own screen has parsed the bytes: a key's echo need not wait for that. */
  readonly onOutput: (sequence: number, bytes: Uint8Array) => void;
  readonly onDrawn: () => void;
  readonly onInputTaken: () => void;
  /** The last output has been handed on. */
  readonly onExit: (exit: ProgramExit) => void;
}

/** A program that floods us with questions and reads no answers gets none beyond this. */
const MOST_UNREAD_ANSWERS = 64 * 1024;

/** After so much output a rest is used to give memory back: an idle fleet is what a machine holds most of. */
const TIDY_BYTES = 1024 * 1024;

/** One program: its terminal, its screen, its log, and what was seen of it. */
export class Program {
  readonly screen: Screen;
  readonly settle: Settle;
  readonly rules: RuleWatch;
  readonly log: OutputLog;
  readonly #options: ProgramOptions;
  readonly #pty: Pty;
  readonly #signals: SignalEvents;
  #exit: ProgramExit | undefined;
  #tidiedAt = 0;

  constructor(options: ProgramOptions) {
    this.#options = options;
    const { params, now, events, say } = options;
    const { columns, rows } = params;
    const emit = (event: HostEventBody) => events.add(event);
    this.#signals = new SignalEvents({ now, emit });
    this.screen = new Screen({
      columns,
      rows,
      scrollback: params.scrollback,
      terminalName: params.terminalName,
      shell: params.shell,
      now,
      onReply: bytes => this.#reply(bytes),
      onSignal: signal => this.#signals.take(signal),
    });
    this.settle = new Settle({
      settleMs: params.settleMs,
      now,
      drainChanged: () => this.screen.drainChanged(),
      onStirred: () => emit({ type: 'stirred' }),
      onSettled: () => {
        emit({ type: 'settled' });
        this.#tidy();
      },
    });
    this.rules = new RuleWatch({
      rules: params.rules ?? [],
      now,
      test: rule => this.#safeTest(rule),
      isSynchronizing: () => this.screen.synchronizing,
      onChange: (rule, holds) => emit({ type: 'ruleChanged', rule, holds }),
    });
    this.log = new OutputLog({
      bundle: params.bundle,
      onStopped: why => say(`the output log has stopped: ${why}; the program goes on`),
    });
    const [, ...args] = params.argv;
    this.#pty = new Pty({
      binding: options.binding,
      helper: options.helper,
      file: options.file,
      args,
      env: params.env,
      cwd: params.cwd,
      columns,
      rows,
      onOutput: bytes => this.#printed(bytes),
      onExit: exit => void this.#ended(exit),
      onInputTaken: options.onInputTaken,
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  get tty(): string {
    return this.#pty.tty;
  }

  get exit(): ProgramExit | undefined {
    return this.#exit;
  }

  get pendingInput(): number {
    return this.#pty.pendingInput;
  }

  write(bytes: Uint8Array): void {
    this.#pty.write(bytes);
  }

  /** Our own screen first, so that what the program draws in answer to the signal finds the new size. */
  resize({ columns, rows }: Size): void {
    this.screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** How the user's terminal looks, for a program that asks for its colours. */
  describeTerminal({ foreground, background }: TerminalColors): void {
    this.screen.colors = { ...(foreground && { foreground }), ...(background && { background }) };
  }

  snapshot(scrollback: number): Snapshot {
    const { sequence, columns, rows } = this.screen;
    return { sequence, columns, rows, bytes: this.screen.snapshot({ scrollback }) };
  }

  #printed(bytes: Uint8Array): void {
    this.#options.onOutput(this.screen.sequence, bytes);
    this.log.append(bytes);
    this.screen.feed(bytes);
    this.settle.printed();
    this.rules.printed();
    this.#options.onDrawn();
  }

  #tidy(): void {
    if (this.screen.sequence - this.#tidiedAt < TIDY_BYTES) return;
    this.#tidiedAt = this.screen.sequence;
    collectGarbage();
  }

  #reply(bytes: Uint8Array): void {
    if (this.#pty.pendingInput < MOST_UNREAD_ANSWERS) this.#pty.write(bytes);
  }

  #safeTest(rule: ScreenRule): boolean {
    try {
      return this.screen.test(rule);
    } catch (error) {
      this.#options.say((error as Error).message);
      return false;
    }
  }

  async #ended(exit: Pick<ProgramExit, 'code' | 'signal'>): Promise<void> {
    const at = this.#options.now();
    this.settle.look();
    this.settle.stop();
    this.rules.catchUp();
    this.rules.stop();
    this.#signals.stop();
    this.screen.programExited();
    await this.log.close();
    this.#exit = { ...exit, at, lastLines: lastLines(this.screen) };
    this.#options.onExit(this.#exit);
  }
}
