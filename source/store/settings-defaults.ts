import type { AgentDescription } from '../agents/description.ts';
import type { NewsKind } from '../session/news.ts';
import type { Grant } from '../session/rights.ts';

/** What holds where the settings file says nothing; here by itself, so that a start without a settings file loads no schema. */
export const DEFAULT_SETTINGS: Settings = {
  agents: {},
  profiles: {},
  // Three rounds: what two corrections did not mend needs a person.
  runs: { attempts: 3, minutes: 60, atLimit: 'ask' },
  scrollback: 1000,
  leaveKey: 'ctrl-q',
  symbols: 'auto',
  reducedMotion: false,
  outward: true,
  prompts: {},
  rights: [],
  notify: { on: ['needsYou', 'failed', 'ready'], desktop: false, bell: false },
  theme: { background: 'auto', colours: {} },
};

/** Every setting as the program uses it: checked, with defaults. Described in `settings-schema.ts`. */
export interface Settings {
  readonly branchPrefix?: string | undefined;
  readonly worktrees?: string | undefined;
  readonly defaultAgent?: string | undefined;
  readonly agents: Readonly<Record<string, AgentSettings>>;
  /** Accounts of agents, by their names. */
  readonly profiles: Readonly<Record<string, ProfileSettings>>;
  readonly runs: {
    readonly attempts: number;
    readonly minutes: number;
    readonly check?: string | undefined;
    readonly atLimit: AtLimit;
  };
  readonly scrollback: number;
  readonly leaveKey: string;
  readonly symbols: 'auto' | 'unicode' | 'ascii';
  readonly reducedMotion: boolean;
  readonly outward: boolean;
  /** Templates of prompts, by their names. */
  readonly prompts: Readonly<Record<string, string>>;
  /** What each session may beyond its own. */
  readonly rights: readonly Grant[];
  readonly notify: {
    readonly on: readonly NewsKind[];
    readonly desktop: boolean;
    /** Of the terminal in which tutti is open. */
    readonly bell: boolean;
    readonly command?: readonly string[] | undefined;
    readonly ntfy?: string | undefined;
    readonly webhook?: string | undefined;
    readonly pushover?:
      | { readonly token: string; readonly user: string; readonly url?: string | undefined }
      | undefined;
    readonly quiet?: string | undefined;
  };
  readonly theme: {
    readonly background: 'auto' | 'dark' | 'light';
    readonly colours: Readonly<Partial<Record<ColourRole, string>>>;
  };
}

export interface AgentSettings extends AgentDescription {
  readonly command?: readonly string[] | undefined;
  readonly permissionMode?: string | undefined;
  readonly model?: string | undefined;
  readonly args?: readonly string[] | undefined;
}

/** What a session that was let go does at a limit of its account. */
export type AtLimit = 'ask' | 'wait' | { readonly profile: string };

export interface ProfileSettings {
  readonly agent: string;
  readonly args?: readonly string[] | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

export type ColourRole =
  | 'needsYou'
  | 'working'
  | 'ready'
  | 'failed'
  | 'muted'
  | 'accent'
  | 'added'
  | 'removed'
  | 'merged';
