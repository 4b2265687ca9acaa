import { expect, test } from 'vitest';
import { TuttiError } from '../../../source/protocol/rpc.ts';
import { perform } from '../../../source/tui/effects/perform.ts';
import type { Act } from '../../../source/tui/keymap/act.ts';
import { newSessionForm } from '../../../source/tui/store/new-session-form.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import { promptForm } from '../../../source/tui/store/session-forms.ts';
import { press } from '../press-keys.ts';
import { fleetAt } from '../shown.ts';
import { AGENTS, fleetOf, NOW, promptOf, repositoryOf, viewOf } from '../views.ts';
import { fakeWorld } from './fake-world.ts';

const fleet = fleetAt([120, 40]);
const created = viewOf({ id: 'bbbb000001', title: 'New one', status: 'preparing', minutes: 0 });

/** The fleet with a form that waits for its answer. */
function sending(form: ReturnType<typeof promptForm>) {
  return [{ type: 'overlayOpened', overlay: { kind: 'form', form } } as const, { type: 'formSent' } as const].reduce(
    reduce,
    fleet,
  );
}

const CREATE: Act = {
  type: 'createSession',
  title: 'New one',
  agent: { kind: 'claude', command: undefined, permissionMode: undefined, model: undefined, extra: [] },
};

test('a new session is made with the environment and the size of this client, and selected', async () => {
  const { world, asked, store } = fakeWorld(sending(newSessionForm(fleet, false)), { 'session/create': () => created });
  await perform(world, CREATE);
  expect(asked).toEqual([
    {
      method: 'session/create',
      params: {
        operation: expect.any(String),
        path: '/home/ann/shop',
        title: 'New one',
        agent: CREATE.agent,
        env: { HOME: '/home/ann', PATH: '/bin' },
        columns: 80,
        rows: 37,
      },
    },
  ]);
  expect(store.get()).toMatchObject({ selected: 'bbbb000001', overlay: undefined });
});

test('an enter before it is known which agents there are counts when they are, unless something was typed since', async () => {
  const early = { ...fleet, agents: [] };
  const form = newSessionForm(early, false);
  const opened = reduce(early, { type: 'overlayOpened', overlay: { kind: 'form', form } });
  const entered = press(opened, 'F', 'enter').state;
  const answers = { 'agent/list': () => AGENTS, 'session/create': () => created };
  const first = fakeWorld(entered, answers);
  await perform(first.world, { type: 'listAgents' });
  expect(first.asked.map(({ method }) => method)).toEqual(['agent/list', 'session/create']);
  expect(first.store.get().overlay).toBeUndefined();
  const second = fakeWorld(press(entered, 'x').state, answers);
  await perform(second.world, { type: 'listAgents' });
  expect(second.asked.map(({ method }) => method)).toEqual(['agent/list']);
  expect(second.store.get().overlay).toMatchObject({ kind: 'form' });
});

test('where a wrong state was kept is said', async () => {
  const { world, asked, store } = fakeWorld(fleet, { 'session/wrong': () => ({ folder: '/state/reports/x' }) });
  await perform(world, { type: 'reportState', session: 'aaaa000001' });
  expect(asked).toEqual([{ method: 'session/wrong', params: { session: 'aaaa000001' } }]);
  expect(store.get().message?.text).toBe('Kept its screen and why in /state/reports/x. Nothing was sent.');
});

test('what an act has made takes the keys from nobody who types to a program by now', async () => {
  const typing = reduce(fleet, { type: 'viewChosen', view: 'pane' });
  const { world, store } = fakeWorld(typing, { 'session/create': () => created, 'session/undo': () => created });
  await perform(world, CREATE);
  await perform(world, { type: 'undo' });
  expect(store.get()).toMatchObject({ selected: 'aaaa000001', view: 'pane' });
});

test('what an act has made is not selected under the keys of who has moved on meanwhile', async () => {
  const { world, store } = fakeWorld(fleet, { 'session/create': () => created, 'session/undo': () => created });
  for (const act of [CREATE, { type: 'undo' }] as const) {
    const acting = perform(world, act);
    store.dispatch({ type: 'moved', by: 1 });
    const { selected } = store.get();
    await acting;
    expect(store.get().selected).toBe(selected);
    expect(selected).not.toBe(created.session.id);
  }
});

test('a question that comes late is asked of nobody who types by now; why it came is said', async () => {
  const moved = () => {
    throw new TuttiError('conflict', 'The branch has moved.');
  };
  for (const action of [
    { type: 'viewChosen', view: 'pane' },
    { type: 'overlayOpened', overlay: { kind: 'help', top: 0 } },
  ] as const) {
    const { world, store } = fakeWorld(reduce(fleet, action), { 'session/resume': moved });
    await perform(world, { type: 'resume', session: 'aaaa000006', onto: undefined });
    expect(store.get().overlay?.kind).not.toBe('question');
    expect(store.get().message?.text).toBe('The branch has moved.');
  }
});

test('what is refused is said in the form, which stays as it was', async () => {
  const { world, store } = fakeWorld(sending(newSessionForm(fleet, false)), {
    'session/create': () => {
      throw new TuttiError('conflict', 'The branch is checked out elsewhere.');
    },
  });
  await perform(world, CREATE);
  expect(store.get().overlay).toMatchObject({
    form: { sending: false, trouble: 'The branch is checked out elsewhere.' },
  });
  expect(store.get().message).toBeUndefined();
});

test('a form that was left meanwhile is not disturbed by the answer', async () => {
  const { world, store } = fakeWorld(sending(promptForm(['aaaa000001'])), {
    'prompt/send': () => ({ ...created, prompt: 'p1' }),
  });
  const sent = perform(world, { type: 'sendPrompt', sessions: ['aaaa000001'], text: 'x' });
  const help = { kind: 'help', top: 0 } as const;
  store.dispatch({ type: 'overlayOpened', overlay: help });
  await sent;
  expect(store.get().overlay).toEqual(help);
});

test('without a form a failure is a message', async () => {
  const { world, store } = fakeWorld(fleet);
  await perform(world, { type: 'restart', session: 'aaaa000001' });
  expect(store.get().message).toEqual({ tone: 'failure', text: 'Nobody answers session/restart.', at: NOW });
});

test('a prompt is followed by its id', async () => {
  const prompt = {
    id: 'p9',
    text: 'x',
    at: NOW,
    by: 'person',
    way: 'typed',
    state: 'queued',
    stateAt: NOW,
    why: undefined,
    attempts: 0,
    putOffAt: undefined,
  } as const;
  const view = viewOf({ id: 'aaaa000001', session: { outbox: [prompt] } });
  const { world, store } = fakeWorld(fleet, { 'prompt/send': () => ({ ...view, prompt: 'p9' }) });
  await perform(world, { type: 'sendPrompt', sessions: ['aaaa000001'], text: 'x' });
  expect(store.get().followed).toEqual({ session: 'aaaa000001', prompt: 'p9' });
});

test('a prompt to several goes to each; who does not take it is named, and the others have it', async () => {
  const marked = reduce(fleet, { type: 'markToggled', id: 'aaaa000001' });
  const { world, store, asked } = fakeWorld(marked, {
    'prompt/send': ({ session }: { session: string }) => {
      if (session === 'aaaa000002') throw new TuttiError('conflict', 'Could not prompt "B": it is paused.');
      return { ...viewOf({ id: session }), prompt: 'p1' };
    },
  });
  await perform(world, { type: 'sendPrompt', sessions: ['aaaa000001', 'aaaa000002', 'aaaa000003'], text: 'x' });
  expect(new Set(asked.map(({ params }) => params.operation)).size).toBe(3);
  expect(store.get()).toMatchObject({
    message: { tone: 'failure', text: 'Sent to 2 of 3. Could not prompt "B": it is paused.' },
    memory: { sent: [{ text: 'x' }] },
    marked: new Set(),
  });
});

test('a prompt that nobody takes stays in its form, with its marks', async () => {
  const { world, store } = fakeWorld(sending(promptForm(['aaaa000001', 'aaaa000002'])));
  await perform(world, { type: 'sendPrompt', sessions: ['aaaa000001', 'aaaa000002'], text: 'x' });
  expect(store.get()).toMatchObject({ overlay: { kind: 'form' }, memory: { sent: [] } });
});

test('a prompt that waits is taken back whole into the prompt box, before what is typed there', async () => {
  const drafted = reduce(fleet, { type: 'draftKept', sessions: ['aaaa000001'], text: 'half' });
  const view = viewOf({ id: 'aaaa000001' });
  const { world, store } = fakeWorld(drafted, { 'prompt/withdraw': () => ({ ...view, text: 'all of it' }) });
  await perform(world, { type: 'editWaiting', session: 'aaaa000001', prompt: 'p1' });
  expect(store.get().overlay).toMatchObject({
    form: { purpose: { sessions: ['aaaa000001'] }, fields: [{ value: { text: 'all of it\n\nhalf' } }] },
  });
  // The outbox has it no more: it is kept before a key is pressed in the box.
  expect(store.get().memory.drafts).toEqual({ aaaa000001: 'all of it\n\nhalf' });
  const typing = fakeWorld(reduce(fleet, { type: 'viewChosen', view: 'pane' }), {
    'prompt/withdraw': () => ({ ...view, text: 'all of it' }),
  });
  await perform(typing.world, { type: 'editWaiting', session: 'aaaa000001', prompt: 'p1' });
  expect(typing.store.get()).toMatchObject({ overlay: undefined, memory: { drafts: { aaaa000001: 'all of it' } } });
});

test('one that did not arrive is edited from the inbox, although its session waits no more by then, and leads on', async () => {
  const outbox = [promptOf({ id: 'p1', state: 'undelivered' })];
  const waits = viewOf({ id: 'aaaa000001', status: 'needsYou', session: { outbox } });
  const at = reduce(reduce(fleet, { type: 'sessionChanged', view: waits }), { type: 'inboxOpened' });
  const view = viewOf({ id: 'aaaa000001' });
  const { world, store } = fakeWorld(at, {
    'prompt/withdraw': () => {
      // What it is now may be told before the answer.
      store.dispatch({ type: 'sessionChanged', view });
      return { ...view, text: 'all of it' };
    },
  });
  await perform(world, { type: 'editWaiting', session: 'aaaa000001', prompt: 'p1' });
  expect(store.get().overlay).toMatchObject({ kind: 'form', form: { purpose: { sessions: ['aaaa000001'] } } });
  store.dispatch({ type: 'formDone' });
  expect(store.get()).toMatchObject({ selected: 'aaaa000002', overlay: { kind: 'inbox' } });
});

test('a kill moves the selection on first, so that the eye stays where it was', async () => {
  const { world, store, asked } = fakeWorld(fleet, { 'session/kill': () => created });
  const killing = perform(world, { type: 'kill', session: 'aaaa000001' });
  expect(store.get().selected).toBe('aaaa000002');
  await killing;
  expect(asked.map(({ params }) => params.session)).toEqual(['aaaa000001']);
  expect(store.get().message?.text).toBe('Killed "Fix flaky checkout test". u brings it back.');
});

test('undo asks for the newest kill of what is shown, and selects what comes back', async () => {
  const { world, store, asked } = fakeWorld(fleet, { 'session/undo': () => created });
  await perform(world, { type: 'undo' });
  expect(asked[0]?.params.scope).toEqual({ path: '/home/ann/shop' });
  expect(store.get().selected).toBe('bbbb000001');
});

test('where a branch has moved since the pause the screen asks where to', async () => {
  const answers = {
    'session/resume': ({ onto }: { onto?: string }) => {
      if (!onto) throw new TuttiError('conflict', 'The branch x has moved.');
      return created;
    },
  };
  const { world, store, asked } = fakeWorld(fleet, answers);
  await perform(world, { type: 'resume', session: 'aaaa000006', onto: undefined });
  expect(store.get().overlay).toEqual({
    kind: 'question',
    question: { ask: 'resume', session: 'aaaa000006', reason: 'The branch x has moved.' },
  });
  await perform(world, { type: 'resume', session: 'aaaa000006', onto: 'own' });
  expect(asked.at(-1)?.params).toMatchObject({ onto: 'own' });
  expect(new Set(asked.map(({ params }) => params.operation)).size).toBe(2);
});

test('a push says what goes on meanwhile, and where it went', async () => {
  const { world, store } = fakeWorld(fleet, { 'branch/push': () => ({ view: created, remote: 'origin', output: '' }) });
  const pushing = perform(world, { type: 'push', session: 'aaaa000001', commit: 'c' });
  expect(store.get().busy).toBe('Pushing "Fix flaky checkout test"…');
  await pushing;
  expect(store.get()).toMatchObject({
    busy: undefined,
    message: { text: 'Pushed "Fix flaky checkout test" to origin.' },
  });
});

test('commit and push: the title is the message, and what was committed is pushed', async () => {
  const { world, store, asked } = fakeWorld(fleet, {
    'branch/commit': () => ({ view: created, commit: 'cafe' }),
    'branch/push': () => ({ view: created, remote: 'origin', output: '' }),
  });
  const doing = perform(world, { type: 'commitAndPush', session: 'aaaa000001' });
  expect(store.get().busy).toBe('Committing "Fix flaky checkout test"…');
  await doing;
  expect(asked.map(({ method, params }) => [method, params.message ?? params.commit])).toEqual([
    ['branch/commit', 'Fix flaky checkout test'],
    ['branch/push', 'cafe'],
  ]);
  expect(store.get()).toMatchObject({
    busy: undefined,
    message: { text: 'Pushed "Fix flaky checkout test" to origin.' },
  });
});

test('another repository is shown when it is one; ~ is home', async () => {
  const repository = repositoryOf({ repository: { gitDir: '/home/ann/b/.git', root: '/home/ann/b', name: 'b' } });
  const { world, store, asked } = fakeWorld(fleet, {
    'repository/describe': () => repository,
    'fleet/watch': () => fleetOf([], repository),
  });
  await perform(world, { type: 'openPath', path: '~/b/src' });
  expect(asked.map(({ params }) => params)).toEqual([{ path: '/home/ann/b/src' }, { path: '/home/ann/b' }]);
  expect(store.get()).toMatchObject({ path: '/home/ann/b', repository });
});

test('acts on the screen itself', async () => {
  const { world, done } = fakeWorld(fleet);
  await perform(world, { type: 'scrollPane', by: 'end' });
  await perform(world, { type: 'suspend' });
  await perform(world, { type: 'quit' });
  expect(done).toEqual(['scroll end', 'suspend', 'quit']);
});
