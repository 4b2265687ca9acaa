import { expect, test } from 'vitest';
import type { Brain } from '../../source/daemon/brain.ts';
import { interruptTurn } from '../../source/daemon/interrupt-turn.ts';
import type { DeliveryResult } from '../../source/protocol/host.ts';
import type { Activity } from '../../source/session/activity.ts';
import { LIVE, sessionAfter } from '../session/make.ts';

/** Interrupts an agent whose host answers each press with the next of these; undefined: it does not answer. */
async function interrupt(activity: Activity['state'], outcomes: readonly (DeliveryResult['outcome'] | undefined)[]) {
  const left = [...outcomes];
  const asked: string[] = [];
  const request = async (method: string, { operation }: { readonly operation?: string }) => {
    asked.push(operation ?? method);
    if (method !== 'keys/press') return {};
    const outcome = left.shift();
    if (outcome === undefined) throw new Error('gone');
    return { outcome, at: 1 };
  };
  const brain = { hosts: { find: () => ({ connection: { request } }) } } as unknown as Pick<Brain, 'hosts'>;
  return { came: await interruptTurn(brain, sessionAfter(...LIVE), { operation: 'o', activity }), asked };
}

test('an agent that only looks at rest for a moment is interrupted when its screen has rested', async () => {
  expect(await interrupt('idle', ['submitted'])).toEqual({ came: 'interrupted', asked: ['o'] });
  expect(await interrupt('idle', ['notReady', 'submitted'])).toEqual({
    came: 'interrupted',
    asked: ['o', 'screen/read', 'o/again'],
  });
});

test('where the host sees no work twice there was nothing to interrupt', async () => {
  expect(await interrupt('idle', ['notReady', 'notReady'])).toMatchObject({ came: 'nothing' });
  expect(await interrupt('busy', ['notReady', 'notReady'])).toMatchObject({ came: 'nothing' });
});

test('what may have been pressed is not pressed again', async () => {
  expect(await interrupt('busy', ['notSeen'])).toEqual({ came: 'failed', asked: ['o'] });
  expect(await interrupt('busy', [undefined])).toEqual({ came: 'nothing', asked: ['o'] });
});

test('nothing is pressed at an agent that asks something', async () => {
  expect(await interrupt('waiting', [])).toEqual({ came: 'nothing', asked: [] });
});
