import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { type Happening, hostStatusAfter } from './host-status.ts';

/** A box that stands there, a text that is drawn in it, and its Enter. */
const BOX: readonly Happening[] = [{ holds: 'gemini/idle' }, { drawn: true }];
const SENT: readonly Happening[] = [...BOX, { submitted: true }];

test.each<[what: string, happenings: readonly Happening[], state: string, since: number]>([
  ['its box from before a prompt, before anything is drawn', SENT, 'busy', 3000],
  ['its box from before a prompt, and nothing of the turn', [...SENT, { drawn: true }], 'busy', 3000],
  ['its failure from before a prompt', [{ holds: 'gemini/failed' }, ...SENT], 'busy', 4000],
  ['a dialog', [...SENT, { holds: 'gemini/permission' }], 'waiting', 4000],
  [
    'the end of its work',
    [
      ...SENT,
      { holds: 'gemini/working' },
      { holdsNoMore: 'gemini/idle' },
      { holds: 'gemini/idle' },
      { holdsNoMore: 'gemini/working' },
    ],
    'idle',
    6000,
  ],
  ['an answer without work', [...SENT, { drawn: true }, { settled: true }], 'idle', 1000],
  ['what moves after that', [...SENT, { settled: true }, { drawn: true }], 'idle', 1000],
  ['an Enter to which nothing moves', [...BOX, { settled: true }, { submitted: true }], 'idle', 1000],
])('gemini: %s', (_, happenings, state, since) => {
  expect(agentOf('gemini').activity(hostStatusAfter(happenings), 60_000)).toMatchObject({ state, since });
});

test('who tells by a hook that a turn has begun is not doubted', () => {
  const status = hostStatusAfter([{ holds: 'qwen/idle' }, { drawn: true }, { submitted: true }]);
  expect(agentOf('qwen').activity(status, 60_000)).toMatchObject({ state: 'idle' });
});
