import type { Conversation, RunningElsewhere, SearchHit } from '../../protocol/records.ts';
import type { Act } from '../keymap/act.ts';
import { draftOf } from '../store/prompt-memory.ts';
import { promptForm } from '../store/session-forms.ts';
import { quoted } from '../text/quoted.ts';
import { reveal, say, scopeOf, type World } from './performer.ts';

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
  store.dispatch({ type: 'sessionStarted', title: act.title, prompt: act.prompt ?? '' });
  store.dispatch({ type: 'sessionChanged', view });
  reveal(world, view.session.id, moves);
}

/** What began here outside of tutti; where that can't be told it is said in the list. */
export async function listConversations({ client, env, store }: World): Promise<void> {
  const told = (
    conversations: readonly Conversation[] | undefined,
    running: readonly RunningElsewhere[],
    trouble: string | undefined,
  ) => store.dispatch({ type: 'conversationsListed', conversations, running, trouble });
  await client.request('conversation/list', { path: store.get().path, env }).then(
    ({ conversations, running = [] }) => told(conversations, running, undefined),
    (thrown: unknown) => told(undefined, [], thrown instanceof Error ? thrown.message : String(thrown)),
  );
}

export async function searchHistories({ client, store }: World, query: string): Promise<void> {
  const told = (hits: readonly SearchHit[] | undefined, trouble: string | undefined) =>
    store.dispatch({ type: 'searched', query, hits, trouble });
  const words = query.split(/\s+/u);
  await client.request('history/search', { scope: scopeOf(store.get()), words }).then(
    ({ hits }) => told(hits, undefined),
    (thrown: unknown) => told(undefined, thrown instanceof Error ? thrown.message : String(thrown)),
  );
}

/** Puts a prompt into the outbox of each; from now on its way is shown. What nobody took stays in the form. */
export async function sendPrompt(world: World, act: Extract<Act, { type: 'sendPrompt' }>): Promise<void> {
  const { client, store } = world;
  const { sessions, text, interrupt } = act;
  const results = await Promise.allSettled(
    sessions.map(session =>
      client.request('prompt/send', {
        operation: client.operation(),
        session,
        text,
        ...(interrupt ? { interrupt } : {}),
      }),
    ),
  );
  const failed = results.flatMap((result, at) =>
    result.status === 'rejected' ? [{ session: sessions[at] ?? '', why: result.reason as Error }] : [],
  );
  const [first] = failed;
  if (first && failed.length === sessions.length) throw first.why;
  const goOn: string[] = [];
  for (const [at, result] of results.entries()) {
    if (result.status === 'rejected') continue;
    const { prompt, notInterrupted, ...view } = result.value;
    if (notInterrupted) goOn.push(quoted(view.session.title));
    store.dispatch({ type: 'sessionChanged', view });
    if (sessions.length === 1) store.dispatch({ type: 'promptFollowed', session: sessions[at] ?? '', prompt });
  }
  store.dispatch({ type: 'promptSent', sessions, text, at: world.now() });
  store.dispatch({ type: 'marksCleared' });
  if (first)
    say(
      world,
      'failure',
      `Sent to ${results.length - failed.length} of ${results.length}. ${failed.map(({ why }) => why.message).join(' ')}`,
    );
  else if (goOn.length > 0)
    say(world, 'info', `Could not interrupt ${goOn.join(', ')}: the prompt waits there as the first one.`);
  else if (sessions.length > 1) say(world, 'info', `Sent to ${sessions.length} sessions.`);
}

/** Takes a prompt that waits back into the prompt box, before what is typed there already. */
export async function editWaiting(world: World, act: Extract<Act, { type: 'editWaiting' }>): Promise<void> {
  const { client, store } = world;
  const { session, prompt } = act;
  const known =
    store
      .get()
      .sessions.get(session)
      ?.session.outbox.find(({ id }) => id === prompt)?.text ?? '';
  const { text = known, ...view } = await client.request('prompt/withdraw', {
    operation: client.operation(),
    session,
    prompt,
  });
  store.dispatch({ type: 'sessionChanged', view });
  const draft = draftOf(store.get().memory, [session]);
  const whole = draft === '' ? text : `${text}\n\n${draft}`;
  // Nothing else has it from now on; and who has gone on to something else meanwhile finds it there.
  store.dispatch({ type: 'draftKept', sessions: [session], text: whole });
  const { overlay, selected, view: place } = store.get();
  const isShown = !overlay || (overlay.kind === 'inbox' && selected === session);
  if (!isShown || place !== 'list') return;
  store.dispatch({ type: 'overlayOpened', overlay: { kind: 'form', form: promptForm([session], whole) } });
  if (overlay) store.dispatch({ type: 'dealChanged', session });
}
