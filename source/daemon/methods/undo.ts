import type { Scope } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { Session } from '../../session/session.ts';
import type { Daemon } from '../daemon.ts';
import { gitDirOf } from './fleet.ts';

/** The session that was killed last, in the repository that the client stands in. */
export async function newestKilled(daemon: Daemon, scope: Scope): Promise<Session> {
  const gitDir = await gitDirOf(daemon, scope);
  const [newest] = daemon.brain.ledger
    .sessions()
    .filter(({ life, repository }) => life.name === 'killed' && (gitDir === undefined || repository.gitDir === gitDir))
    .sort((a, b) => b.lifeAt - a.lifeAt);
  if (newest) return newest;
  throw new TuttiError('notFound', 'Nothing was killed here that could be brought back.');
}
