import type { Session } from '../session/session.ts';

/** What the ledger knows of a session, for `tutti why`: the state of its life and of its program. */
export function recordWords({ life, host }: Pick<Session, 'life' | 'host'>): string {
  return `${LIVES[life.name]}, ${programWords(host)}`;
}

const LIVES: Readonly<Record<Session['life']['name'], string>> = {
  creating: 'it is being made',
  live: 'its worktree is there',
  pausing: 'it is being paused',
  paused: 'it is paused',
  resuming: 'it is being resumed',
  killing: 'it is being killed',
  killed: 'it was killed',
  undoing: 'it is being brought back',
  discarding: 'it could not be made',
  discarded: 'it could not be made',
};

function programWords(host: Session['host']): string {
  switch (host.state) {
    case 'none':
      return 'no program was started';
    case 'starting':
      return `its program is being started as ${host.name}`;
    case 'running':
      return `its program runs as ${host.name}, process ${host.programPid}`;
    case 'exited': {
      const how = host.signal ?? (host.code === undefined ? undefined : `code ${host.code}`);
      return `its program ${host.name} has ended${how === undefined ? '' : ` with ${how}`}`;
    }
    case 'lost':
      return `its program ${host.name} is gone without a word`;
    default:
      return host satisfies never;
  }
}
