import { expect, test } from 'vitest';
import { playHostRound } from '../daemon/host-round.ts';

const sessionOf = (found: Awaited<ReturnType<typeof playHostRound>>, title: string) =>
  found.outcome.sessions.find(session => (session as { readonly title: string }).title === title);

// What the rounds of kill-host.test.ts compare is what the world comes to; this is what the user is told of it.
test('a host dies with a prompt in the input: the next one is given it', async () => {
  const found = await playHostRound({ walk: 'prompt', killAt: 'host:pasted', who: 'host' });
  expect(found).toMatchObject({ died: true, falls: ['crash'], outcome: { bystander: 'agent-1 same' } });
  expect(found.outcome.receipts).toEqual(['[[say Second]]', '[[say Third]]']);
  expect(sessionOf(found, 'Target')).toMatchObject({ status: 'idle', line: 'Third', outbox: [{ state: 'begun' }, {}] });
});

test.each(['host', 'both'] as const)(
  'a host dies (%s) with a prompt that it has sent: the next one does not send it again',
  async who => {
    const found = await playHostRound({ walk: 'prompt', killAt: 'host:entered', who });
    expect(found).toMatchObject({ died: true, falls: ['crash'], outcome: { bystander: 'agent-1 same' } });
    expect(found.outcome.receipts.filter(text => text.includes('Second')).length).toBeLessThan(2);
    expect(sessionOf(found, 'Target')).toMatchObject({
      status: 'idle',
      line: 'Third',
      outbox: [{ state: 'withdrawn', attempts: 1 }, { state: 'begun' }],
    });
  },
);

test('a host dies at its start: it says so, one key starts the agent again, and no socket is left', async () => {
  const found = await playHostRound({ walk: 'resume', killAt: 'host:recorded', who: 'host' });
  expect(found).toMatchObject({ died: true, falls: ['not started', 'start'], outcome: { bystander: 'agent-1 same' } });
  // Of the daemon and of two hosts.
  expect(found.outcome.sockets).toBe(3);
  expect(sessionOf(found, 'Target')).toMatchObject({ status: 'idle', host: 'running' });
});

test('a host dies while its session is paused: the user is the cause', async () => {
  const found = await playHostRound({ walk: 'pause', killAt: 'host:exited', who: 'host' });
  expect(found).toMatchObject({ died: true, falls: [], outcome: { bystander: 'agent-1 same' } });
  expect(sessionOf(found, 'Target')).toMatchObject({ status: 'paused', host: 'exited', end: 'user' });
});
