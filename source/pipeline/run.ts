/** An unattended run: what a session was let go with, and how far it has come. Every move is an event; `nextStep` decides. */
export interface Run {
  readonly id: string;
  readonly goal: string;
  /** Shell command of the user, run in the worktree. Undefined: the turn's end alone makes it ready. */
  readonly check: string | undefined;
  readonly limits: RunLimits;
  readonly startedAt: number;
  readonly stage: RunStage;
  /** Rounds of prompt and check begun so far. */
  readonly attempt: number;
  /** Milliseconds spent while it was held by a person; they don't count against the time limit. */
  readonly heldMs: number;
  readonly held: RunHold | undefined;
  readonly lastCheck: CheckResult | undefined;
  /** Checks started so far: the next one is `check-<n + 1>`. */
  readonly checks: number;
  /** The commit that the user sees as *ready for review*; verdicts are bound to it. */
  readonly readyCommit: string | undefined;
}

export interface RunLimits {
  /** Rounds in all, the first included. */
  readonly attempts: number;
  readonly minutes: number;
}

export type RunStage =
  /** A prompt of the run is in the outbox; `prompt` is its id. */
  | { readonly name: 'prompting'; readonly prompt: string }
  /** The turn that the prompt began goes on. */
  | { readonly name: 'working'; readonly prompt: string; readonly since: number }
  | ({ readonly name: 'checking'; readonly host: string; readonly since: number } & CheckedFiles)
  | ({ readonly name: 'committing' } & CheckedFiles)
  | { readonly name: 'ready'; readonly at: number }
  | { readonly name: 'pushing'; readonly commit: string }
  | { readonly name: 'merging'; readonly commit: string }
  | { readonly name: 'merged'; readonly commit: string; readonly into: string; readonly at: number }
  | { readonly name: 'pushed'; readonly commit: string; readonly remote: string; readonly at: number }
  | { readonly name: 'stopped'; readonly why: StopReason; readonly text: string; readonly at: number };

/** What a verdict is bound to. */
export interface CheckedFiles {
  /** The worktree's files as a git tree, right before the check; undefined: nothing is checked, or they could not be read. */
  readonly tree?: string | undefined;
  /** They had changed while the check before this one ran. */
  readonly again?: boolean | undefined;
}

/** Why a run does nothing for now; it goes on where it was. */
export interface RunHold {
  readonly why: 'takenOver' | 'question' | 'paused' | 'limit';
  readonly at: number;
  readonly text: string;
  /** For `limit`: when the agent is told to go on. */
  readonly until?: number;
  /** For `limit`: the profile by which it goes on, now. */
  readonly profile?: string;
}

/** What is done where the account of a run's agent is at its limit. */
export type LimitPlan =
  | { readonly do: 'wait'; readonly until: number; readonly text: string }
  | { readonly do: 'profile'; readonly until: number; readonly profile: string; readonly text: string }
  /** It stops, and the person is told. */
  | { readonly do: 'stop'; readonly text: string };

export type StopReason =
  | 'attempts'
  | 'time'
  | 'noChange'
  | 'agentFailed'
  | 'agentExited'
  | 'promptUndelivered'
  /** The check or the commit could not even be started. */
  | 'checkFailed'
  | 'takenBack';

export interface CheckResult {
  /** What was asked: a check's host (`check-3`), or `commit-<attempt>` for the hooks of a commit. */
  readonly host: string;
  readonly attempt: number;
  readonly command: string;
  readonly passed: boolean;
  readonly code: number | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Last lines of its output as plain text. */
  readonly output: readonly string[];
}
