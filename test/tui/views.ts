import type { Run } from '../../source/pipeline/run.ts';
import type { AgentOffer } from '../../source/protocol/agent-offer.ts';
import type { Changes, Fleet, Pane, RepositoryView, SessionView } from '../../source/protocol/daemon.ts';
import { countStatuses } from '../../source/session/order.ts';
import type { Prompt } from '../../source/session/prompt.ts';
import type { Session } from '../../source/session/session.ts';
import type { Status } from '../../source/session/status.ts';

/** The moment at which all pictures are taken. */
export const NOW = 1_790_000_000_000;
const MINUTE = 60_000;

export interface ViewOptions {
  readonly id: string;
  readonly title?: string;
  readonly status?: Status;
  readonly line?: string;
  readonly minutes?: number;
  readonly changes?: Partial<Changes>;
  readonly panes?: readonly Pane[];
  /** Undefined takes a reason away. */
  readonly refused?: { readonly [Act in keyof SessionView['refused']]?: string | undefined };
  readonly session?: Partial<Session>;
  readonly activity?: Partial<SessionView['activity']>;
  readonly taken?: boolean;
}

/** A session as the daemon would show it: idle, with a running agent, unless said otherwise. */
export function viewOf(options: ViewOptions): SessionView {
  const { id, title = `Session ${id}`, status = 'idle', minutes = 5 } = options;
  const since = NOW - minutes * MINUTE;
  return {
    session: {
      id,
      version: 1,
      title,
      titleBy: 'user',
      createdAt: since,
      repository: { gitDir: '/home/ann/shop/.git', root: '/home/ann/shop', name: 'acme/shop' },
      branch: `ann/${title.toLowerCase().replaceAll(' ', '-')}`,
      branchCreated: true,
      base: { ref: 'main', commit: '1111111111111111111111111111111111111111' },
      agent: { kind: 'claude', command: undefined, permissionMode: undefined, model: undefined, extra: [] },
      conversation: 'c-1',
      worktree: `/data/worktrees/shop-ab12/${id}`,
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
      conversationBegun: true,
      envNames: [],
      lifeAt: since,
      ...options.session,
    },
    status,
    line: options.line ?? '',
    since,
    activity: {
      state: 'idle',
      kind: undefined,
      outcome: undefined,
      text: undefined,
      since,
      evidence: [],
      ...options.activity,
    },
    changes: options.changes && {
      files: 3,
      added: 0,
      removed: 0,
      commits: 1,
      uncommitted: 0,
      unpushed: 1,
      head: '2222222222222222222222222222222222222222',
      pushesTo: 'origin',
      ...options.changes,
    },
    panes: options.panes ?? [{ role: 'agent', name: 'agent-1', bundle: `/data/${id}`, running: true }],
    taken: options.taken ?? false,
    refused: withoutUndefined({
      resume: 'it is running, not paused',
      restart: 'its agent runs',
      giveBack: 'it was not let go; l lets it go',
      takeOver: 'it was not let go',
      sendBack: 'nothing is ready to be sent back',
      merge: 'only what is ready for review can be merged',
      undo: 'it was not killed',
      ...options.refused,
    }),
  };
}

function withoutUndefined(refused: NonNullable<ViewOptions['refused']>): SessionView['refused'] {
  return Object.fromEntries(Object.entries(refused).filter(([, why]) => why !== undefined));
}

export function runOf(options: Partial<Run> = {}): Run {
  return {
    id: 'r1',
    goal: 'The checkout test is green ten times in a row',
    check: 'npm test',
    limits: { attempts: 3, minutes: 60 },
    startedAt: NOW - 12 * MINUTE,
    stage: { name: 'working', prompt: 'p1', since: NOW - 2 * MINUTE },
    attempt: 2,
    heldMs: 0,
    held: undefined,
    lastCheck: undefined,
    checks: 1,
    readyCommit: undefined,
    ...options,
  };
}

/** A prompt of a person that waits since two seconds, unless said otherwise. */
export function promptOf(options: Partial<Prompt> = {}): Prompt {
  return {
    id: 'p9',
    text: 'Say what changed.',
    at: NOW - 2_000,
    by: 'person',
    way: 'typed',
    state: 'queued',
    stateAt: NOW - 2_000,
    why: undefined,
    attempts: 0,
    putOffAt: undefined,
    ...options,
  };
}

/** The fleet of LOOK.md's picture. */
export function pictureFleet(): readonly SessionView[] {
  return [
    viewOf({
      id: 'aaaa000001',
      title: 'Fix flaky checkout test',
      status: 'needsYou',
      line: 'approve Bash: rm -rf build',
      minutes: 14,
      changes: { added: 84, removed: 12, uncommitted: 2 },
      activity: { state: 'waiting', kind: 'permission' },
    }),
    viewOf({
      id: 'aaaa000002',
      title: 'Upgrade to Node 24',
      status: 'needsYou',
      line: 'which package manager? npm · pnpm',
      minutes: 2,
    }),
    viewOf({
      id: 'aaaa000003',
      title: 'Optimistic todo updates',
      status: 'ready',
      line: '3 commits, checks passed',
      minutes: 31,
      changes: { added: 212, removed: 40, commits: 3 },
      session: { run: runOf({ stage: { name: 'ready', at: NOW - 31 * MINUTE }, readyCommit: '3'.repeat(40) }) },
      refused: { merge: undefined, sendBack: undefined },
    }),
    viewOf({
      id: 'aaaa000004',
      title: 'Document the CLI',
      status: 'working',
      line: 'running npm run docs',
      minutes: 6,
      changes: { added: 31, removed: 2 },
      session: { run: runOf() },
      activity: { state: 'busy' },
      refused: {
        giveBack: 'it runs by itself; nobody has it',
        takeOver: undefined,
        letGo: 'it is let go already',
      },
    }),
    viewOf({
      id: 'aaaa000005',
      title: 'Speed up the search index',
      status: 'working',
      line: 'reading 41 files',
      minutes: 1,
    }),
    viewOf({
      id: 'aaaa000006',
      title: 'Dark theme',
      status: 'paused',
      minutes: 3 * 24 * 60,
      panes: [],
      session: {
        life: { name: 'paused' },
        host: { state: 'none' },
        kept: {
          ref: 'refs/tutti/x',
          commit: undefined,
          tip: undefined,
          folder: undefined,
          hadHost: true,
          from: 'live',
          at: NOW - 3 * 24 * 60 * MINUTE,
        },
      },
      refused: {
        pause: 'it is paused; r resumes it',
        focus: 'it is paused; r resumes it',
        prompt: 'it is paused; r resumes it',
        resume: undefined,
      },
    }),
  ];
}

export function repositoryOf(options: Partial<RepositoryView> = {}): RepositoryView {
  return {
    repository: { gitDir: '/home/ann/shop/.git', root: '/home/ann/shop', name: 'acme/shop' },
    head: { ref: 'main', commit: '1'.repeat(40), committedAt: NOW - 2 * 60 * MINUTE },
    branches: [
      { name: 'main', remote: undefined, checkedOut: '/home/ann/shop' },
      { name: 'fix/old', remote: undefined, checkedOut: undefined },
      { name: 'release', remote: 'origin', checkedOut: undefined },
    ],
    uncommittedFiles: 3,
    empty: false,
    refused: undefined,
    ...options,
  };
}

export function fleetOf(
  sessions: readonly SessionView[],
  repository: RepositoryView | undefined = repositoryOf(),
): Fleet {
  return { sessions, counts: countStatuses(sessions), notices: [], repository, killed: 0 };
}

export const AGENTS: readonly AgentOffer[] = [
  agent({ kind: 'claude', version: '2.1.330', permissionModes: ['default', 'acceptEdits', 'plan'] }),
  agent({ kind: 'codex', installed: false, install: 'npm i -g @openai/codex' }),
  agent({ kind: 'shell' }),
  agent({ kind: 'demo', isDemo: true }),
];

function agent(options: Partial<AgentOffer> & { readonly kind: string }): AgentOffer {
  return {
    name: options.kind,
    installed: true,
    version: undefined,
    install: undefined,
    isDemo: false,
    cannot: {},
    permissionModes: [],
    ...options,
  };
}
