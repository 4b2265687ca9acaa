import type { Scope } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { Session } from '../../session/session.ts';
import type { Daemon } from '../daemon.ts';
import { sessionNamed } from './act.ts';
import { gitDirOf } from './fleet.ts';

/** The named session, or else the one whose kill was asked for last. A kill takes a moment: who takes it back meanwhile has it finished first. */
export async function toBringBack(
  daemon: Daemon,
  { session, scope }: { readonly session?: string; readonly scope: Scope },
): Promise<Session> {
  const { ledger } = daemon.brain;
  const gitDir = await gitDirOf(daemon, scope);
  const found =
    session === undefined ? newestKilled(daemon, gitDir) : sessionNamed(daemon, session, { gone: true, gitDir });
  return daemon.waiters.until(found.id, () => {
    const now = ledger.session(found.id) ?? found;
    return now.life.name === 'killing' ? undefined : now;
  });
}

/** In the repository that the client stands in. */
function newestKilled(daemon: Daemon, gitDir: string | undefined): Session {
  const [newest] = daemon.brain.ledger
    .sessions()
    .filter(
      ({ life, repository }) =>
        (life.name === 'killed' || life.name === 'killing') && (gitDir === undefined || repository.gitDir === gitDir),
    )
    .sort((a, b) => killedAt(b) - killedAt(a));
  if (newest) return newest;
  throw new TuttiError('notFound', 'Nothing was killed here that could be brought back.');
}

/** When its kill was asked for: one that takes long is not newer for that, and one under way is not older than one that is done. */
function killedAt({ life, lifeAt, kept }: Session): number {
  const isDone = life.name === 'killed' && kept?.from === 'live';
  return isDone ? kept.at : lifeAt;
}
