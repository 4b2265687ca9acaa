import type { HostParams, HostStatus, NamedRule } from '../protocol/host.ts';
import type { ProgramServer } from '../protocol/program-server.ts';
import type { Activity } from '../session/activity.ts';
import type { Receipt } from '../session/receipt.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { StatusRecord } from '../terminal/status-report.ts';
import type { AgentRecords } from './agent-records.ts';
import type { AskedCommand } from './allow-once.ts';
import type { LoginCheck } from './login.ts';
import type { NumberedDialogs } from './numbered-dialogs.ts';
import type { RunsElsewhere } from './runs-elsewhere.ts';
import type { ServerAsks, ServerReply } from './server-asks.ts';
import type { AgentSources } from './sources.ts';

/**
 * A coding-agent program, as data and pure functions: how to start, resume and prompt it, and how to read its state. An
 * implementer writes one file, adds it to the table in `index.ts`, and states in `cannot` what is missing and why: the faces
 * show that disabled, nothing is emulated badly. Facts about the programs come from running them; say the version.
 */
export interface Agent {
  /** Stable key, stored in sessions. */
  readonly kind: string;
  /** For people, lower case as the vendor's command is: `claude`. */
  readonly name: string;
  readonly isDemo: boolean;
  readonly detect: {
    /** Program looked up on the PATH of the calling client; undefined: always there. */
    readonly program: string | undefined;
    /** Variable of the client's environment that names the program, before `program` is looked up: `SHELL`. */
    readonly programVariable?: string;
    readonly versionArgs: readonly string[];
    /** The version in what it prints. */
    readonly version: (output: string) => string | undefined;
    /** One line that tells how to get it. */
    readonly install: string | undefined;
    /** Undefined: it can't be told from outside. */
    readonly login?: LoginCheck;
  };
  /** The version that the adapter was made for, and is tried with. */
  readonly seenWith: string | undefined;
  /** By what each fact of it is known: docs/agents.md, and tests hold it to the rest of this. */
  readonly sources: AgentSources;
  /** The first is the one that is used where the user names none. */
  readonly permissionModes: readonly string[];
  /** The mode for a session that is let go from its start, where the user names none: one that need not ask at each edit. */
  readonly letGoMode?: string;
  /** `letGo`, `resume`, `firstPrompt`, … → why not, for people. */
  readonly cannot: Readonly<Partial<Record<AgentAbility, string>>>;
  readonly start: (options: StartOptions) => Launch;
  /** Undefined where the program cannot resume: then it is started anew, and said so. */
  readonly resume: ((options: StartOptions & { readonly conversation: string }) => Launch) | undefined;
  /**
   * It goes on elsewhere with a copy of a conversation alone, so that one which began elsewhere is adopted by a fork. `atStart`: its program makes the
   * copy, of the record (`StartOptions.copies`); `before`: it is called for that (`Launch.makes`).
   */
  readonly adoptsCopy?: 'atStart' | 'before';
  /** Begins a conversation that knows all of another one, which stays as it is; `uuid` is its id where it can be chosen. */
  readonly fork?: (options: StartOptions & { readonly conversation: string }) => Launch;
  /**
   * Pattern in the last lines of a resume that ended because the program does not know the conversation: it was killed before it
   * wrote its first turn down. The next start begins a new one, and says so.
   */
  readonly conversationLost?: string;
  /** Environment variables that a parent agent leaves behind: unset for this program. Names, or prefixes ending in `*`. */
  readonly unset: readonly string[];
  readonly input: AgentInput;
  /** The dialogs that tutti can answer by their digits; undefined: none. */
  readonly numbered?: NumberedDialogs;
  /** What tutti can answer on its own server (`hasServer`). With neither of the two its choices are made in its pane. */
  readonly serverAsks?: ServerAsks;
  /** How its own server is told to interrupt the turn of a conversation; at rest that is nothing. Undefined: a key does it, or nothing. */
  readonly serverInterrupt?: (conversation: string) => ServerReply | undefined;
  /** Its hooks report to its host (`StartOptions.report`), for this start only: nothing is written into anybody's settings. */
  readonly hasHooks?: boolean;
  /** It has a server of its own on loopback, which tells its host what it does. */
  readonly hasServer?: boolean;
  /** Which of its reports must not be forgotten while what they tell of goes on (`HostParams.facts`). */
  readonly facts?: HostParams['facts'];
  /** By what it tells that a prompt has begun a turn; undefined: by any word of a turn, else by its screen. */
  readonly receipt?: Receipt;
  /** The id of the conversation that it has now, for a program that chooses one itself; undefined: not known yet. */
  readonly conversationOf?: (status: Pick<HostStatus, 'events'>) => string | undefined;
  /** The shell command that it asks for, whole; undefined: it asks for something else, or does not tell it to the last letter. */
  readonly commandAsked?: (status: Pick<HostStatus, 'events'>, text: string | undefined) => AskedCommand | undefined;
  /** What it writes down of its conversations, for their history; undefined: nothing that tutti can read. */
  readonly records?: AgentRecords;
  /** How one that the user has started elsewhere is known; undefined: it is not looked for. */
  readonly elsewhere?: RunsElsewhere;
  /**
   * How long after a limit of its account has begun anew a let-go session is told to go on, milliseconds: undefined as long as clocks may
   * differ, longer where the program goes on by itself.
   */
  readonly afterLimitMs?: number;
  /** What its host watches for (`HostParams.rules`): states that the agent draws and does not report. */
  readonly rules: readonly NamedRule[];
  /** What the agent does now, from its host's status. Pure. */
  readonly activity: (status: HostStatus, now: number) => Activity;
}

/** Why a conversation of it that began outside of tutti can't be gone on with; undefined: it can. */
export function cannotAdopt({ cannot, resume, name }: Agent): string | undefined {
  return cannot.adopt ?? cannot.resume ?? (resume ? undefined : `${name} cannot resume`);
}

export type AgentAbility = 'letGo' | 'resume' | 'firstPrompt' | 'prompt' | 'permissionMode' | 'model' | 'adopt';

export interface StartOptions {
  /** Absolute path, or the name as it was found. */
  readonly program: string;
  /**
   * What stands for the program, already split: the user's own wrapper, the command line of `command`, node and the bundled
   * script for `demo`. The adapter's arguments follow it.
   */
  readonly command?: readonly string[] | undefined;
  readonly permissionMode: string | undefined;
  readonly model: string | undefined;
  readonly extra: readonly string[];
  readonly prompt: string | undefined;
  /** A fresh UUID, for programs whose conversation id can be chosen. */
  readonly uuid: string;
  readonly cwd: string;
  /** Absolute path of the record that is forked; undefined: the agent finds it by itself, or has its copy of it already. */
  readonly copies?: string | undefined;
  /** For a server of its own (`hasServer`): a port that was free, and a password for it. */
  readonly server?: { readonly port: number; readonly password: string } | undefined;
  /** Absolute path of the program that its hooks call to report: `<path> <name>`, with the hook's JSON on standard input. */
  readonly report?: string | undefined;
  /** Absolute path of a folder of the session's own, outside of the worktree, for what the program would else write in there. */
  readonly folder?: string | undefined;
}

export interface Launch {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** What lies in `StartOptions.folder` before the start, by name; the folder is made where this is given, be it empty. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** The conversation's id, when it is known already. */
  readonly conversation: string | undefined;
  /** The first prompt is among the arguments; else it has to be delivered. */
  readonly promptGiven: boolean;
  readonly server?: ProgramServer;
  /**
   * A conversation that the program makes before its start, to be resumed instead of this: an empty one, where the id can neither be chosen nor
   * learned, or a copy of another one. How its id is read in what the program prints then.
   */
  readonly makes?: {
    /** What prints the other one, and makes of that the file that `argv` is given; undefined: it can't be read. */
    readonly copies?: {
      readonly argv: readonly [string, ...string[]];
      readonly write: (whole: string) => string | undefined;
    };
    /** `file`: absolute path of what `copies` has written. */
    readonly argv: (file: string) => readonly [string, ...string[]];
    readonly read: (output: string) => string | undefined;
  };
  /** What it wants to find beside `StartOptions.report`, by path. */
  readonly hookFiles?: Readonly<Record<string, string>>;
}

/** When and how a prompt may be typed. Evaluated by the host where the keys go out. */
export interface AgentInput {
  /**
   * How a turn of it is interrupted: the key, and what stands on the screen, and what it says of itself where that is not all, while the key
   * does that and nothing else; `again`: what then asks for the key once more. Undefined: not known.
   */
  readonly interrupt?: {
    readonly key: string;
    readonly shows: ScreenRule;
    readonly says?: StatusRecord['state'];
    readonly again?: ScreenRule;
  };
  readonly ready: ScreenRule | undefined;
  readonly empty: ScreenRule | undefined;
  readonly dialogs: readonly ScreenRule[];
  /** Its box is believed only after so long without a change of the screen, milliseconds. */
  readonly calmMs?: number;
  readonly seen: ((text: string) => ScreenRule) | undefined;
  readonly bracketed: 'always' | 'asked' | 'never';
  readonly enterAfterMs: number;
  readonly timeoutMs: number;
  /** Makes text inert that the program would take for a command (`!`, `/`, a trailing `@word`). */
  readonly protect: (text: string) => string;
  /** May a prompt be typed while the agent works (it queues), or only when it is idle. */
  readonly whileBusy: 'queues' | 'steers' | 'never';
}
