import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';
import { endSessions } from './end-sessions.ts';
import { type HomeOptions, makeHome, type TestHome } from './home.ts';
import { leaveNothing } from './leave-nothing.ts';
import { untilGone } from './leftovers.ts';
import { lendRuntime } from './lend-runtime.ts';
import { doingOf, type ProcessView, processesOf } from './processes.ts';
import { makeRepository, type RepositoryOptions } from './repository.ts';
import { type CommandResult, runCommand, splitLine } from './run-command.ts';
import type { ScreenView } from './screen-view.ts';
import { UserTerminal } from './user-terminal.ts';
import { lookAtWorld, tailLogs, type World } from './world.ts';

export interface FleetOptions extends HomeOptions {
  /** `120x40` when nothing is said. */
  readonly size?: readonly [columns: number, rows: number];
  /** `none`: one stands in a plain folder. */
  readonly repository?: RepositoryOptions | 'none';
  /** Which of the two test builds is installed. */
  readonly build?: 'a' | 'b';
  /** Arguments of the first `tutti`. */
  readonly args?: readonly string[];
  /** False: no terminal is opened yet; `open()` does. */
  readonly opened?: boolean;
  /** Another program instead of tutti. */
  readonly program?: readonly [string, ...string[]];
}

export interface OpenOptions {
  /** Another program instead of the installed tutti. */
  readonly program?: readonly [string, ...string[]];
  readonly size?: readonly [columns: number, rows: number];
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly light?: boolean;
  /** It reads program status (OSC 7501). */
  readonly readsStatus?: boolean;
}

/** A home, a repository and the real program in a real terminal: the stage of a scenario. End it in `afterEach`. */
export async function startFleet(options: FleetOptions = {}): Promise<Fleet> {
  const home = makeHome(options);
  const repository = options.repository === 'none' ? undefined : makeRepository(home, options.repository);
  const fleet = new Fleet(options, home, repository);
  if (fleet.build === 'a') lendRuntime(home, dirname(fleet.launcher));
  if (options.opened ?? true) fleet.open(options.args ? { args: options.args } : {});
  return fleet;
}

export class Fleet {
  readonly home: TestHome;
  /** Root of the repository. */
  readonly repository: string | undefined;
  /** Where one stands: the repository, or a plain folder. */
  readonly cwd: string;
  /** Which test build `tutti` is now: assign to play an upgrade. */
  build: 'a' | 'b';
  readonly #options: FleetOptions;
  readonly #terminals: UserTerminal[] = [];

  constructor(options: FleetOptions, home: TestHome, repository: string | undefined) {
    this.#options = options;
    this.home = home;
    this.repository = repository;
    this.cwd = repository ?? join(home.root, 'plain');
    this.build = options.build ?? 'a';
    mkdirSync(this.cwd, { recursive: true });
  }

  /** The program's file in the build that is installed now. */
  get launcher(): string {
    return join(inject('testBuilds'), this.build, 'tutti.js');
  }

  /** Opens one more terminal with the program in it; it becomes the one that `press`, `see`, … speak to. */
  open(options: OpenOptions = {}): UserTerminal {
    const [columns, rows] = options.size ?? this.#options.size ?? [120, 40];
    const terminal = new UserTerminal({
      name: `terminal ${this.#terminals.length + 1}`,
      argv: options.program ?? this.#options.program ?? this.#tutti(options.args ?? []),
      cwd: options.cwd ?? this.cwd,
      env: { ...this.home.env, ...options.env },
      columns,
      rows,
      light: options.light ?? false,
      readsStatus: options.readsStatus ?? false,
      scratch: this.home.scratch,
      explain: () =>
        `${this.processes()
          .map(
            view =>
              `${view.pid} ${view.what} ${doingOf(view.pid)} ${view.command.replaceAll(/[\x00-\x1f]+/g, ' ').slice(0, 200)}`,
          )
          .join('\n')}\n${tailLogs(this.home)}`,
    });
    this.#terminals.push(terminal);
    return terminal;
  }

  /** The terminal that was opened last. */
  get terminal(): UserTerminal {
    const newest = this.#terminals.at(-1);
    if (!newest) throw new Error('no terminal was opened yet: call open()');
    return newest;
  }

  press(...keys: readonly string[]): void {
    this.terminal.press(...keys);
  }

  type(text: string): void {
    this.terminal.type(text);
  }

  paste(text: string): void {
    this.terminal.paste(text);
  }

  click(at: { readonly x: number; readonly y: number } | string): void {
    this.terminal.click(at);
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
  }

  screen(): ScreenView {
    return this.terminal.screen();
  }

  see(text: string | RegExp, options?: { readonly within?: number }): Promise<void> {
    return this.terminal.see(text, options);
  }

  miss(text: string | RegExp, options?: { readonly within?: number }): Promise<void> {
    return this.terminal.miss(text, options);
  }

  waitUntil(
    what: string,
    condition: (screen: ScreenView) => boolean,
    options?: { readonly within?: number },
  ): Promise<void> {
    return this.terminal.waitUntil(what, condition, options);
  }

  /**
   * Waits until the left column shows exactly these rows in this order, blank ones left out: a string must be contained in its
   * row. The header and what follows the rule `│` don't count.
   */
  expectRows(rows: readonly (string | RegExp)[], options?: { readonly within?: number }): Promise<void> {
    const matches = (line: string, row: string | RegExp) =>
      typeof row === 'string' ? line.includes(row) : row.test(line);
    const shows = (screen: ScreenView) => {
      const listed = screen.lines
        .filter(line => line.includes('│'))
        .map(line => line.slice(0, line.indexOf('│')).trimEnd());
      const filled = listed.filter(line => line.trim() !== '');
      return filled.length === rows.length && rows.every((row, index) => matches(filled[index] as string, row));
    };
    return this.terminal.waitUntil(`the list shows ${rows.join(' | ')}`, shows, options);
  }

  /** Runs `tutti …` as a script does: `cli('ls --json')`, or as a list of arguments. */
  cli(
    line: string | readonly string[],
    options: {
      readonly stdin?: string;
      readonly cwd?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly within?: number;
    } = {},
  ): Promise<CommandResult> {
    const { cwd = this.cwd, env = {}, ...rest } = options;
    const args = typeof line === 'string' ? splitLine(line) : line;
    return runCommand({ argv: this.#tutti(args), cwd, env: { ...this.home.env, ...env }, ...rest });
  }

  /** SIGKILL, and waits until it is gone. `tui` is the newest terminal's program; a host is named by `<session>/<host>` or is all of them. */
  async kill(what: 'tui' | 'daemon' | 'host', bundle?: string): Promise<void> {
    const pids = what === 'tui' ? [this.terminal.pid()] : what === 'daemon' ? this.pids('daemon') : this.#hosts(bundle);
    if (pids.length === 0) throw new Error(`there is no ${what} to kill`);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await untilGone(`${what} ${pids.join(' ')} is gone`, () =>
      this.processes().filter(view => pids.includes(view.pid)),
    );
  }

  /** Every living process of this home. Unlike `world()` it asks git nothing: what waits looks at it again and again. */
  processes(): readonly ProcessView[] {
    return processesOf(this.home.root);
  }

  pids(what: ProcessView['what']): readonly number[] {
    return this.processes()
      .filter(view => view.what === what)
      .map(view => view.pid);
  }

  world(): World {
    return lookAtWorld(this.home, this.repository);
  }

  /**
   * Ends everything as a user would: windows closed, sessions killed, daemon stopped. Fails when a process, a socket or a lock is
   * left after that, and takes it away all the same.
   */
  async end({ within = 5_000 }: { readonly within?: number } = {}): Promise<void> {
    await Promise.all(this.#terminals.map(terminal => terminal.hangUp()));
    const troubles = this.#hasWorked()
      ? await endSessions({ home: this.home, dist: dirname(this.launcher), cwd: this.cwd })
      : [];
    await leaveNothing({ home: this.home, repository: this.repository, troubles, within });
  }

  /** Something is there beside the runtime that it was lent. */
  #hasWorked(): boolean {
    const data = join(this.home.tutti, 'data');
    return existsSync(data) && readdirSync(data).some(name => name !== 'runtime');
  }

  #tutti(args: readonly string[]): [string, ...string[]] {
    return [process.execPath, this.launcher, ...args];
  }

  /** Of those that live: a bundle outlasts its host. */
  #hosts(bundle: string | undefined): readonly number[] {
    const { bundles, processes } = this.world();
    const alive = new Set(processes.filter(view => view.what === 'host').map(view => view.pid));
    const recorded = (bundle ? [bundle] : bundles).flatMap(name => {
      const [session = '', host = ''] = name.split('/');
      const record = join(this.home.tutti, 'data', 'sessions', session, 'hosts', host, 'host.json');
      return existsSync(record) ? [JSON.parse(readFileSync(record, 'utf8')).hostPid as number] : [];
    });
    return recorded.filter(pid => alive.has(pid));
  }
}
