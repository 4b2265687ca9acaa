import type { Activity } from '../session/activity.ts';
import type { Act } from '../session/admit.ts';
import type { AgentQuestion, NamedChoice, QuestionChoice } from '../session/agent-question.ts';
import type { Counts } from '../session/order.ts';
import type { Grant } from '../session/rights.ts';
import type { AgentChoice, Repository, Session } from '../session/session.ts';
import type { Status } from '../session/status.ts';
import type { AgentOffer, OffersWanted } from './agent-offer.ts';
import type { AttentionRequests } from './attention.ts';
import type { DaemonStatus } from './daemon-status.ts';
import type { Hello, Welcome } from './hello.ts';
import type { OwnRequests } from './own.ts';
import type { PromptRequests } from './prompts.ts';
import type { RecordRequests } from './records.ts';
import type { RuleRequests } from './rules.ts';

/**
 * What is said on the daemon's socket. A client is stateless: it watches the fleet and asks for acts. Every request that
 * changes something carries an `operation` id made by the client: a request repeated after a crash is answered, not repeated.
 */

/** A session as every face shows it. */
export interface SessionView {
  readonly session: Session;
  readonly status: Status;
  /** The second line of its row: question, failure, undelivered prompt, what it does now, its last sentence. */
  readonly line: string;
  /** Since when its status holds. */
  readonly since: number;
  readonly activity: Activity;
  readonly changes: Changes | undefined;
  /** Names of hosts that can be attached, and where: `agent-1`, `shell-1`, `check-2`. */
  readonly panes: readonly Pane[];
  /** The lease of the agent's host: a person has it. */
  readonly taken: boolean;
  /** Acts that are refused now, with the reason for people; what is not here can be done. */
  readonly refused: Readonly<Partial<Record<SessionAct, string>>>;
}

export type SessionAct = Act;

export interface Pane {
  readonly role: 'agent' | 'shell' | 'check';
  readonly name: string;
  /** Directory of its bundle: the socket and the secret are found from it (`client/host-connection.ts`). */
  readonly bundle: string;
  readonly running: boolean;
}

/** What stands in the worktree against its base. */
export interface Changes {
  readonly files: number;
  readonly added: number;
  readonly removed: number;
  /** Commits on the branch beyond the base. */
  readonly commits: number;
  readonly uncommitted: number;
  readonly unpushed: number;
  /** The branch's tip now. */
  readonly head: string;
  /** The repository knows a place to push to. Older daemons don't say. */
  readonly hasRemote?: boolean;
  /** The remote that a push goes to; undefined where none is chosen among several. Older daemons don't say. */
  readonly pushesTo?: string | undefined;
}

export interface Notice {
  readonly id: number;
  readonly at: number;
  readonly tone: 'info' | 'failure';
  /** A whole sentence: what happened, to what, why, what to do now. */
  readonly text: string;
  readonly session: string | undefined;
}

/** A repository as one finds it, with what stands in the way of a session there. */
export interface RepositoryView {
  readonly repository: Repository;
  readonly head: {
    readonly ref: string | undefined;
    readonly commit: string | undefined;
    readonly committedAt: number | undefined;
  };
  readonly branches: readonly BranchView[];
  readonly uncommittedFiles: number;
  /** No commit yet: a session needs one. */
  readonly empty: boolean;
  /** Why no session can be made here, for people. */
  readonly refused: string | undefined;
}

export interface BranchView {
  readonly name: string;
  readonly remote: string | undefined;
  /** The worktree where it is checked out: it can't be used elsewhere. */
  readonly checkedOut: string | undefined;
}

export interface NewSession {
  readonly operation: string;
  /** Any path inside the repository. */
  readonly path: string;
  readonly title: string;
  readonly agent: AgentChoice;
  /** A new branch's name; without it one is made of prefix and title. */
  readonly branch?: string;
  /** Work on this local or remote branch instead of a new one. */
  readonly existingBranch?: string;
  /** What a new branch starts from; HEAD of the checkout else. */
  readonly base?: string;
  readonly prompt?: string;
  /** Resume this conversation of the agent, which began elsewhere, in the new worktree; `adoptOpen`: though a program has it open there. */
  readonly adopt?: string;
  readonly adoptOpen?: true;
  /** Session whose conversation the new one's begins as a fork of: of the same agent. Older daemons don't know it. */
  readonly fork?: SessionName;
  readonly run?: RunRequest;
  /** What the session may beyond its own. Older daemons grant nothing. */
  readonly grants?: readonly Grant[];
  /** Environment of the calling client: used for this start, only the names are kept. */
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

export interface RunRequest {
  readonly goal: string;
  readonly check?: string;
  readonly attempts?: number;
  readonly minutes?: number;
}

/** Which sessions a client wants: those of the repository that a path is in, or all. */
export type Scope = { readonly path: string } | { readonly all: true };

export interface Fleet {
  readonly sessions: readonly SessionView[];
  /** Counts over all repositories, for the header. */
  readonly counts: Counts;
  readonly notices: readonly Notice[];
  readonly repository: RepositoryView | undefined;
  /** So many of this scope were killed and can be brought back. Older daemons don't say. */
  readonly killed?: number;
}

/**
 * Names a session: its id, the beginning or end of it (4 characters at least), or its exact title. Of several the one is meant that is
 * in the repository where the client stands (`Hello.cwd`).
 */
export type SessionName = string;

export interface ActParams {
  readonly operation: string;
  readonly session: SessionName;
}

/** What git does then is done as in the terminal of the client that asks: its keys and credentials. Older clients don't say. */
interface HandOverParams extends ActParams {
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface DaemonRequests extends RecordRequests, PromptRequests, AttentionRequests, RuleRequests, OwnRequests {
  'client/hello': { params: Hello; result: Welcome };
  /** The client's own environment, for starts whose client is not known any more: asked for by `environment/wanted`. */
  'client/offer': { params: { readonly env: Readonly<Record<string, string>> }; result: null };
  /** The user presses keys in this client: he need not be told elsewhere. Said now and then. Older daemons don't know it. */
  'client/active': { params: null; result: null };
  'daemon/status': { params: null; result: DaemonStatus };
  /** Agents go on. Where the user wants it, no host wakes another one until a client starts one. It has ended with its socket. */
  'daemon/stop': { params: { readonly by: 'user' } | null; result: null };

  /** The fleet now; what changes follows as notifications. */
  'fleet/watch': { params: Scope; result: Fleet };
  'fleet/list': { params: Scope; result: Fleet };
  'agent/list': { params: OffersWanted; result: readonly AgentOffer[] };
  'repository/describe': { params: { readonly path: string }; result: RepositoryView };
  /** Makes the first commit in an empty repository (`git commit --allow-empty`), or a repository in a plain folder. */
  'repository/begin': { params: { readonly operation: string; readonly path: string }; result: RepositoryView };

  'session/create': { params: NewSession; result: SessionView };
  'session/show': { params: { readonly session: SessionName }; result: SessionView };
  'session/rename': { params: ActParams & { readonly title: string }; result: SessionView };
  'session/kill': { params: ActParams; result: SessionView };
  'session/pause': { params: ActParams; result: SessionView };
  /** `onto`: where the branch has moved meanwhile, `branch` brings the folder onto it, `own` keeps it on a branch of its own. */
  'session/resume': {
    params: ActParams & { readonly onto?: 'branch' | 'own'; readonly env: Readonly<Record<string, string>> };
    result: SessionView;
  };
  /** Starts the agent of an exited or lost session again, with its conversation where the adapter can. */
  'session/restart': { params: ActParams & { readonly env: Readonly<Record<string, string>> }; result: SessionView };
  /** The newest kill, or the one of this session, is taken back. */
  'session/undo': {
    params: {
      readonly operation: string;
      readonly session?: SessionName;
      readonly env: Readonly<Record<string, string>>;
      readonly scope: Scope;
    };
    result: SessionView;
  };
  /** What the session may beyond its own from now on: in place of what was granted to it before. Older daemons don't know it. */
  'session/allow': { params: ActParams & { readonly grants: readonly Grant[] }; result: SessionView };
  'session/why': { params: { readonly session: SessionName }; result: Why };
  /** Keeps the screen of its agent and what was made of it in a folder, for a report or a rule. Older daemons don't know it. */
  'session/wrong': {
    params: { readonly session: SessionName; readonly note?: string };
    result: { readonly folder: string };
  };
  'session/diff': {
    params: { readonly session: SessionName };
    result: { readonly patch: string; readonly base: string; readonly head: string; readonly truncated: boolean };
  };
  /** Opens a shell in the worktree, or finds the one that is open. */
  'shell/open': {
    params: ActParams & {
      readonly env: Readonly<Record<string, string>>;
      readonly columns?: number;
      readonly rows?: number;
    };
    result: Pane;
  };

  /** What its agent asks, as it stands on its screen; null: nothing. Older daemons don't know it. */
  'question/read': {
    params: { readonly session: SessionName };
    result: { readonly question: AgentQuestion | null };
  };
  /**
   * Takes a choice by its key or label. Bound to the question that was shown (its id): refused where another one stands there by now.
   * Without one it is for whatever stands there.
   */
  'question/answer': {
    params: ActParams &
      NamedChoice & {
        readonly question?: string | undefined;
        /** Goes to the agent with its refusal, or as its next prompt: for the `denial` of a question only. */
        readonly reason?: string | undefined;
      };
    result: { readonly view: SessionView; readonly choice: QuestionChoice };
  };

  'run/start': { params: ActParams & RunRequest; result: SessionView };
  'run/giveBack': { params: ActParams; result: SessionView };
  'run/takeOver': { params: ActParams; result: SessionView };
  'run/sendBack': { params: ActParams & { readonly remark: string }; result: SessionView };
  /** Commits all that is in the worktree, for a person; ignored files stay out. Hooks run; one that refuses is a conflict. */
  'branch/commit': {
    params: HandOverParams & { readonly message: string };
    result: { readonly view: SessionView; readonly commit: string };
  };
  /** Bound to the commit that was shown: refused and shown anew where the branch has moved since. */
  'branch/push': {
    params: HandOverParams & { readonly commit: string | null };
    result: {
      readonly view: SessionView;
      readonly remote: string;
      readonly output: string;
      /** Files that are not committed, and so are not pushed. Older daemons don't say. */
      readonly uncommitted?: number;
    };
  };
  'branch/merge': { params: HandOverParams & { readonly commit: string }; result: SessionView };
  /** Answers when the session has one of these statuses, or is gone. */
  'session/wait': {
    params: { readonly session: SessionName; readonly statuses: readonly Status[] };
    result: SessionView;
  };
}

export interface DaemonNotifications {
  'session/changed': SessionView;
  'session/removed': { readonly id: string };
  'fleet/counted': { readonly counts: Fleet['counts'] };
  'notice/raised': Notice;
  'repository/changed': RepositoryView;
  /** It was told to end: whoever wanted that starts the next one, others wait for it a moment. */
  'daemon/ending': null;
  /** A start that a dead daemon left undone waits for the environment of some client. */
  'environment/wanted': null;
}

/** Evidence behind a status, for `tutti why`. */
export interface Why {
  readonly view: SessionView;
  readonly lines: readonly {
    readonly source: string;
    readonly claim: string;
    readonly at: number;
    readonly agrees: boolean;
  }[];
  readonly history: readonly { readonly at: number; readonly text: string }[];
}
