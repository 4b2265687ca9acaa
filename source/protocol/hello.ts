import type { SessionMark } from './session-mark.ts';

/** The first words on every connection; nothing else is answered before. */
export interface Hello {
  readonly protocol: number;
  readonly build: string;
  readonly secret: string;
  /** Names the client for leases, sizes and operation ids: unique for each process. */
  readonly client: string;
  readonly kind: 'tui' | 'command' | 'daemon' | 'agent' | 'test';
  readonly capabilities: readonly string[];
  /** To the daemon: where the user stands. A name that several sessions have means the one of that repository. */
  readonly cwd?: string;
  /** To the daemon, by a client that a session has started: it has the rights of that session. Without it a client is the person. */
  readonly session?: SessionMark;
}

export interface Welcome {
  readonly protocol: number;
  readonly build: string;
  readonly capabilities: readonly string[];
}
