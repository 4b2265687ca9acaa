import { resolve } from 'node:path';
import type { Client, Context } from '../../source/commands/context.ts';
import { runTutti } from '../../source/commands/main.ts';
import type { DaemonRequests, SessionView } from '../../source/protocol/daemon.ts';
import { TuttiError } from '../../source/protocol/rpc.ts';
import type { Session } from '../../source/session/session.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../source/store/settings-defaults.ts';
import { paths } from '../../source/system/paths.ts';

type Answers = {
  readonly [Method in keyof DaemonRequests]?:
    | DaemonRequests[Method]['result']
    | ((params: DaemonRequests[Method]['params']) => DaemonRequests[Method]['result']);
};

export interface FakeOptions {
  /** What the daemon answers; a method that is not here is refused. */
  readonly answers?: Answers;
  readonly running?: boolean;
  readonly stdin?: string;
  readonly isTerminal?: boolean;
  readonly yes?: boolean;
  readonly settings?: Settings;
  readonly hostLines?: readonly string[];
  readonly columns?: number;
  /** What the daemon tells by itself, once somebody watches: name and what it says. */
  readonly news?: readonly (readonly [string, unknown])[];
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface FakeRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Method and parameters of every request, in order. */
  readonly asked: readonly (readonly [string, unknown])[];
  readonly json: () => unknown;
}

export const NOW = 1_800_000_000_000;

/** Runs `tutti …` with a daemon and streams that are not there. */
export async function runFake(words: readonly string[], options: FakeOptions = {}): Promise<FakeRun> {
  const asked: (readonly [string, unknown])[] = [];
  let out = '';
  let err = '';
  let operations = 0;
  const listeners = new Map<string, (event: unknown) => void>();
  let news = options.news ?? [];
  const client = {
    request: async (method: keyof DaemonRequests, params: unknown) => {
      asked.push([method, params]);
      const answer = options.answers?.[method];
      if (method === 'fleet/watch' && news.length > 0) {
        const told = news;
        news = [];
        setImmediate(() => {
          for (const [name, event] of told) listeners.get(name)?.(event);
        });
      }
      if (answer === undefined) throw new TuttiError('bug', `the test answers no ${method}.`);
      return typeof answer === 'function' ? (answer as (params: unknown) => unknown)(params) : answer;
    },
    on: (name: string, listener: (event: unknown) => void) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
    stopDaemon: async () => {},
    operation: () => `operation-${++operations}`,
    close: () => {},
  } as unknown as Client;
  const system = {
    now: () => NOW,
    random: (bytes: number) => new Uint8Array(bytes),
    env: { PATH: options.home ? process.env.PATH : '/bin', EMPTY: undefined, ...options.env },
    home: options.home ?? '/home/anna',
    uid: 1000,
    user: 'anna',
    platform: 'linux',
    pid: 42,
    cwd: () => '/home/anna/shop',
  } as const;
  const context: Context = {
    system,
    paths: paths(system),
    dist: '/dist',
    cwd: system.cwd(),
    path: given => resolve(system.cwd(), given ?? '.'),
    terminal: {
      out: text => {
        out += text;
      },
      outBytes: bytes => {
        out += Buffer.from(bytes).toString('latin1');
      },
      err: text => {
        err += text;
      },
      readInput: async () => options.stdin ?? '',
      ask: async question => {
        err += question;
        return options.yes ?? false;
      },
      inputIsTerminal: options.isTerminal ?? false,
      outputIsTerminal: options.isTerminal ?? false,
      columns: options.columns ?? Number.POSITIVE_INFINITY,
      colour: options.isTerminal ?? false,
    },
    settings: async () => options.settings ?? DEFAULT_SETTINGS,
    connect: async () => client,
    connectIfRunning: async () => (options.running === false ? undefined : client),
    host: async () => {
      if (!options.hostLines) throw new TuttiError('notFound', 'The host is gone.');
      return { readScreen: async () => options.hostLines ?? [], close: () => {} };
    },
    faces: {
      fleet: async ({ path }) => {
        out += `fleet of ${path}\n`;
        return 0;
      },
      attach: async ({ session, pane }) => {
        out += `attached ${session} ${pane ?? ''}\n`;
        return 0;
      },
    },
  };
  const code = await runTutti(context, words);
  return { code, out, err, asked, json: () => JSON.parse(out) };
}

/** A session as the daemon shows it. */
export function viewOf(
  change: Partial<Omit<SessionView, 'session'>> & { readonly session?: Partial<Session> } = {},
): SessionView {
  const { session, ...rest } = change;
  return {
    session: {
      id: '0a1b2c7k2m',
      version: 3,
      title: 'Fix the cart',
      titleBy: 'user',
      createdAt: NOW - 3_600_000,
      repository: { gitDir: '/home/anna/shop/.git', root: '/home/anna/shop', name: 'acme/shop' },
      branch: 'anna/fix-the-cart',
      branchCreated: true,
      base: { ref: 'main', commit: 'c0ffee' },
      agent: { kind: 'claude', command: undefined, permissionMode: undefined, model: undefined, extra: [] },
      conversation: undefined,
      worktree: '/data/worktrees/shop-1/fix-the-cart-7k2m',
      place: 'local',
      mode: 'conductor',
      life: { name: 'live' },
      host: { state: 'running', name: 'agent-1', hostPid: 1, programPid: 2 },
      hosts: 1,
      end: undefined,
      outbox: [],
      run: undefined,
      kept: undefined,
      trouble: undefined,
      seenAt: undefined,
      ...session,
    } as Session,
    status: 'working',
    line: 'running npm test',
    since: NOW - 360_000,
    activity: { state: 'busy', kind: undefined, outcome: undefined, text: undefined, since: NOW, evidence: [] },
    changes: { files: 2, added: 84, removed: 12, commits: 1, uncommitted: 1, unpushed: 1, head: 'abc1234' },
    panes: [{ role: 'agent', name: 'agent-1', bundle: '/data/sessions/0a1b2c7k2m/hosts/agent-1', running: true }],
    taken: false,
    refused: {},
    ...rest,
  };
}

export const fleetOf = (...sessions: SessionView[]) => ({
  sessions,
  counts: {} as never,
  notices: [],
  repository: undefined,
});
