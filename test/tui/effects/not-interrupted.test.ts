import { expect, test } from 'vitest';
import { perform } from '../../../source/tui/effects/perform.ts';
import { fleetAt } from '../shown.ts';
import { viewOf } from '../views.ts';
import { fakeWorld } from './fake-world.ts';

test('where a turn goes on that was to be interrupted, one is told that the prompt waits', async () => {
  const { world, store } = fakeWorld(fleetAt([120, 40]), {
    'prompt/send': ({ session }: { session: string }) => ({
      ...viewOf({ id: session, title: session }),
      prompt: 'p1',
      ...(session === 'aaaa000002' ? { notInterrupted: true } : {}),
    }),
  });
  const sessions = ['aaaa000001', 'aaaa000002'];
  await perform(world, { type: 'sendPrompt', sessions, text: 'x', interrupt: true });
  expect(store.get().message?.text).toBe('Could not interrupt "aaaa000002": the prompt waits there as the first one.');
});
