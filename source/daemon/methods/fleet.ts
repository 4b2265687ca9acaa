import type { Fleet, RepositoryView, Scope } from '../../protocol/daemon.ts';
import { countStatuses } from '../../session/order.ts';
import type { Session } from '../../session/session.ts';
import type { ClientLink } from '../client-link.ts';
import type { Daemon } from '../daemon.ts';
import { isListed } from '../view.ts';
import type { MethodTable } from './method.ts';
import { scope } from './params.ts';
import { sightOf } from './rights.ts';

export const fleetMethods: MethodTable<'fleet/watch' | 'fleet/list'> = {
  'fleet/watch': { schema: scope, answer: (daemon, params, client) => watchFleet(daemon, params, client) },
  'fleet/list': {
    schema: scope,
    answer: async (daemon, params, client) =>
      fleetNow(daemon, {
        gitDir: await gitDirOf(daemon, params),
        repository: undefined,
        sees: await sightOf(daemon, client),
      }),
  },
};

/** The repository of a scope; undefined for all. A path outside of any repository has no sessions. */
export async function gitDirOf(daemon: Daemon, wanted: Scope): Promise<string | undefined> {
  return 'all' in wanted ? undefined : ((await daemon.places.gitDirOf(wanted.path)) ?? 'none');
}

async function watchFleet(daemon: Daemon, wanted: Scope, client: ClientLink): Promise<Fleet> {
  const { places, feed, changes, brain } = daemon;
  const sees = await sightOf(daemon, client);
  // Of a repository a session is told nothing: it might be any.
  const isTold = !('all' in wanted) && !sees;
  const remembered = isTold ? await places.remembered(wanted.path) : undefined;
  const repository = remembered ?? (isTold ? await places.describe(wanted.path) : undefined);
  const gitDir = isTold ? (repository?.repository.gitDir ?? 'none') : await gitDirOf(daemon, wanted);
  const fleet = fleetNow(daemon, { gitDir, repository, sees });
  client.scope = wanted;
  feed.watch(client, { gitDir, sees }, fleet.sessions);
  if (remembered && !('all' in wanted)) void refresh(daemon, { client, path: wanted.path, remembered });
  changes.followAll(brain.ledger.sessions());
  return fleet;
}

/** What was said from memory is looked at behind the answer. */
async function refresh(
  { places, brain }: Daemon,
  told: { readonly client: ClientLink; readonly path: string; readonly remembered: RepositoryView },
): Promise<void> {
  const { client, path, remembered } = told;
  const { scope } = client;
  try {
    const view = await brain.gitQueue.add(remembered.repository.gitDir, () => places.describe(path), 'look');
    if (!view || client.scope !== scope || JSON.stringify(view) === JSON.stringify(remembered)) return;
    client.notify('repository/changed', view);
  } catch (err) {
    brain.log.info({ path, err }, 'a repository could not be described');
  }
}

function fleetNow(
  daemon: Daemon,
  {
    gitDir,
    repository,
    sees,
  }: {
    readonly gitDir: string | undefined;
    readonly repository: RepositoryView | undefined;
    readonly sees: ((session: string) => boolean) | undefined;
  },
): Fleet {
  const all = daemon.brain.ledger.sessions().filter(({ id }) => sees?.(id) ?? true);
  const isWanted = ({ repository }: Session) => gitDir === undefined || repository.gitDir === gitDir;
  const views = all.filter(isListed).map(daemon.view);
  return {
    sessions: views.filter(({ session }) => isWanted(session)),
    killed: all.filter(session => session.life.name === 'killed' && isWanted(session)).length,
    counts: countStatuses(views),
    notices: daemon.feed.noticesFor(sees),
    repository,
  };
}
