import { expect, test } from 'vitest';
import type { ClientLink } from '../../source/daemon/client-link.ts';
import { Feed } from '../../source/daemon/feed.ts';
import type { SessionView } from '../../source/protocol/daemon.ts';
import type { Status } from '../../source/session/status.ts';

/** A feed over sessions of which only the status matters, and one client that watches all. */
function room(first: Readonly<Record<string, Status>>) {
  const statuses = new Map(Object.entries(first));
  const asked: string[] = [];
  const told: unknown[] = [];
  const viewOf = (id: string) => {
    const status = statuses.get(id);
    return status && ({ session: { id, repository: { gitDir: '/g' } }, status } as unknown as SessionView);
  };
  const views = () => [...statuses.keys()].flatMap(id => viewOf(id) ?? []);
  const client = {
    slow: false,
    notify: (name: string, params: unknown) => {
      if (name === 'fleet/counted') told.push((params as { counts: unknown }).counts);
    },
  } as unknown as ClientLink;
  const feed = new Feed({
    system: { now: () => 0 },
    view: id => {
      asked.push(id);
      return viewOf(id);
    },
    views: () => {
      asked.push('all');
      return views();
    },
    clients: () => [client],
  });
  feed.watch(client, { gitDir: undefined }, views());
  const change = (id: string, status: Status | undefined) => {
    if (status) statuses.set(id, status);
    else statuses.delete(id);
    feed.changed(id);
    feed.flush();
  };
  return { change, asked, told };
}

test('counts follow what changes, and a change of one session looks at no other', () => {
  const { change, asked, told } = room({ a: 'working', b: 'idle', c: 'idle' });
  change('a', 'working');
  expect(told).toEqual([]);
  change('a', 'ready');
  change('d', 'working');
  change('b', undefined);
  expect(told).toMatchObject([
    { working: 0, ready: 1, idle: 2 },
    { working: 1, ready: 1, idle: 2 },
    { working: 1, ready: 1, idle: 1 },
  ]);
  expect(asked).toEqual(['all', 'a', 'a', 'd', 'b']);
});
