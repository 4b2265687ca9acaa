import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { connectDaemon, type DaemonConnection } from '../../source/client/daemon-connection.ts';
import { connectHost } from '../../source/client/host-connection.ts';
import { isAtRest } from '../../source/daemon/waiters.ts';
import type { DaemonRequests, NewSession, Notice, SessionView } from '../../source/protocol/daemon.ts';
import { InputSource } from '../../source/protocol/input-frame.ts';
import type { AgentChoice } from '../../source/session/session.ts';
import { hostBundle, type Paths, paths } from '../../source/system/paths.ts';
import { ensureRuntime, type Runtime } from '../../source/system/runtime.ts';
import { markStopped } from '../../source/system/stop-mark.ts';
import { realSystem, type System } from '../../source/system/system.ts';
import { type HomeOptions, makeHome, type TestHome } from '../driver/home.ts';
import { leaveNothing } from '../driver/leave-nothing.ts';
import { untilGone } from '../driver/leftovers.ts';
import { lendRuntime } from '../driver/lend-runtime.ts';
import { environmentOf, type ProcessView, processesOf } from '../driver/processes.ts';
import { git, makeRepository, type RepositoryOptions } from '../driver/repository.ts';
import { lookAtWorld, tailLogs, type World } from '../driver/world.ts';
import { FleetMirror, WITHIN_MS } from './fleet-mirror.ts';

export interface StageOptions extends HomeOptions {
  readonly repository?: RepositoryOptions;
  readonly build?: 'a' | 'b';
  /** How long a condition may take, where more is done at once than in other tests. */
  readonly withinMs?: number;
}

export const DEMO: AgentChoice = {
  kind: 'demo',
  command: undefined,
  permissionMode: undefined,
  model: undefined,
  extra: ['--instant'],
};

/** A home, a repository and a real daemon with one client: what the daemon's tests play on. End it in `afterEach`. */
export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const home = makeHome(options);
  if (options.build !== 'b') lendRuntime(home, join(inject('testBuilds'), 'a'));
  const stage = new Stage(home, makeRepository(home, options.repository), options);
  await stage.connect();
  return stage;
}

export class Stage {
  readonly home: TestHome;
  readonly repository: string;
  readonly paths: Paths;
  readonly system: System;
  /** Which build the next daemon is started from. */
  build: 'a' | 'b';
  /** Beside the home's, for the next daemon only: `TUTTI_KILL_AT`. */
  daemonEnv: Readonly<Record<string, string>> = {};
  /** Counts the clients: one that died with its daemon is followed by another. */
  generation = 0;
  connection: DaemonConnection | undefined;
  readonly fleet: FleetMirror;
  #operations = 0;
  #connecting: Promise<void> | undefined;

  constructor(home: TestHome, repository: string, { build = 'a', withinMs }: StageOptions) {
    this.home = home;
    this.repository = repository;
    this.build = build;
    this.system = { ...realSystem(), env: home.env, home: home.root, user: 'tester' };
    this.paths = paths(this.system);
    this.fleet = new FleetMirror({ explain: () => tailLogs(this.home), withinMs });
  }

  get views(): ReadonlyMap<string, SessionView> {
    return this.fleet.views;
  }

  get notices(): readonly Notice[] {
    return this.fleet.notices;
  }

  /** A client that watches everything, and comes back whenever the daemon goes. */
  async connect(): Promise<void> {
    this.connection = await connectDaemon({
      system: this.system,
      paths: this.paths,
      kind: 'test',
      build: this.runtime().build,
      program: () => {
        const env = { ...this.home.env, ...this.daemonEnv };
        this.daemonEnv = {};
        const { node, daemon } = this.runtime();
        return { argv: [node, daemon], env, builtAt: undefined };
      },
      patienceMs: WITHIN_MS,
    });
    await this.fleet.follow(this.connection);
  }

  /** Where the next daemon is started from. */
  runtime(): Runtime {
    const dist = join(inject('testBuilds'), this.build);
    return ensureRuntime({ paths: this.paths, system: this.system, dist, node: process.execPath });
  }

  async request<Method extends keyof DaemonRequests>(
    method: Method,
    params: DaemonRequests[Method]['params'],
  ): Promise<DaemonRequests[Method]['result']> {
    await this.#connecting;
    return this.#client().request(method, params);
  }

  operation(): string {
    this.#operations += 1;
    return `test/${this.#operations}`;
  }

  /** The newest client watches the fleet. */
  async connected(): Promise<void> {
    await this.#connecting;
  }

  create(options: Partial<NewSession> & { readonly title: string }): Promise<SessionView> {
    return this.request('session/create', {
      operation: this.operation(),
      path: this.repository,
      agent: DEMO,
      env: this.home.env,
      ...options,
    });
  }

  /** Its agent waits for its first prompt. */
  async idle(title: string, options: Partial<NewSession> = {}): Promise<SessionView> {
    const { session } = await this.create({ title, ...options });
    return this.until(session.id, 'is idle', view => view.status === 'idle');
  }

  send(session: string, text: string): Promise<DaemonRequests['prompt/send']['result']> {
    return this.request('prompt/send', { operation: this.operation(), session, text });
  }

  view(session: string): SessionView {
    const view = this.views.get(session);
    if (!view) throw new Error(`session ${session} is not in the list`);
    return view;
  }

  /** Waits until a session, as clients are told of it, is as wanted. */
  until(session: string, what: string, holds: (view: SessionView) => boolean): Promise<SessionView> {
    return this.eventually(`${session} ${what}`, () => {
      const view = this.views.get(session);
      return view && holds(view) ? view : undefined;
    });
  }

  eventually<Value>(what: string, ask: () => Value | undefined): Promise<Value> {
    return this.fleet.eventually(what, ask);
  }

  async daemonPid(): Promise<number> {
    return (await this.request('daemon/status', null)).pid;
  }

  /** SIGKILL; the client brings the next one up by itself. */
  async killDaemon(): Promise<void> {
    const pid = await this.daemonPid();
    const back = this.back();
    process.kill(pid, 'SIGKILL');
    await back;
  }

  /** The daemon ends in peace, and the next one has this in its environment, also where a host was quicker to wake one. */
  async restartDaemon(env: Readonly<Record<string, string>>): Promise<void> {
    for (;;) {
      const back = this.back();
      this.daemonEnv = env;
      await this.request('daemon/stop', { by: 'user' });
      await back;
      const has = environmentOf(await this.daemonPid());
      if (Object.entries(env).every(([name, value]) => has.includes(`${name}=${value}`))) return;
    }
  }

  /** When the daemon dies, this client dies with it, and a new one comes that knows nothing of what it asked. */
  forgetOnDeath(): void {
    const client = this.#client();
    client.on('reconnecting', () => {
      client.close();
      this.fleet.watching = false;
      this.generation += 1;
      this.connection = undefined;
      this.#connecting = this.connect();
    });
  }

  /** The daemon is killed and nobody is there to start another one while something happens; then a client comes. */
  async withoutDaemon(happens: () => Promise<unknown>, { hostsWake = false } = {}): Promise<void> {
    if (!hostsWake) markStopped(this.paths);
    const pid = await this.daemonPid();
    this.connection?.close();
    process.kill(pid, 'SIGKILL');
    await untilGone('the daemon is dead', () => this.processes().filter(view => view.pid === pid));
    await happens();
    await this.connect();
  }

  /** Settles when the daemon has died by itself; then there is none, nor a client, until one connects. */
  async staysDead(): Promise<void> {
    const client = this.#client();
    client.on('reconnecting', () => client.close());
    markStopped(this.paths);
    await this.eventually('the daemon has died', () => (this.fleet.watching ? undefined : true));
    await untilGone('the daemon is dead', () => this.processes().filter(({ what }) => what === 'daemon'));
  }

  /** Settles when the client has lost its daemon and watches another one. */
  back(): Promise<void> {
    const client = this.#client();
    return new Promise(resolve => {
      const stop = client.on('connected', () => {
        stop();
        void this.eventually('the fleet is watched again', () => (this.fleet.watching ? true : undefined)).then(() =>
          resolve(),
        );
      });
    });
  }

  /** A person's terminal at one of its hosts. */
  async host(session: string, name: string): Promise<{ type: (text: string) => void; close: () => void }> {
    const link = await this.#link(session, name);
    return { type: text => link.input(Buffer.from(text), InputSource.keys), close: () => link.close() };
  }

  /** What its agent's pane shows. */
  async screen(session: string): Promise<string> {
    const link = await this.#link(session, 'agent-1');
    try {
      return (await link.request('screen/read', { scrollback: 0 })).lines.join('\n');
    } finally {
      link.close();
    }
  }

  git(args: readonly string[], cwd = this.repository): string {
    return git(this.home, cwd, args);
  }

  /** Every prompt that a demo agent received, in order. */
  receipts(): readonly string[] {
    if (!existsSync(this.home.receipts)) return [];
    const lines = readFileSync(this.home.receipts, 'utf8').split('\n').filter(Boolean);
    return lines.map(line => JSON.parse(line).prompt as string);
  }

  /** Every living process of this home. Unlike `world()` it asks git nothing: what waits looks at it again and again. */
  processes(): readonly ProcessView[] {
    return processesOf(this.home.root);
  }

  world(): World {
    return lookAtWorld(this.home, this.repository);
  }

  /** Kills every session, stops the daemon, and fails when a process or a socket is left. */
  async end(): Promise<void> {
    const troubles: string[] = [];
    try {
      for (const view of (await this.request('fleet/list', { all: true })).sessions) {
        await this.eventually('it is at rest', () =>
          isAtRest(this.views.get(view.session.id)?.session ?? view.session) ? true : undefined,
        );
        await this.request('session/kill', { operation: this.operation(), session: view.session.id });
      }
    } catch (thrown) {
      troubles.push(`${thrown}`);
    }
    if (this.connection) {
      await this.connection.request('daemon/stop', { by: 'user' }).catch(() => {});
      this.connection.close();
    }
    await leaveNothing({ home: this.home, repository: this.repository, troubles, within: 5_000 });
  }

  #link(session: string, name: string): ReturnType<typeof connectHost> {
    return connectHost({
      bundle: hostBundle(this.paths, session, name),
      paths: this.paths,
      system: this.system,
      client: `person-${this.system.pid}`,
      kind: 'test',
      build: 'test',
    });
  }

  #client(): DaemonConnection {
    if (!this.connection) throw new Error('the client died with its daemon');
    return this.connection;
  }
}
