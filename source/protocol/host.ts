import type { TerminalModes } from '../terminal/modes.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { StatusRecord } from '../terminal/status-report.ts';
import type { EndOfFacts, FactRule } from './fact-rule.ts';
import type { Hello, Welcome } from './hello.ts';
import type { KeyPress } from './key-press.ts';
import type { ProgramServer, ServerAnswer } from './program-server.ts';

/**
 * What is said on a host's socket. A host is the hands: it holds one PTY and knows nothing of git, agents or policy.
 * Requests are `<resource>/<verb>`, notifications are in the past tense. Bytes go in frames of their own (`frame.ts`).
 */

/** Which program of a session a host holds. A restart is a new host with the next number: `agent-1`, `agent-2`, `shell-1`, `check-3`. */
export type HostRole = 'agent' | 'shell' | 'check';

/** Everything a host has to know, once, as one JSON line on its stdin. Holds the environment: never stored as it is. */
export interface HostParams {
  readonly protocol: number;
  readonly session: string;
  /** `agent-1`; the last part of the bundle's path. */
  readonly name: string;
  readonly role: HostRole;
  /** Absolute path of the host's own directory, which exists and is empty. */
  readonly bundle: string;
  /** The short link under which the bundle's socket is bound. */
  readonly socket: string;
  readonly secret: string;
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly rows: number;
  /** Rows kept above the screen. */
  readonly scrollback: number;
  /** The root program is a shell: a prompt (OSC 133 A) ends what was working. */
  readonly shell: boolean;
  /** XTVERSION answer, `tutti(x.y.z)` unless an adapter needs another guise. */
  readonly terminalName: string;
  /** Run when something happened and no daemon is connected. Its environment is the host's own. */
  readonly wake: readonly string[] | undefined;
  readonly wakeEnv: Readonly<Record<string, string>>;
  /** After this many milliseconds without a changed cell a host says `settled`. */
  readonly settleMs: number;
  /** What the program draws in states that it does not report. Tested while cells change, at most every 250 ms, where the output rests. */
  readonly rules?: readonly NamedRule[];
  /** The program's hooks report here: a folder is made for them, with the program that they call. */
  readonly hooks?: string | undefined;
  /** What the program wants to find in that folder, by its path in there: a plugin that holds the hooks. */
  readonly hookFiles?: Readonly<Record<string, string>> | undefined;
  readonly server?: ProgramServer | undefined;
  /** Which of its reports are kept while what they tell of goes on. Hosts of before don't know it. */
  readonly facts?: readonly (FactRule | EndOfFacts)[];
}

/** A rule that a host keeps an eye on, so that nobody has to ask for the screen. */
export interface NamedRule {
  readonly name: string;
  readonly rule: ScreenRule;
}

/** The one JSON line that a host prints on its stdout; after it nobody reads that any more. */
export type HostStarted =
  | { readonly ok: true; readonly hostPid: number; readonly hostStart: string; readonly programPid: number }
  /** `claimed`: another host lives in this bundle already. `spawn`: the program could not be started. */
  | { readonly ok: false; readonly reason: 'claimed' | 'spawn' | 'bad'; readonly message: string };

/** `host.json` in a host's bundle, written by temp + rename. What a daemon needs to find it again. */
export interface HostRecord {
  readonly protocol: number;
  readonly build: string;
  readonly session: string;
  readonly name: string;
  readonly role: HostRole;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly hostPid: number;
  /** Start time as the system tells it: a pid alone proves nothing. */
  readonly hostStart: string;
  readonly programPid: number;
  readonly programStart: string;
  readonly startedAt: number;
  readonly secret: string;
  /** The runtime the host was started from; it goes when no host uses it. */
  readonly runtime: string;
}

/** How a program ended. Kept by the host in `exit.json` until somebody has taken note of it. */
export interface ProgramExit {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly at: number;
  /** The last rows of the screen and what stood above it, as plain text, at most 400 lines. */
  readonly lastLines: readonly string[];
}

/** Who holds the keys. After a person's key, automation is refused until the lease is given back. */
export interface Lease {
  readonly holder: 'automation' | 'person';
  readonly since: number;
  /** Client whose key took it. */
  readonly client: string | undefined;
}

/** One thing that was seen, numbered and timed by the host. 256 are kept (`keepEvents`): what happened while no daemon looked is not lost. */
export type HostEvent = { readonly n: number; readonly at: number } & (
  | { readonly type: 'status'; readonly record: StatusRecord }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'progress'; readonly state: number; readonly percent: number | undefined }
  | { readonly type: 'notification'; readonly title: string; readonly body: string }
  | { readonly type: 'bell' }
  | { readonly type: 'shellMark'; readonly mark: 'A' | 'B' | 'C' | 'D'; readonly exitCode: number | undefined }
  /** A cell changed after the screen had been settled, or for the first time after something was submitted. */
  | { readonly type: 'stirred' }
  /** No cell has changed for `settleMs`. */
  | { readonly type: 'settled' }
  /** One of `HostParams.rules` began to hold, or holds no more. */
  | { readonly type: 'ruleChanged'; readonly rule: string; readonly holds: boolean }
  /** Something that ends a line was sent to the program: a person's Enter or an automation's. */
  | {
      readonly type: 'submitted';
      readonly by: 'person' | 'automation';
      /** The operation that did it: a daemon that missed the answer finds it here, also when the program has ended since. */
      readonly operation?: string;
    }
  /** A prompt that is on its way waits for a draft that somebody left in the program's input. */
  | { readonly type: 'draftStands'; readonly operation: string }
  /** A hook of the program has reported something. */
  | { readonly type: 'hook'; readonly report: HookReport }
  /** One that waited for an answer waits no more. */
  | { readonly type: 'hookClosed'; readonly id: string }
  | { readonly type: 'leaseTaken'; readonly client: string }
  | { readonly type: 'leaseGivenBack' }
  | { readonly type: 'exited'; readonly exit: ProgramExit }
);

/** What a hook of an agent's program says, in its own words: each adapter knows those of its program. Untrusted. */
export interface HookReport {
  /** Names it among those of its host that wait for an answer. */
  readonly id: string;
  /** As the adapter named it: `PermissionRequest`. */
  readonly name: string;
  readonly at: number;
  /** It waits for an answer. */
  readonly asks: boolean;
  /** The hook's JSON; what is very long in it was cut. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What goes on after it or is ended by it (`HostParams.facts`): the newest report of a key says it all. Hosts of before don't say. */
  readonly fact?: { readonly goesOn: string } | { readonly ends: string } | { readonly endsAll: true };
}

/** All that a host knows, at a moment. An activity is a pure function of this and the time. */
export interface HostStatus {
  readonly session: string;
  readonly name: string;
  readonly role: HostRole;
  readonly hostPid: number;
  readonly programPid: number;
  readonly startedAt: number;
  readonly columns: number;
  readonly rows: number;
  readonly sequence: number;
  readonly title: string;
  readonly modes: TerminalModes;
  readonly lease: Lease;
  readonly records: readonly StatusRecord[];
  readonly events: readonly HostEvent[];
  /** When the last cell changed. */
  readonly changedAt: number | undefined;
  readonly settled: boolean;
  readonly exit: ProgramExit | undefined;
  /** Why the output log has stopped, while the program goes on. Not there when it has not. */
  readonly logStopped?: string;
  /** Names of the rules that hold on the screen now. Hosts of before this field watch none. */
  readonly holding?: readonly { readonly rule: string; readonly since: number }[];
  /** Hooks that wait for an answer, oldest first. */
  readonly asking?: readonly HookReport[];
}

/** *Paste, wait until the text is seen, then Enter*, as one operation of the host. */
export interface PromptDelivery {
  /** The operation's id: a repeated one is answered with the first one's result. */
  readonly operation: string;
  readonly by: 'person' | 'automation';
  readonly text: string;
  /** All must hold before the paste and again right before the Enter, but for `empty`, which counts before the paste only. */
  readonly ready?: ScreenRule;
  /** The input box is empty: nobody's draft stands in it. */
  readonly empty?: ScreenRule;
  /** None may hold: dialogs that would swallow the text or be answered by its Enter. */
  readonly dialogs?: readonly ScreenRule[];
  /** For so long, milliseconds, nothing may have been drawn before the paste: for a program that draws its box before a dialog takes its place. */
  readonly calmMs?: number;
  /** The text is seen when this holds; without it, when the cursor's surroundings show its end or a cell has changed since the paste. */
  readonly seen?: ScreenRule;
  /** Wrapped in bracketed paste; `asked`: only if the program asked for it. */
  readonly bracketed: 'always' | 'asked' | 'never';
  /** Least time between the paste and the Enter, milliseconds. */
  readonly enterAfterMs: number;
  /** How long each wait may last, milliseconds; then the delivery has failed and says where it stands. */
  readonly timeoutMs: number;
  readonly enter: boolean;
}

/** Where a delivery stands. `pasted` without `submitted` means that the text is in the input: say so, and never paste it again. */
export interface DeliveryResult {
  readonly outcome:
    | 'submitted'
    | 'pasted'
    | 'notReady'
    | 'draft'
    | 'dialog'
    | 'notSeen'
    | 'leaseHeld'
    | 'exited'
    | 'cancelled';
  readonly at: number;
  /** The rule or row that stood in the way, for people. */
  readonly detail?: string;
}

export interface HostRequests {
  'client/hello': { params: Hello; result: Welcome & { readonly status: HostStatus } };
  /** A daemon that ends as it should says so: only one that is lost without it is missed. Hosts of before don't know it. */
  'client/leave': { params: null; result: null };
  /**
   * From now on output comes as frames, beginning with a snapshot frame. `scrollback` rows above the screen are part of it.
   * A client that is slow gets no backlog but a new snapshot.
   */
  'screen/watch': { params: { readonly scrollback: number }; result: null };
  'screen/unwatch': { params: null; result: null };
  'screen/read': {
    /** `calmMs`: only when nothing has been drawn for so long, at the latest after a moment. Hosts of before read at once. */
    params: { readonly scrollback: number; readonly calmMs?: number };
    result: { readonly lines: readonly string[]; readonly sequence: number };
  };
  /** Its rows with their colours, as escape sequences. Hosts of before don't know it. */
  'screen/draw': { params: { readonly calmMs: number }; result: { readonly rows: readonly string[] } };
  /** Evaluates a rule on the screen as it is now. */
  'screen/test': { params: { readonly rule: ScreenRule }; result: { readonly holds: boolean } };
  /** From now on every `HostEvent` comes as `event/happened`. What came before is in the status. */
  'event/watch': { params: null; result: HostStatus };
  /** Raw bytes by an automation (base64). Refused while a person holds the lease. */
  'input/write': {
    params: { readonly operation: string; readonly by: 'person' | 'automation'; readonly base64: string };
    result: DeliveryResult;
  };
  /** Keys that answer what stands on the screen. Hosts of before don't know it. */
  'keys/press': { params: KeyPress; result: DeliveryResult };
  /** JSON at paths of the program's own server, in their order: only its host has the password. Hosts of before don't know it. */
  'server/read': {
    params: { readonly paths: readonly string[]; readonly timeoutMs: number };
    result: { readonly found: readonly unknown[] };
  };
  /** `submitted`: it was taken; `notReady`: what it was for is not there any more. Hosts of before don't know it. */
  'server/answer': { params: ServerAnswer; result: DeliveryResult };
  'prompt/deliver': { params: PromptDelivery; result: DeliveryResult };
  /** A delivery that is still under way is given up, and answers so where it stands. Hosts of before don't know it. */
  'prompt/cancel': { params: { readonly operation: string }; result: null };
  /** The same for one that is not pasted yet, as `cancelled`; what is pasted goes on to its end. Hosts of before don't know it. */
  'prompt/putBack': { params: { readonly operation: string }; result: null };
  /** Looks an operation up without doing it; one that is under way is waited for. Hosts of before don't wait. */
  'operation/find': { params: { readonly operation: string }; result: { readonly result: DeliveryResult | undefined } };
  /** The environment that the program was started with: a check of the session runs in the same one. Never written down. */
  'program/environment': { params: null; result: Readonly<Record<string, string>> };
  /**
   * Answers a hook that waits, with what it is to print. False: it waits no more. No adapter has hooks that wait (docs/inbox.md says why);
   * hosts of protocol 1 answer it. Hosts of before don't know it.
   */
  'hook/answer': { params: { readonly id: string; readonly text: string }; result: { readonly answered: boolean } };
  'lease/giveBack': { params: { readonly operation: string }; result: Lease };
  /** `typed` and `focused` decide the size; `selected` is obeyed unless another client typed or focused later. */
  'pty/resize': {
    params: { readonly columns: number; readonly rows: number; readonly why: 'typed' | 'focused' | 'selected' };
    result: { readonly columns: number; readonly rows: number };
  };
  /** The colours of the last focused client's terminal, for OSC 10/11, as `rrrr/gggg/bbbb`. */
  'terminal/describe': { params: { readonly foreground?: string; readonly background?: string }; result: null };
  'process/signal': {
    params: { readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGKILL' | 'SIGCONT' };
    result: null;
  };
  /** HUP to the process group, TERM and KILL after the grace. Answers when the program is gone. */
  'process/end': { params: { readonly graceMs: number }; result: ProgramExit };
  /** The end was noted in the ledger: the host may go. */
  'exit/acknowledge': { params: null; result: null };
}

export interface HostNotifications {
  'event/happened': HostEvent;
  /** In order with output frames: bytes from `sequence` on belong to the new size. */
  'screen/resized': { readonly sequence: number; readonly columns: number; readonly rows: number };
  'lease/changed': Lease;
  'program/exited': ProgramExit;
}
