import { expect, test } from 'vitest';
import { findFiles } from '../../../source/tui/effects/find-files.ts';
import { offered } from '../../../source/tui/store/offer.ts';
import { press } from '../press-keys.ts';
import { fleetAt } from '../shown.ts';
import { fakeWorld } from './fake-world.ts';

test('one question at a time: what is typed meanwhile is asked with the next one', async () => {
  const answers: ((paths: readonly string[]) => void)[] = [];
  const { world, store, asked } = fakeWorld(press(fleetAt([120, 40]), 'i').state, {
    'file/find': () => new Promise(resolve => answers.push(paths => resolve({ paths }))),
  });
  findFiles(world);
  const type = (text: string) => store.dispatch({ type: 'overlayEdited', edit: { type: 'insert', text } });
  for (const letter of ['@', 'c', 'a', 'r']) type(letter);
  answers[0]?.(['source/cart.ts', 'README.md']);
  await expect.poll(() => answers.length).toBe(2);
  expect(asked.map(({ params }) => params)).toEqual([
    { session: 'aaaa000001', letters: '', most: 6 },
    { session: 'aaaa000001', letters: 'car', most: 6 },
  ]);
  const { overlay } = store.get();
  expect(overlay?.kind === 'form' && offered(overlay.form)).toEqual(['source/cart.ts']);
});

test('a daemon that does not know the question, and an offer that was left, ask no more', async () => {
  const { world, store, asked } = fakeWorld(press(fleetAt([120, 40]), 'i').state);
  findFiles(world);
  const type = (text: string) => store.dispatch({ type: 'overlayEdited', edit: { type: 'insert', text } });
  type('@');
  await expect.poll(() => store.get().overlay).toMatchObject({ form: { offer: { found: { paths: [] } } } });
  store.dispatch({ type: 'offerLeft' });
  type('x');
  expect(asked).toHaveLength(1);
});
