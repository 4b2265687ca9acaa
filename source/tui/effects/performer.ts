import type { DaemonConnection } from '../../client/daemon-connection.ts';
import type { Scope } from '../../protocol/daemon.ts';
import type { Store } from '../store/create-store.ts';
import type { State } from '../store/state.ts';
import { quoted } from '../text/quoted.ts';

export type Client = Pick<DaemonConnection, 'request' | 'on' | 'operation'>;

/** What the acts need of the world. */
export interface World {
  readonly store: Store;
  readonly client: Client;
  readonly now: () => number;
  /** Of the user, for what is started on his behalf. */
  readonly env: Readonly<Record<string, string>>;
  /** The size that a program of the selected session would be given. */
  readonly paneSize: () => { readonly columns: number; readonly rows: number } | undefined;
  readonly scrollPane: (by: number | 'end') => void;
  /** Makes the demo's fleet and tells where; undefined where this build has none. */
  readonly openDemo: (() => Promise<string>) | undefined;
  /** Folder for the little that the screen itself remembers. */
  readonly stateFolder: string;
  /** The terminal is another program's until the promise settles; then it is taken again, and all is drawn. */
  readonly lendTerminal: <Value>(use: () => Promise<Value>) => Promise<Value>;
  readonly suspend: () => void;
  readonly quit: () => void;
}

export function say(world: Pick<World, 'store' | 'now'>, tone: 'info' | 'failure', text: string): void {
  world.store.dispatch({ type: 'said', tone, text, at: world.now() });
}

export function scopeOf({ scope, path }: Pick<State, 'scope' | 'path'>): Scope {
  return scope === 'all' ? { all: true } : { path };
}

/**
 * Selects what an act has made, unless the user types to a program by now, or has moved on since the act began (`moves` of then): his
 * keys go to what he chose last.
 */
export function reveal({ store }: Pick<World, 'store'>, session: string, moves: number): void {
  if (store.get().view !== 'list' || store.get().moves !== moves) return;
  store.dispatch({ type: 'filterChanged', filter: '' });
  store.dispatch({ type: 'selected', id: session });
  store.dispatch({ type: 'tabChosen', tab: 'agent' });
}

/** How a sentence names a session. */
export function nameOf(state: State, session: string): string {
  const title = state.sessions.get(session)?.session.title;
  return title === undefined ? 'the session' : quoted(title);
}
