import { expect, test } from 'vitest';
import { TuttiError } from '../../../source/protocol/rpc.ts';
import { keepAlike } from '../../../source/tui/effects/keep-alike.ts';
import { perform } from '../../../source/tui/effects/perform.ts';
import type { Act } from '../../../source/tui/keymap/act.ts';
import { alikeHere } from '../../../source/tui/store/alike.ts';
import { denyForm } from '../../../source/tui/store/session-forms.ts';
import { inboxOfAlike, inboxOfThree, QUESTION } from '../scenes.ts';
import { viewOf } from '../views.ts';
import { fakeWorld, settled } from './fake-world.ts';

const ASKS = [
  { session: 'aaaa000001', question: QUESTION.id },
  { session: 'aaaa000007', question: 'second' },
  { session: 'aaaa000008', question: 'third' },
];
const ALL: Act = { type: 'answerAll', asks: ASKS, choice: '4' };

/** A daemon that takes answers but for those of some sessions. */
const daemon = (...refusing: readonly string[]) => ({
  'question/answer': ({ session }: { session: string }) => {
    if (refusing.includes(session)) throw new TuttiError('conflict', 'Could not answer: its question has changed.');
    return {
      view: viewOf({ id: session, title: session, status: 'working' }),
      choice: { key: '4', label: 'No', opens: false },
    };
  },
});

test('who asks the same is read once for each question that is shown; who can not be read is left out', async () => {
  const { world, store, asked } = fakeWorld(inboxOfThree([120, 40]), {
    'question/read': ({ session }: { session: string }) => {
      if (session === 'aaaa000008') throw new TuttiError('conflict', 'It is gone.');
      return { question: { ...QUESTION, id: 'second' } };
    },
  });
  const end = keepAlike(world);
  store.dispatch({ type: 'ticked', now: store.get().now + 1 });
  store.dispatch({ type: 'ticked', now: store.get().now + 1 });
  await settled();
  store.dispatch({ type: 'ticked', now: store.get().now + 1 });
  await settled();
  expect(asked.map(({ params }) => params.session)).toEqual(['aaaa000007', 'aaaa000008']);
  expect(alikeHere(store.get())).toEqual([{ session: 'aaaa000007', question: { ...QUESTION, id: 'second' } }]);
  end();
});

test('one that asks something else on its screen is not alike, whatever its row says', async () => {
  const { world, store } = fakeWorld(inboxOfThree([120, 40]), {
    'question/read': () => ({ question: { ...QUESTION, id: 'x', body: ['Bash command', 'rm -rf /'] } }),
  });
  const end = keepAlike(world);
  store.dispatch({ type: 'ticked', now: store.get().now + 1 });
  await settled();
  expect(store.get().overlay).toMatchObject({ kind: 'inbox', alike: { others: [] } });
  end();
});

test('each gets the answer to its own question, and it is said how many took it', async () => {
  const { world, store, asked } = fakeWorld(inboxOfAlike([120, 40]), daemon());
  await perform(world, ALL);
  const params = asked.map(each => each.params);
  expect(params).toMatchObject(ASKS.map(ask => ({ ...ask, choice: '4' })));
  expect(new Set(params.map(({ operation }) => operation)).size).toBe(3);
  expect(store.get()).toMatchObject({
    selected: 'aaaa000002',
    overlay: { kind: 'inbox', sending: false, toAll: false },
    message: { tone: 'info', text: 'Answered 3.' },
  });
});

test('one that has changed is said and not answered; where it is the one that is shown it is read anew', async () => {
  const { world, store } = fakeWorld(inboxOfAlike([120, 40]), daemon('aaaa000008'));
  await perform(world, ALL);
  // It has waited longest, so it is the next one.
  expect(store.get()).toMatchObject({
    selected: 'aaaa000008',
    message: {
      tone: 'failure',
      text: 'Answered 2, one refused it ("Third"): Could not answer: its question has changed.',
    },
  });
  const shown = fakeWorld(inboxOfAlike([120, 40]), daemon('aaaa000001'));
  await perform(shown.world, ALL);
  expect(shown.store.get()).toMatchObject({
    selected: 'aaaa000001',
    overlay: { kind: 'inbox', read: undefined, sending: false },
  });
});

test('what was shown has changed since the key: nobody is answered', async () => {
  const { world, store, asked } = fakeWorld(inboxOfAlike([120, 40]), daemon());
  store.dispatch({ type: 'inboxMoved', by: 1 });
  await perform(world, ALL);
  expect(asked).toEqual([]);
});

test('a no with its reason goes to all of them', async () => {
  const [first, ...others] = ASKS;
  if (!first) throw new Error('nobody asks');
  const form = { ...denyForm({ ...first, choice: '4', goesOn: false, others }), sending: true };
  const state = { ...inboxOfAlike([120, 40]), overlay: { kind: 'form', form } } as const;
  const { world, store, asked } = fakeWorld(state, daemon());
  await perform(world, { type: 'deny', ...first, choice: '4', reason: 'Use pnpm', others });
  expect(asked.map(({ params }) => params)).toMatchObject(ASKS.map(ask => ({ ...ask, reason: 'Use pnpm' })));
  expect(store.get()).toMatchObject({ overlay: { kind: 'inbox' }, message: { text: 'Denied 3.' } });
});
