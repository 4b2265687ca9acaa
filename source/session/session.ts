import type { AgentDescription } from '../agents/description.ts';
import type { Run } from '../pipeline/run.ts';
import type { ErrorKind } from '../protocol/rpc.ts';
import type { AskAnswer } from './ask.ts';
import type { Prompt } from './prompt.ts';
import type { Report } from './report.ts';
import type { Grant } from './rights.ts';
import type { Snooze } from './snooze.ts';

/** One agent with its place, its branch and its program: what the ledger means by a session. Nothing is keyed on a title, a branch or a path. */
export interface Session {
  /** 10 characters of base32, ordered by time. */
  readonly id: string;
  /** The number of the last event that shaped it. */
  readonly version: number;
  readonly title: string;
  /** Who chose the title: one that a user gave is never changed by itself. */
  readonly titleBy: 'user' | 'prompt';
  readonly createdAt: number;
  readonly repository: Repository;
  readonly branch: string;
  /** tutti made the branch, so undoing the creation takes it away again. */
  readonly branchCreated: boolean;
  readonly base: { readonly ref: string; readonly commit: string };
  readonly agent: AgentChoice;
  /** The session that has started it; without one a person did. */
  readonly parent?: string;
  /** What the user granted to this one alone. */
  readonly grants?: readonly Grant[];
  /** The agent's own id of the conversation, for resuming it; a UUID made for it until the agent reports another. */
  readonly conversation: string;
  /**
   * Those that it had before, in their order, each once: `/clear` and the like begin another one in the same program. One that was made
   * for it, and in whose place its agent chose another, is among them, and has no record. Older daemons did not write them down.
   */
  readonly earlier?: readonly EarlierConversation[];
  /** Conversation of the agent that this one begins as a fork of, at its first start. */
  readonly forks?: string | undefined;
  /** Nothing of it is there any more: the next start begins a new one. */
  readonly forksLost?: true;
  /** A turn has begun in it: only then is there something to resume. */
  readonly conversationBegun: boolean;
  /** Folder of its agent's records, by the environment of its last start. Older daemons did not write it down. */
  readonly records?: string;
  /** Names of the variables in the environment of its last start; values are never stored. */
  readonly envNames: readonly string[];
  /** Where the worktree is, or will be when it is not there now. */
  readonly worktree: string;
  readonly place: 'local';
  readonly mode: 'conductor' | 'orchestrator';
  readonly life: Life;
  /** Since when `life` has its name. */
  readonly lifeAt: number;
  readonly host: HostFact;
  /** Number of hosts asked for so far: the next one is `agent-<hosts + 1>`. */
  readonly hosts: number;
  readonly end: End | undefined;
  readonly outbox: readonly Prompt[];
  readonly run: Run | undefined;
  /** A person's commit of all that is in the worktree is under way. */
  readonly committing?: { readonly message: string; readonly tip: string; readonly at: number } | undefined;
  /** A push that no run has a part in is under way. */
  readonly pushing?: { readonly commit: string; readonly at: number } | undefined;
  /** What a kill or a pause keeps so that nothing is lost. */
  readonly kept: Kept | undefined;
  /** The last thing that failed on it, until the next thing succeeds. */
  readonly trouble: Trouble | undefined;
  /** What it was answered last by its own `tutti ask`. */
  readonly answers?: readonly AskAnswer[];
  /** What it said last by its own `tutti report`. */
  readonly report?: Report;
  /** When the user last looked at what became ready or failed. */
  readonly seenAt: number | undefined;
  /** The look before that: marked as unread, the last one has not been. */
  readonly seenBefore?: number | undefined;
  /** What the user has put away until later, if it still is what waits for him. */
  readonly snoozed?: Snooze | undefined;
}

export interface EarlierConversation {
  readonly id: string;
  /** Folder of its agent's records at that time: another profile keeps its own. Undefined as in `Session`. */
  readonly records?: string;
}

export interface Repository {
  /** Absolute real path of the common git directory: the same for every worktree. */
  readonly gitDir: string;
  /** The main checkout, or the bare repository. */
  readonly root: string;
  /** For people: `acme/shop` from the remote, else the folder's name. */
  readonly name: string;
}

export interface AgentChoice {
  /** A key of the adapter table, or `command` for any command line. */
  readonly kind: string;
  /** What to run instead of the adapter's own program, already split. */
  readonly command: readonly string[] | undefined;
  readonly permissionMode: string | undefined;
  readonly model: string | undefined;
  /** More arguments for the program, as the user set them. */
  readonly extra: readonly string[];
  /** Name of the profile in the user's settings by which it is started; what is in it is never stored. Older daemons know none. */
  readonly profile?: string | undefined;
  /** What the user's settings said of the program when it was started last: its states, its input box. */
  readonly described?: AgentDescription | undefined;
}

/**
 * Where a session stands between being made and being gone. Each `-ing` is a chain of effects, of which `step` is the next
 * one to be done; the effect is looked for in the world before it is done again.
 */
export type Life =
  | { readonly name: 'creating'; readonly step: 'worktree' | 'host' }
  | { readonly name: 'live' }
  | { readonly name: 'pausing'; readonly step: 'endHost' | 'snapshot' | 'store' }
  | { readonly name: 'paused' }
  | { readonly name: 'resuming'; readonly step: 'restore' | 'host'; readonly onto: 'branch' | 'own' }
  | { readonly name: 'killing'; readonly step: 'endHost' | 'snapshot' | 'store' }
  | { readonly name: 'killed' }
  | { readonly name: 'undoing'; readonly step: 'restore' | 'host'; readonly onto: 'branch' | 'own' }
  /** The creation failed: what was made is taken away again, in reverse. */
  | { readonly name: 'discarding'; readonly step: 'worktree' }
  | { readonly name: 'discarded' };

/** The agent's process, as the daemon knows it from its host. */
export type HostFact =
  | { readonly state: 'none' }
  | { readonly state: 'starting'; readonly name: string; readonly resume: boolean }
  | { readonly state: 'running'; readonly name: string; readonly hostPid: number; readonly programPid: number }
  | {
      readonly state: 'exited';
      readonly name: string;
      readonly code: number | undefined;
      readonly signal: string | undefined;
      readonly at: number;
    }
  /** The host died without a word: a crash of it, or a reboot. */
  | { readonly state: 'lost'; readonly name: string; readonly at: number };

/** Why the agent's program ended. No limit of a run does that: the run stops and says why, its agent stays. */
export interface End {
  readonly cause: 'user' | 'exit' | 'crash' | 'reboot' | 'start';
  readonly at: number;
  readonly code: number | undefined;
  readonly signal: string | undefined;
  /** A sentence for people. */
  readonly text: string;
}

/** What brings a killed or paused session back, ignored files too. */
export interface Kept {
  /** `refs/tutti/...`: a commit with index, tracked and untracked files. */
  readonly ref: string | undefined;
  readonly commit: string | undefined;
  /** The branch's tip at that time: where it has moved since, resume says so. */
  readonly tip: string | undefined;
  /** The worktree's folder in the store on the same file system. */
  readonly folder: string | undefined;
  readonly hadHost: boolean;
  readonly from: 'live' | 'paused';
  readonly at: number;
}

/** What failed, as a whole sentence for people. */
export interface Trouble {
  readonly what: string;
  readonly at: number;
  /** Of what kind the failure was; `failed` without it. */
  readonly kind?: ErrorKind;
}
