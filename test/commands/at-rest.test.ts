import { expect, test } from 'vitest';
import { restsIn } from '../../source/commands/at-rest.ts';
import type { Prompt } from '../../source/session/prompt.ts';
import type { Status } from '../../source/session/status.ts';
import { NOW, viewOf } from './fake-context.ts';

const never = Number.POSITIVE_INFINITY;

test.each<[Status, Prompt['state'] | undefined, number, number]>([
  ['working', undefined, 60_000, never],
  ['checking', undefined, 60_000, never],
  ['ready', 'queued', 0, 0],
  ['idle', undefined, 0, 0],
  ['idle', 'begun', 0, 0],
  ['idle', 'queued', 60_000, never],
  ['idle', 'submitted', 1_000, 4_000],
  ['idle', 'submitted', 60_000, 0],
  ['unknown', undefined, 2_000, 3_000],
  ['unknown', undefined, 60_000, 0],
])('%s with a prompt %s since %i ms is at rest in %i ms', (status, state, ago, left) => {
  const outbox = state === undefined ? [] : [{ id: 'p', text: 'x', state } as Prompt];
  expect(restsIn(viewOf({ status, since: NOW - ago, session: { outbox } }), NOW)).toBe(left);
});
