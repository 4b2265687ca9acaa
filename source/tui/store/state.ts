import type { AgentOffer } from '../../protocol/agent-offer.ts';
import type { Fleet, Notice, RepositoryView, SessionView } from '../../protocol/daemon.ts';
import type { Group } from '../../session/status.ts';
import type { DiffView } from './diff-view.ts';
import type { NewDraft } from './new-draft.ts';
import type { Overlay } from './overlay.ts';
import { NO_MEMORY, type PromptMemory } from './prompt-memory.ts';
import type { Standing } from './standing.ts';

/** All that the screen shows, in one value. Only `reduce` makes the next one. */
export interface State {
  readonly size: { readonly columns: number; readonly rows: number };
  /** Where the user stands: any path inside a repository, or a plain folder. */
  readonly path: string;
  readonly scope: 'here' | 'all';
  readonly connection: 'connecting' | 'connected' | 'reconnecting';
  readonly sessions: ReadonlyMap<string, SessionView>;
  readonly counts: Fleet['counts'] | undefined;
  /** How many can be brought back, as far as it was told; undefined: nobody has told. */
  readonly killed: number | undefined;
  /** Undefined: this is no repository, or it isn't known yet. */
  readonly repository: RepositoryView | undefined;
  readonly agents: readonly AgentOffer[];
  /** Roots of the repositories that have sessions, as far as they were asked for. */
  readonly repositories: readonly string[];
  /** The list as it stands: headings with their sessions. Keeps still while the selection moves. */
  readonly sections: readonly Section[];
  readonly moving: boolean;
  /** Moves of the selection so far: each one begins the wait for its rest anew. */
  readonly moves: number;
  readonly selected: string | undefined;
  /** As what the selected session stands in the list: its row does not sink to a lower group while somebody is on it. */
  readonly standing: Standing | undefined;
  /** Sessions that the next prompt goes to, together. */
  readonly marked: ReadonlySet<string>;
  /** First row of the list that is shown. */
  readonly listTop: number;
  readonly tab: Tab;
  /** Who gets the keys: tutti (`list`), or the pane, beside the list or alone. */
  readonly view: 'list' | 'pane' | 'zoom';
  /** The shell that has the keys is being opened; what is typed meanwhile is kept for it. */
  readonly opening: boolean;
  /** Only one pane and no list: `tutti attach`. */
  readonly attached: boolean;
  readonly filter: string;
  readonly overlay: Overlay | undefined;
  readonly message: Message | undefined;
  /** All that was said, newest last. */
  readonly messages: readonly Notice[];
  readonly diff: DiffView | undefined;
  /** The last screen of a program that has ended. */
  readonly lastWords: { readonly bundle: string; readonly lines: readonly string[] } | undefined;
  /** Rows that the shown pane is scrolled back; its program goes on below. */
  readonly scrolledBack: number;
  /** The prompt sent last, so that its way can be followed. */
  readonly followed: { readonly session: string; readonly prompt: string | undefined } | undefined;
  /** What was put away last in this screen, so that `u` brings it back; undefined: nothing was, or something was killed since. */
  readonly putAway: string | undefined;
  /** The command that was allowed last in this screen, and by whose agent: a rule can be made of it. */
  readonly allowed: Allowed | undefined;
  /** The session with which something was begun in the inbox; undefined: none, or it is over. */
  readonly dealing: string | undefined;
  /** The inbox opens once the sessions of all repositories are known. */
  readonly inboxAwaited: boolean;
  readonly memory: PromptMemory;
  readonly newDraft: NewDraft;
  readonly now: number;
  readonly firstHint: boolean;
  readonly symbols: 'unicode' | 'ascii';
  readonly leaveKey: string;
  /** Texts of prompts from the settings, by their names. */
  readonly templates: Readonly<Record<string, string>>;
  /** Where they are written down; undefined: whoever opened the screen has not told. */
  readonly settingsFile: string | undefined;
  /** What forms begin with, from the settings. */
  readonly defaults: Defaults;
  /** Something is being done that takes a while; said in the message line. */
  readonly busy: string | undefined;
}

export interface Defaults {
  readonly agent: string | undefined;
  readonly check: string | undefined;
  readonly attempts: number;
  readonly minutes: number;
}

export interface Allowed {
  readonly session: string;
  readonly command: string;
}

export type Tab = 'agent' | 'diff' | 'shell' | 'check';

export interface Section {
  readonly group: Group;
  readonly ids: readonly string[];
}

export interface Message {
  readonly tone: 'info' | 'failure';
  readonly text: string;
  readonly at: number;
}

export interface StartOptions {
  readonly size: State['size'];
  readonly path: string;
  readonly now: number;
  readonly scope?: State['scope'];
  readonly firstHint?: boolean;
  readonly symbols?: State['symbols'];
  readonly leaveKey?: string;
  readonly attached?: boolean;
  readonly templates?: State['templates'];
  readonly settingsFile?: State['settingsFile'];
  readonly defaults?: Defaults;
}

export function startState(options: StartOptions): State {
  return {
    size: options.size,
    path: options.path,
    scope: options.scope ?? 'here',
    connection: 'connecting',
    sessions: new Map(),
    counts: undefined,
    killed: undefined,
    repository: undefined,
    agents: [],
    repositories: [],
    sections: [],
    moving: false,
    moves: 0,
    selected: undefined,
    standing: undefined,
    marked: new Set(),
    listTop: 0,
    tab: 'agent',
    view: options.attached ? 'zoom' : 'list',
    opening: false,
    attached: options.attached ?? false,
    filter: '',
    overlay: undefined,
    message: undefined,
    messages: [],
    diff: undefined,
    lastWords: undefined,
    scrolledBack: 0,
    followed: undefined,
    putAway: undefined,
    allowed: undefined,
    dealing: undefined,
    inboxAwaited: false,
    memory: NO_MEMORY,
    newDraft: {},
    now: options.now,
    firstHint: options.firstHint ?? false,
    symbols: options.symbols ?? 'unicode',
    leaveKey: options.leaveKey ?? 'ctrl-q',
    templates: options.templates ?? {},
    settingsFile: options.settingsFile,
    defaults: options.defaults ?? { agent: undefined, check: undefined, attempts: 3, minutes: 60 },
    busy: undefined,
  };
}
