import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { System } from './system.ts';

/** Where everything lies. `TUTTI_HOME` moves all of it (tests); else XDG, on macOS the same. */
export interface Paths {
  readonly data: string;
  readonly state: string;
  readonly config: string;
  readonly ledger: string;
  readonly sessions: string;
  readonly worktrees: string;
  /** Folders of killed and paused worktrees, beside `worktrees` so that a rename moves them. */
  readonly trash: string;
  readonly runtime: string;
  readonly logs: string;
  /** What was kept of sessions whose status was wrong. */
  readonly reports: string;
  /** Held by the daemon for as long as it lives. */
  readonly lock: string;
  /** There since the user ended the daemon, until a client starts the next one. */
  readonly stopMark: string;
  /** The daemon's socket, real place; dialled through `link`. */
  readonly daemonSocket: string;
  /** What a client says in its hello; 0600. */
  readonly daemonSecret: string;
  /** Short directory for socket paths (107 bytes on Linux, 103 on macOS); made anew by whoever needs it. */
  readonly link: string;
}

export function paths(system: Pick<System, 'env' | 'home' | 'uid'>): Paths {
  const own = system.env.TUTTI_HOME;
  const base = (name: string, fallback: string) => {
    const set = system.env[name];
    return join(set?.startsWith('/') ? set : join(system.home, fallback), 'tutti');
  };
  const data = own ? join(own, 'data') : base('XDG_DATA_HOME', '.local/share');
  const state = own ? join(own, 'state') : base('XDG_STATE_HOME', '.local/state');
  const config = own ? join(own, 'config') : base('XDG_CONFIG_HOME', '.config');
  return {
    data,
    state,
    config,
    ledger: join(data, 'ledger.db'),
    sessions: join(data, 'sessions'),
    worktrees: join(data, 'worktrees'),
    trash: join(data, 'trash'),
    runtime: join(data, 'runtime'),
    logs: state,
    reports: join(state, 'reports'),
    lock: join(data, 'daemon.lock'),
    stopMark: join(data, 'daemon.stopped'),
    daemonSocket: join(data, 'daemon.sock'),
    daemonSecret: join(data, 'daemon.secret'),
    get link() {
      // Loaded when it is needed: the first frame needs none.
      const { createHash } = process.getBuiltinModule('node:crypto');
      const hash = createHash('sha256').update(realPlace(data)).digest('hex').slice(0, 10);
      return `/tmp/tutti-${system.uid}-${hash}`;
    },
  };
}

/** Where a path leads, however it is spelled: one set of files has one name. What is not there yet hangs from what is. */
function realPlace(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPlace(folder), basename(path));
  }
}

/** What a session's agent program keeps of its own, outside of the worktree: it stays from one start to the next. */
export function agentFolder(at: Pick<Paths, 'sessions'>, session: string): string {
  return join(at.sessions, session, 'agent');
}

/** Names this tutti among those that have their files elsewhere. */
export function homeName({ link }: Pick<Paths, 'link'>): string {
  return link.slice(link.lastIndexOf('-') + 1);
}

/** Directory of one host's bundle. */
export function hostBundle(at: Pick<Paths, 'sessions'>, session: string, name: string): string {
  return join(at.sessions, session, 'hosts', name);
}
