import { describeRepository } from '../../git/describe-repository.ts';
import { findRepository } from '../../git/repository.ts';
import type { Fleet, RepositoryView, Scope } from '../../protocol/daemon.ts';
import { countStatuses } from '../../session/order.ts';
import type { ClientLink } from '../client-link.ts';
import type { Daemon } from '../daemon.ts';
import { isListed } from '../view.ts';
import type { MethodTable } from './method.ts';
import { scope } from './params.ts';

export const fleetMethods: MethodTable<'fleet/watch' | 'fleet/list'> = {
  'fleet/watch': { schema: scope, answer: (daemon, params, client) => watchFleet(daemon, params, client) },
  'fleet/list': {
    schema: scope,
    answer: async (daemon, params) =>
      fleetNow(daemon, { gitDir: await gitDirOf(daemon, params), repository: undefined }),
  },
};

/** The repository of a scope; undefined for all. A path outside of any repository has no sessions. */
export async function gitDirOf(daemon: Daemon, wanted: Scope): Promise<string | undefined> {
  if ('all' in wanted) return undefined;
  return (await findRepository(daemon.brain.git, wanted.path))?.gitDir ?? 'none';
}

async function watchFleet(daemon: Daemon, wanted: Scope, client: ClientLink): Promise<Fleet> {
  const repository = await viewOfScope(daemon, wanted);
  const gitDir = 'all' in wanted ? undefined : (repository?.repository.gitDir ?? 'none');
  const fleet = fleetNow(daemon, { gitDir, repository });
  client.scope = wanted;
  daemon.feed.watch(client, gitDir, fleet.sessions);
  daemon.changes.followAll(daemon.brain.ledger.sessions());
  return fleet;
}

async function viewOfScope(daemon: Daemon, wanted: Scope): Promise<RepositoryView | undefined> {
  if ('all' in wanted) return undefined;
  const { git } = daemon.brain;
  return (await findRepository(git, wanted.path)) ? describeRepository(git, wanted.path) : undefined;
}

function fleetNow(
  daemon: Daemon,
  { gitDir, repository }: { readonly gitDir: string | undefined; readonly repository: RepositoryView | undefined },
): Fleet {
  const views = daemon.brain.ledger.sessions().filter(isListed).map(daemon.view);
  return {
    sessions: views.filter(view => gitDir === undefined || view.session.repository.gitDir === gitDir),
    counts: countStatuses(views),
    notices: daemon.feed.notices,
    repository,
  };
}
