import type { SessionView } from '../protocol/daemon.ts';
import type { Grant } from '../session/rights.ts';
import type { Status } from '../session/status.ts';

/** A session as scripts get it. Fields are only ever added. Times are milliseconds since the epoch. */
export interface SessionJson {
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  readonly line: string;
  readonly since: number;
  /** Of what was put away, where it has an end. */
  readonly snoozedUntil: number | null;
  readonly createdAt: number;
  readonly repository: { readonly name: string; readonly root: string };
  readonly branch: string;
  readonly base: { readonly ref: string; readonly commit: string };
  readonly worktree: string;
  readonly agent: string;
  readonly profile: string | null;
  readonly mode: 'conductor' | 'orchestrator';
  readonly parent: string | null;
  readonly grants: readonly Grant[];
  /** A person has the keys. */
  readonly taken: boolean;
  readonly changes: SessionView['changes'] | null;
  readonly prompts: readonly { readonly id: string; readonly state: string; readonly text: string }[];
  readonly run: RunJson | null;
  readonly panes: readonly { readonly name: string; readonly role: string; readonly running: boolean }[];
}

interface RunJson {
  readonly goal: string;
  readonly check: string | null;
  readonly stage: string;
  readonly held: string | null;
  readonly attempt: number;
  readonly attempts: number;
  readonly minutes: number;
  readonly readyCommit: string | null;
  readonly lastCheck: {
    readonly passed: boolean;
    readonly code: number | null;
    readonly output: readonly string[];
  } | null;
}

export function sessionJson(view: SessionView): SessionJson {
  const { session, status, line, since, taken, changes, panes } = view;
  return {
    id: session.id,
    title: session.title,
    status,
    line,
    since,
    snoozedUntil: (status === 'snoozed' ? session.snoozed?.until : undefined) ?? null,
    createdAt: session.createdAt,
    repository: { name: session.repository.name, root: session.repository.root },
    branch: session.branch,
    base: session.base,
    worktree: session.worktree,
    agent: session.agent.kind,
    profile: session.agent.profile ?? null,
    mode: session.mode,
    parent: session.parent ?? null,
    grants: session.grants ?? [],
    taken,
    changes: changes ?? null,
    prompts: session.outbox.map(({ id, state, text }) => ({ id, state, text })),
    run: runJson(view),
    panes: panes.map(({ name, role, running }) => ({ name, role, running })),
  };
}

function runJson({ session: { run } }: SessionView): RunJson | null {
  if (!run) return null;
  const { lastCheck } = run;
  return {
    goal: run.goal,
    check: run.check ?? null,
    stage: run.stage.name,
    held: run.held?.why ?? null,
    attempt: run.attempt,
    attempts: run.limits.attempts,
    minutes: run.limits.minutes,
    readyCommit: run.readyCommit ?? null,
    lastCheck: lastCheck ? { passed: lastCheck.passed, code: lastCheck.code ?? null, output: lastCheck.output } : null,
  };
}
