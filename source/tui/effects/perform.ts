import { TuttiError } from '../../protocol/rpc.ts';
import { killPoint } from '../../system/kill-point.ts';
import type { Act } from '../keymap/act.ts';
import { submitForm, waitsForAgents } from '../keymap/submit-form.ts';
import { listedIds } from '../store/sections.ts';
import type { State } from '../store/state.ts';
import { quoted } from '../text/quoted.ts';
import { answer, deny } from './answer.ts';
import { answerAll } from './answer-all.ts';
import { editOutside } from './edit-outside.ts';
import { makeRule } from './make-rule.ts';
import { createSession, editWaiting, listConversations, searchHistories, sendPrompt } from './new-work.ts';
import { nameOf, reveal, say, scopeOf, type World } from './performer.ts';
import { beginRepository, listRepositories, openDemo, openPath } from './places.ts';
import { markUnread, snooze, wake } from './put-away.ts';

/** Does an act in the world. Never throws: what fails is said, in the form that asked for it if it is still open. */
export async function perform(world: World, act: Act): Promise<void> {
  const form = openForm(world);
  try {
    killPoint(`tui:${act.type}:before`);
    await does(world, act);
    killPoint(`tui:${act.type}:after`);
    closeForm(world, form);
  } catch (thrown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    if (form && openForm(world)?.purpose === form.purpose) world.store.dispatch({ type: 'formRefused', trouble: text });
    else say(world, 'failure', text);
  }
}

/** Where the user did not wait for them, his Enter counts now. */
async function agentsFound(world: World, agents: State['agents']): Promise<void> {
  const { store } = world;
  const { overlay } = store.get();
  const waits = overlay?.kind === 'form' && waitsForAgents(overlay.form);
  store.dispatch({ type: 'agentsListed', agents });
  const found = store.get().overlay;
  if (!waits || found?.kind !== 'form') return;
  const { actions = [], acts = [] } = submitForm(found.form);
  for (const action of actions) store.dispatch(action);
  for (const each of acts) await perform(world, each);
}

async function does(world: World, act: Act): Promise<void> {
  const { client, store, env } = world;
  const operation = client.operation();
  const name = 'session' in act ? nameOf(store.get(), act.session) : '';
  switch (act.type) {
    case 'createSession':
      return createSession(world, act);
    case 'sendPrompt':
      return sendPrompt(world, act);
    case 'editOutside':
      return editOutside(world, act);
    case 'editWaiting':
      return editWaiting(world, act);
    case 'withdrawPrompt':
      await client.request('prompt/withdraw', { operation, session: act.session, prompt: act.prompt });
      return say(world, 'info', `The prompt to ${name} was withdrawn.`);
    case 'kill':
      return kill(world, act.session);
    case 'pause':
      await client.request('session/pause', { operation, session: act.session });
      return;
    case 'restart':
      await client.request('session/restart', { operation, session: act.session, env });
      return;
    case 'giveBack':
      await client.request('run/giveBack', { operation, session: act.session });
      return;
    case 'takeOver':
      return takeOver(world, act.session, name);
    case 'resume':
      return resume(world, act);
    case 'undo': {
      const { moves } = store.get();
      const view = await client.request('session/undo', { operation, env, scope: scopeOf(store.get()) });
      store.dispatch({ type: 'sessionChanged', view });
      reveal(world, view.session.id, moves);
      return say(world, 'info', `${quoted(view.session.title)} is coming back.`);
    }
    case 'rename':
      await client.request('session/rename', { operation, session: act.session, title: act.title });
      return;
    case 'letGo':
      await client.request('run/start', { operation, session: act.session, ...act.run });
      return say(world, 'info', `${name} works by itself now. A key typed into its pane takes it over.`);
    case 'sendBack':
      await client.request('run/sendBack', { operation, session: act.session, remark: act.remark });
      return;
    case 'push':
      return push(world, act, name);
    case 'commitAndPush':
      return commitAndPush(world, act.session, name);
    case 'merge':
      await client.request('branch/merge', { operation, session: act.session, env, commit: act.commit });
      return;
    case 'openShell':
      return openShell(world, act.session);
    case 'answer':
      return answer(world, act);
    case 'answerAll':
      return answerAll(world, act);
    case 'deny':
      return deny(world, act);
    case 'makeRule':
      return makeRule(world, act);
    case 'snooze':
      return snooze(world, act);
    case 'wake':
      return wake(world, act.session);
    case 'markUnread':
      return markUnread(world, act.session);
    case 'askWhy': {
      const why = await client.request('session/why', { session: act.session });
      return store.dispatch({ type: 'whyAnswered', why });
    }
    case 'reportState': {
      const { folder } = await client.request('session/wrong', { session: act.session });
      return say(world, 'info', `Kept its screen and why in ${folder}. Nothing was sent.`);
    }
    case 'searchHistories':
      return searchHistories(world, act.query);
    case 'listConversations':
      return listConversations(world);
    case 'readConversation': {
      const { type: _, ...of } = act;
      const found = await client.request('conversation/read', { ...of, env });
      return store.dispatch({ type: 'conversationRead', id: act.id, found });
    }
    case 'listAgents': {
      const agents = await client.request('agent/list', { env, profiles: true });
      return agentsFound(world, agents);
    }
    case 'listRepositories':
      return listRepositories(world);
    case 'describeRepository': {
      const repository = await client.request('repository/describe', { path: store.get().path });
      return store.dispatch({ type: 'repositoryChanged', repository });
    }
    case 'beginRepository':
      return beginRepository(world);
    case 'openPath':
      return openPath(world, act.path);
    case 'openDemo':
      return openDemo(world);
    case 'scrollPane':
      return world.scrollPane(act.by);
    case 'suspend':
      return world.suspend();
    case 'quit':
      return world.quit();
    default:
      return act satisfies never;
  }
}

async function takeOver(world: World, session: string, name: string): Promise<void> {
  const { client } = world;
  const { session: taken } = await client.request('run/takeOver', { operation: client.operation(), session });
  const isOver = taken.run?.stage.name === 'stopped';
  say(
    world,
    'info',
    `You have ${name}: ${isOver ? 'its run is over; s sends it back to work, l lets it go anew' : 'its run halts until g gives it back'}.`,
  );
}

async function openShell({ client, env, paneSize, store }: World, session: string): Promise<void> {
  try {
    await client.request('shell/open', { operation: client.operation(), session, env, ...paneSize() });
  } catch (thrown) {
    store.dispatch({ type: 'shellRefused' });
    throw thrown;
  }
}

/** The selection goes to a neighbour first: a row that is being killed wanders through the groups, the eye should not. */
async function kill(world: World, session: string): Promise<void> {
  const { client, store } = world;
  const { sections, selected } = store.get();
  const name = nameOf(store.get(), session);
  const ids = listedIds(sections);
  const at = ids.indexOf(session);
  const neighbour = ids[at + 1] ?? ids[at - 1];
  if (selected === session && neighbour !== undefined) store.dispatch({ type: 'selected', id: neighbour });
  await client.request('session/kill', { operation: client.operation(), session });
  store.dispatch({ type: 'putAway', session: undefined });
  say(world, 'info', `Killed ${name}. u brings it back.`);
}

/** Where the branch has moved since the pause, the daemon asks where to: so does the screen. */
async function resume(world: World, act: Extract<Act, { type: 'resume' }>): Promise<void> {
  const { client, env, store } = world;
  const { session, onto } = act;
  const operation = client.operation();
  try {
    await client.request('session/resume', { operation, session, env, ...(onto ? { onto } : {}) });
  } catch (thrown) {
    if (!(thrown instanceof TuttiError) || thrown.kind !== 'conflict' || onto) throw thrown;
    // Who types elsewhere by now would answer it without having read it.
    if (store.get().view !== 'list' || store.get().overlay) throw thrown;
    const question = { ask: 'resume', session, reason: thrown.message } as const;
    store.dispatch({ type: 'overlayOpened', overlay: { kind: 'question', question } });
  }
}

/** What is pushed is what was committed: where the branch moves in between it is refused. */
async function commitAndPush(world: World, session: string, name: string): Promise<void> {
  const { client, env, store } = world;
  const message = store.get().sessions.get(session)?.session.title ?? name;
  store.dispatch({ type: 'busyChanged', what: `Committing ${name}…` });
  try {
    const { commit } = await client.request('branch/commit', { operation: client.operation(), session, env, message });
    await push(world, { session, commit }, name);
  } finally {
    store.dispatch({ type: 'busyChanged', what: undefined });
  }
}

async function push(
  world: World,
  act: { readonly session: string; readonly commit: string },
  name: string,
): Promise<void> {
  const { client, env, store } = world;
  const { session, commit } = act;
  store.dispatch({ type: 'busyChanged', what: `Pushing ${name}…` });
  try {
    const { remote } = await client.request('branch/push', { operation: client.operation(), session, env, commit });
    say(world, 'info', `Pushed ${name} to ${remote}.`);
  } finally {
    store.dispatch({ type: 'busyChanged', what: undefined });
  }
}

/** The form that waits for an answer. */
function openForm({ store }: World) {
  const { overlay } = store.get();
  return overlay?.kind === 'form' && overlay.form.sending ? overlay.form : undefined;
}

/** Closed when its act has succeeded; another one that was opened meanwhile stays. */
function closeForm(world: World, form: ReturnType<typeof openForm>): void {
  if (form && openForm(world)?.purpose === form.purpose) world.store.dispatch({ type: 'formDone' });
}
