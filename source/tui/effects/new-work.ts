import type { Act } from '../keymap/act.ts';
import { reveal, type World } from './performer.ts';

/** Starts a session and selects it: what becomes of it is seen at once. */
export async function createSession(world: World, act: Extract<Act, { type: 'createSession' }>): Promise<void> {
  const { client, env, store } = world;
  const { type: _, ...wanted } = act;
  const { path, moves } = store.get();
  const view = await client.request('session/create', {
    ...wanted,
    operation: client.operation(),
    path,
    env,
    ...world.paneSize(),
  });
  store.dispatch({ type: 'sessionChanged', view });
  reveal(world, view.session.id, moves);
}

/** Puts a prompt into the outbox; from now on its way is shown. */
export async function sendPrompt(world: World, act: Extract<Act, { type: 'sendPrompt' }>): Promise<void> {
  const { client, store } = world;
  const { prompt, ...view } = await client.request('prompt/send', {
    operation: client.operation(),
    session: act.session,
    text: act.text,
  });
  store.dispatch({ type: 'sessionChanged', view });
  store.dispatch({ type: 'promptFollowed', session: act.session, prompt });
}
