import { expect } from 'vitest';
import type { Agent, Launch } from '../../source/agents/agent.ts';
import { childEnvironment } from '../../source/agents/environment.ts';
import type { AgentSources } from '../../source/agents/sources.ts';
import type { HostConnection } from '../../source/client/host-connection.ts';
import { afterHostEvent } from '../../source/daemon/host-status.ts';
import type { DeliveryResult, HostEvent, HostStatus, PromptDelivery } from '../../source/protocol/host.ts';
import { InputSource } from '../../source/protocol/input-frame.ts';
import type { Activity } from '../../source/session/activity.ts';
import { type HostRoom, type Watched, waitUntil, watchScreen } from '../host/host-room.ts';

export interface AgentInHostOptions {
  readonly room: HostRoom;
  readonly agent: Agent;
  readonly launch: Launch;
  readonly cwd: string;
  /** Of the client that starts it. */
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
  /** Folder in which its hooks report. */
  readonly hooks?: string | undefined;
  /** Longest wait for one thing, milliseconds. */
  readonly withinMs?: number;
}

/** An agent's program in a real host, started, read and prompted as the daemon does it. */
export class AgentInHost {
  readonly connection: HostConnection;
  readonly watched: Watched;
  readonly bundle: string;
  status: HostStatus;
  /** Every activity that was seen, one for each change of state: `unknown idle busy waiting:permission`. */
  readonly states: string[] = [];
  /** When the newest of them was, by `performance.now()`. */
  toldAt = 0;
  readonly #options: AgentInHostOptions;
  readonly #checks = new Set<() => void>();
  #operations = 0;

  static async start(options: AgentInHostOptions): Promise<AgentInHost> {
    const { room, agent, launch, env } = options;
    const { bundle } = await room.start({
      argv: launch.argv,
      cwd: options.cwd,
      env: childEnvironment({ client: env, unset: agent.unset, set: launch.env }),
      columns: options.columns ?? 110,
      rows: options.rows ?? 34,
      settleMs: 1000,
      rules: agent.rules,
      hooks: options.hooks,
      hookFiles: launch.hookFiles,
      server: launch.server,
    });
    const connection = await room.connect(bundle);
    // What happens between the answer and the listener must not be lost.
    const early: HostEvent[] = [];
    const stop = connection.on('event', event => early.push(event));
    const status = await connection.request('event/watch', null);
    const watched = await watchScreen(connection, 400);
    stop();
    const known = status.events.at(-1)?.n ?? 0;
    const now = early.filter(event => event.n > known).reduce(afterHostEvent, status);
    return new AgentInHost({ options, bundle, connection, status: now, watched });
  }

  constructor(made: {
    readonly options: AgentInHostOptions;
    readonly bundle: string;
    readonly connection: HostConnection;
    readonly status: HostStatus;
    readonly watched: Watched;
  }) {
    this.#options = made.options;
    this.bundle = made.bundle;
    this.connection = made.connection;
    this.status = made.status;
    this.watched = made.watched;
    this.#note();
    made.connection.on('event', event => {
      this.status = afterHostEvent(this.status, event);
      this.#note();
    });
    made.connection.on('output', () => this.#look());
  }

  get text(): string {
    return this.watched.text();
  }

  /** By what its adapter says that it knows each fact. */
  get sources(): AgentSources {
    return this.#options.agent.sources;
  }

  activity(): Activity {
    return this.#options.agent.activity(this.status, Date.now());
  }

  /** `busy`, `waiting:question`, `idle:done`. */
  until(state: string, withinMs?: number): Promise<void> {
    return this.#until(`it is ${state}`, () => stateOf(this.activity()) === state, withinMs);
  }

  see(text: string | RegExp): Promise<void> {
    return this.#until(`${text} is on the screen`, () =>
      typeof text === 'string' ? this.text.includes(text) : text.test(this.text),
    );
  }

  /** Brings a prompt in, as the daemon asks its host to. */
  deliver(text: string, given: Partial<PromptDelivery> = {}): Promise<DeliveryResult> {
    const { input } = this.#options.agent;
    const typed = input.protect(text);
    return this.connection.request('prompt/deliver', {
      operation: `p/${++this.#operations}`,
      by: 'automation',
      text: typed,
      ...(input.ready ? { ready: input.ready } : {}),
      ...(input.empty ? { empty: input.empty } : {}),
      dialogs: input.dialogs,
      ...(input.calmMs === undefined ? {} : { calmMs: input.calmMs }),
      ...(input.seen ? { seen: input.seen(given.text ?? typed) } : {}),
      bracketed: input.bracketed,
      enterAfterMs: input.enterAfterMs,
      timeoutMs: input.timeoutMs,
      enter: true,
      ...given,
    });
  }

  /** What its activity says, in the agent's own words. */
  says(text: string): Promise<void> {
    return this.#until(`it says ${text}`, () => this.activity().text === text);
  }

  /** One of the agent's rules holds on its screen. */
  holds(rule: string): Promise<void> {
    return this.#until(`${rule} holds`, () => this.status.holding?.some(held => held.rule === rule) ?? false);
  }

  /** Anything that can change only when the program prints or reports. */
  becomes(what: string, check: () => boolean, withinMs?: number): Promise<void> {
    return this.#until(what, check, withinMs);
  }

  /** Answers a dialog that is on the screen. Some ignore keys for a moment after they were drawn, so it is pressed until it is gone. */
  async answer(bytes: string): Promise<void> {
    const { since } = this.activity();
    const answered = () => this.activity().since !== since;
    const again = setInterval(() => {
      if (!answered()) this.connection.input(Buffer.from(bytes), InputSource.keys);
    }, 1000);
    try {
      await this.press(bytes);
      await this.#until('the dialog took the key', answered);
    } finally {
      clearInterval(again);
    }
  }

  /** Keys of a person; they take the lease, which is given back at once. */
  async press(bytes: string): Promise<void> {
    this.connection.input(Buffer.from(bytes), InputSource.keys);
    await this.#until('the keys were taken', () => this.status.lease.holder === 'person');
    await this.connection.request('lease/giveBack', { operation: `g/${++this.#operations}` });
    await this.#until('the lease is given back', () => this.status.lease.holder === 'automation');
  }

  /** A command of the program's own, typed as a person does it: text that is not made inert, and enter. */
  async type(text: string): Promise<void> {
    expect(await this.deliver('', { text })).toMatchObject({ outcome: 'submitted' });
  }

  /** Ends the program as a kill does. */
  async end(): Promise<void> {
    if (!this.status.exit) await this.connection.request('process/end', { graceMs: 3000 });
    await this.connection.request('exit/acknowledge', null).catch(() => {});
    this.connection.close();
  }

  async exited(): Promise<{ readonly code: number | undefined; readonly signal: string | undefined }> {
    await this.#until('it has exited', () => this.status.exit !== undefined);
    return { code: this.status.exit?.code, signal: this.status.exit?.signal };
  }

  /** What its host told last, newest last, for people. */
  history(): string {
    return this.status.events
      .slice(-30)
      .map(({ at, type, ...event }) => {
        const what = 'rule' in event ? `${event.rule} ${event.holds}` : 'report' in event ? event.report.name : '';
        return `${new Date(at).toISOString().slice(14, 23)} ${type} ${what}`;
      })
      .join('\n');
  }

  #until(what: string, check: () => boolean, within?: number): Promise<void> {
    const withinMs = within ?? this.#options.withinMs ?? 10_000;
    const show = () =>
      `${this.states.join(' ')}\n${JSON.stringify(this.activity(), undefined, 1)}\n${this.history()}\n${this.text.trimEnd()}`;
    return waitUntil(what, { check, checks: this.#checks, show, withinMs });
  }

  #note(): void {
    const state = stateOf(this.activity());
    if (this.states.at(-1) !== state) {
      this.states.push(state);
      this.toldAt = performance.now();
    }
    this.#look();
  }

  #look(): void {
    for (const check of [...this.#checks]) check();
  }
}

function stateOf({ state, kind, outcome }: Activity): string {
  const more = kind ?? outcome;
  return more === undefined ? state : `${state}:${more}`;
}
