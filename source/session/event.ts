import type { AgentDescription } from '../agents/description.ts';
import type { CheckedFiles, CheckResult, RunHold, RunLimits, StopReason } from '../pipeline/run.ts';
import type { DeliveryResult } from '../protocol/host.ts';
import type { ErrorKind } from '../protocol/rpc.ts';
import type { QuestionChoice } from './agent-question.ts';
import type { Sender } from './prompt.ts';
import type { ReportState } from './report.ts';
import type { Grant } from './rights.ts';
import type { AgentChoice, End, Repository } from './session.ts';

/** What has happened to a session, in the past tense. The ledger keeps these; a session's state is nothing but their sum. */
export type SessionEvent = {
  readonly session: string;
  readonly at: number;
  /** The client's operation that asked for it: asked again after a crash, it is answered and not repeated. */
  readonly operation?: string;
} & SessionFact;

export type SessionFact = Lifecycle | HostFactEvent | PromptEvent | RunEvent;

export type Lifecycle =
  | {
      readonly type: 'sessionCreated';
      readonly title: string;
      readonly titleBy: 'user' | 'prompt';
      readonly repository: Repository;
      readonly branch: string;
      readonly branchCreated: boolean;
      readonly base: { readonly ref: string; readonly commit: string };
      readonly agent: AgentChoice;
      readonly conversation: string;
      /** The conversation began elsewhere: its agent resumes it at its first start. */
      readonly adopted?: true;
      /** It begins as a fork of this conversation of its agent. */
      readonly forks?: string;
      readonly worktree: string;
      readonly envNames: readonly string[];
      readonly parent?: string;
      readonly grants?: readonly Grant[];
    }
  /** In place of what was granted to it before. */
  | { readonly type: 'rightsGranted'; readonly grants: readonly Grant[] }
  /** `branch` is the local one that is checked out there: for a branch of a remote it has a name of its own. */
  | { readonly type: 'worktreeAdded'; readonly branch: string }
  /** Leftovers of a failed creation are gone. */
  | { readonly type: 'creationUndone' }
  /** Something was worked in what a failed creation left: it is kept as a kill keeps it. */
  | { readonly type: 'creationKept' }
  | { readonly type: 'renamed'; readonly title: string }
  /** `asker`: the session whose agent asked for it; without one a person did. */
  | { readonly type: 'killRequested'; readonly asker?: string }
  | { readonly type: 'pauseRequested'; readonly asker?: string }
  /** No host of the session runs any more: agent, shell or check. */
  | { readonly type: 'hostsEnded' }
  | {
      readonly type: 'snapshotWritten';
      readonly ref: string | undefined;
      readonly commit: string | undefined;
      readonly tip: string | undefined;
    }
  /** `folder` undefined: there was no worktree to keep. */
  | { readonly type: 'worktreeStored'; readonly folder: string | undefined }
  | {
      readonly type: 'resumeRequested';
      readonly onto: 'branch' | 'own';
      readonly conversation: string;
      readonly envNames: readonly string[];
    }
  | {
      readonly type: 'undoRequested';
      readonly onto: 'branch' | 'own';
      readonly conversation: string;
      readonly envNames: readonly string[];
    }
  /** `branch` differs from before when the folder went onto one of its own. */
  | { readonly type: 'worktreeRestored'; readonly branch: string }
  /** An effect could not be done. What follows depends on the life: undone, given up, or said. */
  | { readonly type: 'effectFailed'; readonly effect: string; readonly why: string; readonly kind?: ErrorKind }
  /** By its own `tutti ask`: what the user has chosen. */
  | { readonly type: 'askAnswered'; readonly ask: string; readonly question: string; readonly choice: QuestionChoice }
  /** A rule of the user's answers what its agent asks; written down before that is done. */
  | { readonly type: 'allowedByRule'; readonly rule: string; readonly command: string }
  /** By its own `tutti report`, of the agent in this host. */
  | { readonly type: 'reported'; readonly state: ReportState; readonly text: string | undefined; readonly host: string }
  | { readonly type: 'seen' }
  /** The last look is taken back. */
  | { readonly type: 'unseen' }
  /** `until`: milliseconds since 1970; without it until what was put away has changed. */
  | { readonly type: 'snoozed'; readonly item: string; readonly until: number | undefined }
  | { readonly type: 'woken' };

export type HostFactEvent =
  /** Its agent was ended, and its conversation lies in the folder of this profile: it starts anew by it. */
  | { readonly type: 'profileChanged'; readonly profile: string }
  | { readonly type: 'restartRequested'; readonly conversation: string; readonly envNames: readonly string[] }
  | {
      readonly type: 'hostStarted';
      readonly name: string;
      readonly hostPid: number;
      readonly programPid: number;
      /** By the host's clock: what the agent reports is compared with this. */
      readonly startedAt: number;
      /** The first queued prompt went with the arguments. */
      readonly promptGiven: boolean;
      /** Folder of the agent's records, by the environment that it was started with. */
      readonly records?: string;
      /** What the settings said of the program then. */
      readonly described?: AgentDescription;
    }
  | { readonly type: 'hostExited'; readonly name: string; readonly end: End }
  /** The host is gone without an exit on record. */
  | { readonly type: 'hostLost'; readonly name: string; readonly cause: 'crash' | 'reboot' }
  | {
      readonly type: 'conversationReported';
      readonly conversation: string;
      readonly begun: boolean;
      /** What it was a fork of, or its copy of that, is lost, and is not begun with once more. */
      readonly forgets?: true;
    };

export type PromptEvent =
  | {
      readonly type: 'promptQueued';
      readonly prompt: string;
      readonly text: string;
      readonly by: Sender;
      readonly way: 'argv' | 'typed';
      readonly asker?: string;
      /** It goes before those that wait. */
      readonly ahead?: true;
    }
  /** The host's answer to a delivery. `seen` is the host's newest event then. */
  | { readonly type: 'promptTried'; readonly prompt: string; readonly result: DeliveryResult; readonly seen: number }
  /** A delivery that is under way has met a draft, and waits for it to go. */
  | { readonly type: 'draftMet'; readonly prompt: string }
  /** `begunAt` by the host's clock, so that the end of a short turn is never taken for older than its beginning. */
  | { readonly type: 'turnBegun'; readonly prompt: string; readonly begunAt: number }
  | { readonly type: 'promptWithdrawn'; readonly prompt: string };

export type RunEvent =
  | {
      readonly type: 'runStarted';
      readonly run: string;
      readonly goal: string;
      readonly check: string | undefined;
      readonly limits: RunLimits;
      readonly prompt: string;
      /** What is given to the agent: the goal and what is expected of it. */
      readonly text: string;
      readonly way: 'argv' | 'typed';
    }
  /** A new round: red output or a remark goes to the agent. */
  | {
      readonly type: 'runPrompted';
      readonly prompt: string;
      readonly text: string;
      readonly anew: boolean;
      /** The same round goes on, which a limit of the account had stopped. */
      readonly afterLimit?: true;
    }
  /** `again`: the files have changed while the one before it ran. */
  | ({ readonly type: 'checkRequested'; readonly host: string } & CheckedFiles)
  | { readonly type: 'checkFinished'; readonly result: CheckResult }
  | { readonly type: 'commitRequested' }
  /** The hook refused; its output goes back to the agent as a red check's. */
  | { readonly type: 'commitRefused'; readonly result: CheckResult }
  | { readonly type: 'runReady'; readonly commit: string }
  | { readonly type: 'runStopped'; readonly why: StopReason; readonly text: string }
  | ({ readonly type: 'runHeld' } & Omit<RunHold, 'at'>)
  | { readonly type: 'runGoesOn' }
  /** A person commits what is there, beside any run. `tip`: where the branch was then. */
  | { readonly type: 'commitAllRequested'; readonly message: string; readonly tip: string }
  | { readonly type: 'committed'; readonly commit: string }
  | { readonly type: 'pushRequested'; readonly commit: string }
  /** `output`: what git and the server said to people. */
  | { readonly type: 'pushed'; readonly commit: string; readonly remote: string; readonly output?: string }
  | { readonly type: 'mergeRequested'; readonly commit: string }
  | { readonly type: 'merged'; readonly commit: string; readonly into: string };
