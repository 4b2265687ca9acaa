import { expect, test } from 'vitest';
import type { HostLink } from '../../source/daemon/hosts.ts';
import { questionOnScreen } from '../../source/daemon/question-on-screen.ts';
import type { Activity } from '../../source/session/activity.ts';
import type { Session } from '../../source/session/session.ts';
import { type Happening, hostStatusAfter } from '../agents/host-status.ts';

const ROWS = [
  '── demo agent · permission ─────',
  ' rm build.log',
  ' Go on?',
  ' ❯ 1. Yes',
  "   2. Yes, and don't ask again in this conversation",
  '   3. No, and tell the agent what to change',
  '──────────',
];

const WAITS: Activity = {
  state: 'waiting',
  kind: 'permission',
  outcome: undefined,
  text: 'approve',
  since: 1,
  evidence: [],
};

function readAfter(
  happenings: readonly Happening[],
  activity: Activity = WAITS,
  screens: readonly (readonly string[])[] = [],
) {
  const looks = [...screens];
  const link = {
    connection: { request: async () => ({ lines: looks.shift() ?? ROWS }) },
    status: hostStatusAfter(happenings),
  } as unknown as HostLink;
  return questionOnScreen({ session: { agent: { kind: 'demo' } } as Session, link }, () => activity);
}

test('the same question of another one of its sub-agents, asked while it waited already, is another one', async () => {
  const first = { state: 'blocked', id: 'one', kind: 'permission' } as const;
  const second = { ...first, id: 'two' };
  const ids = [[first], [first], [first, { drawn: true } as const], [first, second]].map(happenings =>
    readAfter(happenings),
  );
  const [a, again, drawn, b] = (await Promise.all(ids)).map(found => found?.question.id);
  expect([again, drawn]).toEqual([a, a]);
  expect(b).not.toBe(a);
});

test('how long a choice holds is said whatever kind of question it is said to be', async () => {
  const found = await readAfter([{ state: 'blocked', kind: 'question' }], { ...WAITS, kind: 'question' });
  expect(found?.question.choices.map(({ holds }) => holds)).toEqual([undefined, 'for this session only', undefined]);
});

test('what has been answered while it was read is none', async () => {
  expect(await readAfter([{ state: 'working' }], { ...WAITS, state: 'busy' })).toBeUndefined();
});

test('half a dialog, as a pane of a new size shows it until it is drawn anew, is looked at once more', async () => {
  const found = await readAfter([{ state: 'blocked' }], WAITS, [ROWS.slice(0, 3)]);
  expect(found?.question.choices).toHaveLength(3);
});
