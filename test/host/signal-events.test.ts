import { expect, test } from 'vitest';
import type { HostEventBody } from '../../source/host/event-ring.ts';
import { SignalEvents } from '../../source/host/signal-events.ts';
import { fakeTimers } from './fake-timers.ts';

function room() {
  const timers = fakeTimers();
  const events: HostEventBody[] = [];
  return { ...timers, events, signals: new SignalEvents({ now: timers.now, emit: event => events.push(event) }) };
}

test('a title is told once, and of many in a moment the first and the last', async () => {
  const { events, signals, pass } = room();
  for (let turn = 0; turn < 1000; turn++) signals.take({ type: 'title', title: `t${turn}` });
  signals.take({ type: 'title', title: 't999' });
  await pass(1000);
  expect(events).toEqual([
    { type: 'title', title: 't0' },
    { type: 'title', title: 't999' },
  ]);
});

test('a program that rings without end is heard four times a second', async () => {
  const { events, signals, pass } = room();
  for (let ms = 0; ms < 1000; ms += 10) {
    for (let bell = 0; bell < 50; bell++) signals.take({ type: 'bell' });
    await pass(10);
  }
  expect(events.length).toBeLessThanOrEqual(5);
});

test('marks of a shell come in their order and are not replaced', () => {
  const { events, signals } = room();
  for (const mark of ['D', 'A', 'B'] as const) signals.take({ type: 'shellMark', mark, exitCode: undefined });
  expect(events.map(event => event.type === 'shellMark' && event.mark)).toEqual(['D', 'A', 'B']);
});

test('a flood of marks is cut, and heard again after it', async () => {
  const { events, signals, pass } = room();
  for (let mark = 0; mark < 1000; mark++) signals.take({ type: 'shellMark', mark: 'A', exitCode: undefined });
  expect(events).toHaveLength(64);
  await pass(300);
  signals.take({ type: 'shellMark', mark: 'D', exitCode: 1 });
  expect(events.at(-1)).toEqual({ type: 'shellMark', mark: 'D', exitCode: 1 });
});

test('every report is told as it comes; in a flood the latest of each record is never lost', async () => {
  const { events, signals, pass, now } = room();
  const report = (id: string, progress: number) =>
    signals.take({ type: 'status', report: { state: 'working', id, progress } });
  for (let step = 0; step < 500; step++) report(`agent/${step % 2}`, step % 101);
  signals.take({ type: 'status', report: { state: 'done', id: '' } });
  await pass(300);
  const told = events.flatMap(event => (event.type === 'status' ? [event.record] : []));
  expect(told.length).toBeLessThan(70);
  expect(told.slice(0, 2).map(record => record.progress)).toEqual([0, 1]);
  expect(told.slice(-3)).toEqual([
    { state: 'working', id: 'agent/0', progress: 498 % 101, at: now() - 300 },
    { state: 'working', id: 'agent/1', progress: 499 % 101, at: now() - 300 },
    { state: 'done', id: '', at: now() - 300 },
  ]);
});

test('a program gets no hand on the clipboard', async () => {
  const { events, signals, pass } = room();
  signals.take({ type: 'clipboard', bytes: 5 });
  await pass(1000);
  expect(events).toEqual([]);
});
