import { expect, test } from 'vitest';
import { perform } from '../../../source/tui/effects/perform.ts';
import type { Act } from '../../../source/tui/keymap/act.ts';
import { chosenOf, type Form, textOf } from '../../../source/tui/store/form.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { fakeWorld } from '../effects/fake-world.ts';
import { press } from '../press-keys.ts';
import { fleetAt } from '../shown.ts';
import { AGENTS, repositoryOf, viewOf } from '../views.ts';

const start: State = { ...fleetAt([120, 40]), agents: AGENTS, repository: repositoryOf() };
const created = viewOf({ id: 'bbbb000001', title: 'New one', status: 'preparing', minutes: 0 });

function formIn({ overlay }: State): Form {
  if (overlay?.kind !== 'form') throw new Error('no form is open');
  return overlay.form;
}

const inForm = (state: State) => {
  const form = formIn(state);
  return [textOf(form, 'title'), chosenOf(form, 'agent'), textOf(form, 'prompt')];
};

test('what was typed and chosen for a new session is there again after esc, in n and in N', () => {
  const typed = press(start, 'n', 'F', 'i', 'x', 'tab', 'down', 'tab', 'G', 'o').state;
  const [, other] = inForm(typed);
  expect(other).not.toBe(chosenOf(formIn(press(start, 'n').state), 'agent'));
  for (const key of ['n', 'N']) expect(inForm(press(typed, 'escape', key).state)).toEqual(['Fix', other, 'Go']);
  // What only the long form has stays with it, over a short one.
  const named = press(start, 'N', 'shift-tab', 'shift-tab', 'm', 'y').state;
  const { state: again } = press(named, 'escape', 'n', 'A', 'escape', 'N');
  expect(textOf(formIn(again), 'title')).toBe('A');
  expect(textOf(formIn(again), 'branch')).toBe('my');
  // It can be emptied, too.
  expect(inForm(press(again, 'backspace', 'escape', 'n').state)[0]).toBe('');
});

test('after a session was started with it the form is empty again, also where it was left meanwhile', async () => {
  // Of what was kept once and then changed, nothing comes back either.
  const { state: sent, acts } = press(start, 'n', 'F', 'escape', 'n', 'i', 'x', 'enter');
  for (const state of [sent, press(sent, 'escape').state]) {
    const { world, store } = fakeWorld(state, { 'session/create': () => created });
    await perform(world, acts.at(-1) as Act);
    expect(store.get().overlay).toBeUndefined();
    expect(inForm(press(store.get(), 'n').state)).toEqual(inForm(press(start, 'n').state));
  }
});

test('what was begun while the session was being started stays', async () => {
  const { state: sent, acts } = press(start, 'n', 'F', 'i', 'x', 'enter');
  const { state: later } = press(sent, 'escape', 'n', 'u', 'p', 'escape');
  const { world, store } = fakeWorld(later, { 'session/create': () => created });
  await perform(world, acts.find(act => (act as Act).type === 'createSession') as Act);
  expect(inForm(press(store.get(), 'n').state)[0]).toBe('Fixup');
});

test('where it was refused after the form was left, nothing is lost', async () => {
  const { state: sent, acts } = press(start, 'n', 'F', 'i', 'x', 'enter');
  const { world, store } = fakeWorld(press(sent, 'escape').state, {
    'session/create': () => {
      throw new Error('No room.');
    },
  });
  await perform(world, acts.at(-1) as Act);
  expect(inForm(press(store.get(), 'n').state)[0]).toBe('Fix');
});
