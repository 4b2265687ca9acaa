import type { Scope } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { Session } from '../../session/session.ts';
import type { Daemon } from '../daemon.ts';
import { sessionNamed } from './act.ts';
import { gitDirOf } from './fleet.ts';

/** The named session, or else the one that was killed last. A kill takes a moment: who takes it back meanwhile has it finished first. */
export async function toBringBack(
  daemon: Daemon,
  { session, scope }: { readonly session?: string; readonly scope: Scope },
): Promise<Session> {
  const { ledger } = daemon.brain;
  const found =
    session === undefined ? await newestKilled(daemon, scope) : sessionNamed(daemon, session, { gone: true });
  return daemon.waiters.until(found.id, () => {
    const now = ledger.session(found.id) ?? found;
    return now.life.name === 'killing' ? undefined : now;
  });
}

/** In the repository that the client stands in. */
async function newestKilled(daemon: Daemon, scope: Scope): Promise<Session> {
  const gitDir = await gitDirOf(daemon, scope);
  const [newest] = daemon.brain.ledger
    .sessions()
    .filter(
      ({ life, repository }) =>
        (life.name === 'killed' || life.name === 'killing') && (gitDir === undefined || repository.gitDir === gitDir),
    )
    .sort((a, b) => b.lifeAt - a.lifeAt);
  if (newest) return newest;
  throw new TuttiError('notFound', 'Nothing was killed here that could be brought back.');
}
