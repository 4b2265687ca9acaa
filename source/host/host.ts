import { encodeFrame, FrameType } from '../protocol/frame.ts';
import type { HostParams, HostStatus, ProgramExit } from '../protocol/host.ts';
import { type InputFrame, InputSource } from '../protocol/input-frame.ts';
import { encodeOutputHead } from '../protocol/output-frame.ts';
import { writeProgramExit } from '../system/bundle.ts';
import { killPoint } from '../system/kill-point.ts';
import { EventRing } from './event-ring.ts';
import { Happenings } from './happenings.ts';
import { HookSpool } from './hook-spool.ts';
import type { HostClient } from './host-client.ts';
import { LeaseKeeper } from './lease.ts';
import { Program, type ProgramOptions } from './program.ts';
import { PtySize, type ResizeReason, type Size } from './pty-size.ts';
import { ServerEvents } from './server-events.ts';
import { Wake } from './wake.ts';

export interface HostOptions {
  readonly params: HostParams;
  readonly file: string;
  readonly binding: ProgramOptions['binding'];
  readonly helper: string;
  readonly now: () => number;
  readonly say: (line: string) => void;
  /** The program has ended and its end was noted, or nobody can find it any more. */
  readonly onLeave: () => void;
}

/** With more input than this unread, a client's socket is not read any further. */
const MOST_UNREAD_INPUT = 1024 * 1024;

/** Clients whose last input is remembered, also after they have gone. */
const MOST_REMEMBERED = 256;

/** Events that a daemon wants to know of at once. The others are told by the status when it comes for another reason. */
const WAKING: ReadonlySet<string> = new Set([
  'status',
  'notification',
  'settled',
  'ruleChanged',
  'hook',
  'hookClosed',
  'submitted',
  'leaseTaken',
  'leaseGivenBack',
  'exited',
]);

/** The hands: one program, its clients, and who may type. */
export class Host {
  readonly params: HostParams;
  readonly program: Program;
  readonly happenings: Happenings;
  readonly clients = new Set<HostClient>();
  readonly lease: LeaseKeeper;
  readonly events: EventRing;
  readonly hooks: HookSpool | undefined;
  readonly #server: ServerEvents | undefined;
  readonly startedAt: number;
  readonly now: () => number;
  readonly say: (line: string) => void;
  readonly #options: HostOptions;
  readonly #wake: Wake;
  readonly #size: PtySize;
  /** Number of the last input of each client: a repeated one is not typed again. */
  readonly #typed = new Map<string, bigint>();
  readonly #whenTaken: (() => void)[] = [];
  readonly #whenExited: ((exit: ProgramExit) => void)[] = [];
  #leaveAfterExit = false;
  #typedAt: number | undefined;

  constructor(options: HostOptions) {
    const { params, now, say } = options;
    this.#options = options;
    this.params = params;
    this.now = now;
    this.say = say;
    this.startedAt = now();
    this.happenings = new Happenings(now);
    this.#size = new PtySize(params);
    this.#wake = new Wake({
      argv: params.wake ?? [],
      env: params.wakeEnv,
      now,
      isDaemonConnected: () => [...this.clients].some(client => client.isDaemon),
      spread: Number.parseInt(params.secret.slice(0, 4), 16) / 0x1_0000 || 0,
      onFailed: why => say(`no daemon could be started: ${why}`),
    });
    this.events = new EventRing({
      now,
      facts: params.facts ?? [],
      onEvent: event => {
        for (const client of this.clients) if (client.watchesEvents) client.notify('event/happened', event);
        if (WAKING.has(event.type)) this.#wake.happened();
      },
    });
    this.lease = new LeaseKeeper({
      now,
      onChange: lease => {
        this.events.add(
          lease.holder === 'person' ? { type: 'leaseTaken', client: lease.client ?? '' } : { type: 'leaseGivenBack' },
        );
        this.#tellAll('lease/changed', lease);
      },
    });
    const { hooks: folder, hookFiles: files } = params;
    this.hooks = folder === undefined ? undefined : new HookSpool({ folder, files, events: this.events, now, say });
    const { server } = params;
    this.#server = server && new ServerEvents({ server, events: this.events, now, say });
    this.program = new Program({
      ...options,
      events: this.events,
      onOutput: (sequence, bytes) => this.#printed(sequence, bytes),
      onDrawn: () => this.happenings.tell('drawn'),
      onInputTaken: () => this.#inputTaken(),
      onExit: exit => this.#exited(exit),
    });
  }

  status(): HostStatus {
    const { params, program } = this;
    return {
      session: params.session,
      name: params.name,
      role: params.role,
      hostPid: process.pid,
      programPid: program.pid,
      startedAt: this.startedAt,
      columns: program.screen.columns,
      rows: program.screen.rows,
      sequence: program.screen.sequence,
      title: program.screen.title,
      modes: program.screen.modes(),
      lease: this.lease.lease,
      records: program.screen.records,
      events: this.events.events,
      changedAt: program.settle.changedAt,
      settled: program.settle.settled,
      exit: program.exit,
      holding: program.rules.holding,
      ...(this.hooks && { asking: this.hooks.asking }),
      ...(program.log.stopped !== undefined && !program.exit && { logStopped: program.log.stopped }),
    };
  }

  arrived(client: HostClient): void {
    if (client.isDaemon) this.#wake.daemonConnected();
  }

  left(client: HostClient): void {
    this.clients.delete(client);
    if (![...this.clients].some(other => other.id === client.id)) this.#size.left(client.id);
    if (client.isDaemon) this.#wake.daemonLeft(client.saidGoodbye);
  }

  /** Bytes that a client's user typed, or that its terminal said by itself. */
  input({ source, operation, bytes }: InputFrame, client: HostClient): void {
    if (operation <= (this.#typed.get(client.id) ?? 0n)) return;
    this.#remember(client.id, operation);
    const isTyped = source === InputSource.keys;
    if (isTyped) this.typed(client.id, client.scan.submits(bytes));
    this.program.write(bytes);
    // Behind the key, which need not wait for it: an emptied box that is the receipt of a prompt is full again after a fast one.
    if (isTyped) this.program.rules.catchUp();
    if (this.program.pendingInput > MOST_UNREAD_INPUT) client.pauseInput();
  }

  /**
   * A person's last key since a prompt was submitted: a draft may be on its way to the screen. A person's own Enter ends none: what is
   * typed before the program reads its keys becomes a line of the draft.
   */
  get typedAt(): number | undefined {
    return this.#typedAt;
  }

  /** A person's key: takes the lease, and the size is that of the person's client. */
  typed(client: string, submits: boolean): void {
    this.lease.take(client);
    this.#typedAt = this.now();
    if (this.#size.typed(client)) this.#resized();
    if (submits) this.submitted('person');
    this.happenings.tell('typed');
  }

  /** What ends a line has gone to the program. */
  submitted(by: 'person' | 'automation', operation?: string): void {
    this.program.settle.submitted();
    // A box that is emptied by this was seen to be full, however soon.
    this.program.rules.look();
    // Its box was seen to be empty before the prompt came into it.
    if (operation !== undefined) this.#typedAt = undefined;
    this.events.add({ type: 'submitted', by, ...(operation === undefined ? {} : { operation }) });
  }

  resize(options: { readonly client: string; readonly size: Size; readonly why: ResizeReason }): Size {
    if (this.#size.ask(options.client, options.size, options.why)) this.#resized();
    return this.#size.size;
  }

  /** Resolves when the program has taken all of its input, or is gone. */
  inputTaken(): Promise<void> {
    if (this.program.pendingInput === 0) return Promise.resolve();
    return new Promise(resolve => this.#whenTaken.push(resolve));
  }

  exited(): Promise<ProgramExit> {
    if (this.program.exit) return Promise.resolve(this.program.exit);
    return new Promise(resolve => this.#whenExited.push(resolve));
  }

  /** Goes now when the program has ended, else as soon as it does: its end is on disk for whoever looks. */
  leaveWhenEnded(): void {
    this.#leaveAfterExit = true;
    if (this.program.exit) this.leave();
  }

  leave(): void {
    this.#wake.stop();
    this.hooks?.stop();
    this.#server?.stop();
    for (const client of this.clients) client.end();
    this.#options.onLeave();
  }

  #remember(client: string, operation: bigint): void {
    this.#typed.delete(client);
    this.#typed.set(client, operation);
    const oldest = this.#typed.keys().next().value;
    if (this.#typed.size > MOST_REMEMBERED && oldest !== undefined) this.#typed.delete(oldest);
  }

  #printed(sequence: number, bytes: Uint8Array): void {
    let frame: Buffer | undefined;
    for (const client of this.clients) {
      if (!client.takesOutput) continue;
      frame ??= encodeFrame(FrameType.bytes, encodeOutputHead(sequence), bytes);
      client.output(frame);
    }
  }

  #resized(): void {
    const { columns, rows } = this.#size.size;
    this.program.resize({ columns, rows });
    for (const client of this.clients) client.resized({ sequence: this.program.screen.sequence, columns, rows });
  }

  #inputTaken(): void {
    for (const done of this.#whenTaken.splice(0)) done();
    for (const client of this.clients) client.resumeInput();
  }

  #exited(exit: ProgramExit): void {
    killPoint('host:exited');
    try {
      writeProgramExit(this.params.bundle, exit);
    } catch (error) {
      this.say(`exit.json can't be written: ${(error as Error).message}`);
    }
    killPoint('host:noted');
    this.events.add({ type: 'exited', exit });
    this.#tellAll('program/exited', exit);
    this.happenings.tell('exited');
    this.#inputTaken();
    for (const done of this.#whenExited.splice(0)) done(exit);
    if (this.#leaveAfterExit) this.leave();
  }

  #tellAll(method: string, params: unknown): void {
    for (const client of this.clients) client.notify(method, params);
  }
}
