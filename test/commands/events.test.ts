import { expect, test } from 'vitest';
import type { Fleet } from '../../source/protocol/daemon.ts';
import { TuttiError } from '../../source/protocol/rpc.ts';
import { fleetOf, NOW, runFake, viewOf } from './fake-context.ts';

const cart = viewOf();
const other = viewOf({ session: { id: '0a1b2d9xw1', title: 'Other' } });
const notice = (at: number, text: string) => ({ id: at, at, tone: 'info', text, session: cart.session.id }) as const;

/** Each watch is answered by the next of these; then the daemon can't be reached, which ends the command. */
function answers(...fleets: readonly Fleet[]) {
  const left = [...fleets];
  return {
    'fleet/watch': () => {
      const fleet = left.shift();
      if (!fleet) throw new TuttiError('unavailable', 'There is no daemon.');
      return fleet;
    },
  };
}

const linesOf = (out: string) =>
  out
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));

test('events: all as it is, then each change once, until the daemon is gone for good', async () => {
  const ready = { ...cart, status: 'ready' } as const;
  const { out, err, code, asked } = await runFake(['events'], {
    answers: answers({ ...fleetOf(cart), notices: [notice(NOW - 1, 'Old news.')] }),
    news: [
      ['session/changed', cart],
      ['session/changed', ready],
      // What scripts are not told of has changed.
      ['session/changed', { ...ready, refused: { push: 'it is being pushed' } }],
      ['notice/raised', notice(NOW + 1, 'It is ready.')],
      ['session/removed', { id: cart.session.id }],
      ['session/removed', { id: 'never there' }],
      ['connected', undefined],
    ],
  });
  expect(linesOf(out)).toMatchObject([
    { at: NOW, event: 'session', session: { id: cart.session.id, status: 'working' } },
    { event: 'session', session: { status: 'ready' } },
    { event: 'notice', tone: 'info', text: 'It is ready.', session: cart.session.id },
    { event: 'removed', id: cart.session.id },
  ]);
  expect({ code, err }).toEqual({ code: 1, err: 'There is no daemon.\n' });
  expect(asked[0]).toEqual(['fleet/watch', { path: '/home/anna/shop' }]);
});

test('events: of a daemon that came back only what is new is told', async () => {
  const { out, asked } = await runFake(['events', '--all'], {
    answers: answers(fleetOf(cart, other), {
      ...fleetOf({ ...cart, line: 'running npm run lint' }),
      notices: [notice(NOW + 1, 'Told already.'), notice(NOW + 2, 'It came back.')],
    }),
    news: [
      ['notice/raised', notice(NOW + 1, 'Told already.')],
      ['connected', undefined],
      ['connected', undefined],
    ],
  });
  expect(linesOf(out)).toMatchObject([
    { event: 'session', session: { title: 'Fix the cart' } },
    { event: 'session', session: { title: 'Other' } },
    { event: 'notice', text: 'Told already.' },
    { event: 'removed', id: other.session.id },
    { event: 'session', session: { title: 'Fix the cart', line: 'running npm run lint' } },
    { event: 'notice', text: 'It came back.' },
  ]);
  expect(asked[0]).toEqual(['fleet/watch', { all: true }]);
});
