import { expect, test } from 'vitest';
import { EventRing } from '../../source/host/event-ring.ts';

test('events are numbered and timed; the last 256 stay, and a question is not driven out by a turning title', () => {
  let now = 100;
  const told: number[] = [];
  const ring = new EventRing({ now: () => now++, onEvent: event => told.push(event.n) });
  const record = { state: 'blocked', id: '', at: 1 } as const;
  ring.add({ type: 'status', record });
  for (let turn = 0; turn < 300; turn++) ring.add({ type: 'title', title: `turn ${turn}` });
  expect(told).toHaveLength(301);
  expect(ring.events).toHaveLength(256);
  expect(ring.events[0]).toEqual({ n: 1, at: 100, type: 'status', record });
  expect(ring.events.at(-1)).toEqual({ n: 301, at: 400, type: 'title', title: 'turn 299' });
  for (let more = 0; more < 300; more++) ring.add({ type: 'notification', title: '', body: `${more}` });
  expect(ring.events).toHaveLength(256);
  expect(ring.events[0]?.n).toBe(346);
});
