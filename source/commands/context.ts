import type { DaemonConnection } from '../client/daemon-connection.ts';
import type { Scope } from '../protocol/daemon.ts';
import type { Settings } from '../store/settings-defaults.ts';
import { definedEnv } from '../system/defined-env.ts';
import type { Paths } from '../system/paths.ts';
import type { System } from '../system/system.ts';

export type Client = Pick<DaemonConnection, 'request' | 'on' | 'operation' | 'stopDaemon' | 'close'>;

/** All that a command may touch. */
export interface Context {
  readonly system: System;
  readonly paths: Paths;
  /** Folder of the build that runs. */
  readonly dist: string;
  /** Where the user stands. */
  readonly cwd: string;
  /** A path as the user wrote it, absolute; where he stands when he wrote none. */
  readonly path: (given: string | undefined) => string;
  readonly terminal: Streams;
  readonly settings: () => Promise<Settings>;
  /** The daemon, started where none runs. */
  readonly connect: () => Promise<Client>;
  /** Undefined where none runs. */
  readonly connectIfRunning: () => Promise<Client | undefined>;
  readonly host: (bundle: string) => Promise<HostReader>;
  readonly faces: Faces;
}

/** The user's streams. */
export interface Streams {
  /** Data, for people or programs. */
  readonly out: (text: string) => void;
  /** As it came, to a file or a pipe. */
  readonly outBytes: (bytes: Uint8Array) => void;
  /** Progress and questions; never data. */
  readonly err: (text: string) => void;
  /** All of standard input. */
  readonly readInput: () => Promise<string>;
  /** Asks on the terminal; only a `y` is a yes. */
  readonly ask: (question: string) => Promise<boolean>;
  readonly inputIsTerminal: boolean;
  readonly outputIsTerminal: boolean;
  readonly columns: number;
  readonly colour: boolean;
}

/** What a command needs of a host. */
export interface HostReader {
  readScreen(scrollback: number): Promise<readonly string[]>;
  close(): void;
}

/** The full-screen faces. Each resolves with its exit code when the user leaves it. */
export interface Faces {
  readonly fleet: (options: { readonly context: Context; readonly path: string }) => Promise<number>;
  readonly attach: (options: {
    readonly context: Context;
    readonly session: string;
    readonly pane: string | undefined;
  }) => Promise<number>;
}

/** Environment of the user for what is started on his behalf. */
export function clientEnvironment({ system }: Pick<Context, 'system'>): Readonly<Record<string, string>> {
  return definedEnv(system.env);
}

export function scopeOf(context: Context, all: boolean | undefined): Scope {
  return all ? { all: true } : { path: context.cwd };
}
