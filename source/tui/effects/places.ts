import { say, scopeOf, type World } from './performer.ts';

/** The fleet of the scope that the screen shows, from now on. */
export async function watchFleet(world: Pick<World, 'client' | 'store'>): Promise<void> {
  const { client, store } = world;
  const asked = scopeOf(store.get());
  const fleet = await client.request('fleet/watch', asked);
  // The user may have gone elsewhere meanwhile; the later question has its own answer.
  if (JSON.stringify(scopeOf(store.get())) === JSON.stringify(asked)) store.dispatch({ type: 'fleetWatched', fleet });
}

/** Makes a repository of a plain folder, or the first commit of an empty one. */
export async function beginRepository(world: World): Promise<void> {
  const { client, store } = world;
  const { path } = store.get();
  const repository = await client.request('repository/begin', { operation: client.operation(), path });
  store.dispatch({ type: 'repositoryChanged', repository });
  await watchFleet(world);
  say(world, 'info', `${repository.repository.name} has its first commit. n starts a session.`);
}

/** Where there are sessions, by the roots of their repositories. */
export async function listRepositories({ client, store }: World): Promise<void> {
  const { sessions } = await client.request('fleet/list', { all: true });
  const roots = new Set(sessions.map(({ session }) => session.repository.root));
  store.dispatch({ type: 'repositoriesListed', repositories: [...roots].sort() });
}

/** The screen goes to another repository, if there is one. */
export async function openPath(world: World, path: string): Promise<void> {
  const { client, store } = world;
  const repository = await client.request('repository/describe', {
    path: path.replace(/^~(?=\/|$)/, world.env.HOME ?? '~'),
  });
  // With what it is, or for a moment the old place's keys would act there.
  store.dispatch({ type: 'pathChosen', repository });
  await watchFleet(world);
}

export async function openDemo(world: World): Promise<void> {
  const { openDemo: open, store } = world;
  if (!open) return say(world, 'failure', 'This build has no demo; tutti demo starts one where it has.');
  store.dispatch({ type: 'busyChanged', what: 'Making the demo: a scratch repository and a small fleet…' });
  try {
    await openPath(world, await open());
  } finally {
    store.dispatch({ type: 'busyChanged', what: undefined });
  }
}
