import { expect, test } from 'vitest';
import { COMMANDS } from '../../source/commands/table.ts';
import { EXIT_CODES } from '../../source/protocol/exit-code.ts';
import { type ErrorKind, TuttiError } from '../../source/protocol/rpc.ts';
import { type FakeOptions, fleetOf, runFake, viewOf } from './fake-context.ts';

/** A use of each verb that asks the daemon, and the first request of it that can be refused. */
const USES = {
  ls: ['ls', 'fleet/list'],
  new: ['new Thing --agent demo', 'session/create'],
  run: ['run Thing --agent demo', 'session/create'],
  adopt: ['adopt', 'conversation/list'],
  send: ['send 7k2m hello', 'prompt/send'],
  answer: ['answer 7k2m', 'session/show'],
  rules: ['rules', 'rule/list'],
  snooze: ['snooze 7k2m', 'session/show'],
  unread: ['unread 7k2m', 'session/unsee'],
  ask: ['ask Really?', 'session/ask'],
  report: ['report done', 'session/report'],
  screen: ['screen 7k2m', 'session/show'],
  logs: ['logs 7k2m', 'session/show'],
  history: ['history 7k2m', 'session/history'],
  search: ['search cart', 'history/search'],
  usage: ['usage', 'usage/list'],
  diff: ['diff 7k2m', 'session/diff'],
  why: ['why 7k2m', 'session/why'],
  wrong: ['wrong 7k2m', 'session/wrong'],
  wait: ['wait 7k2m', 'session/show'],
  events: ['events', 'fleet/watch'],
  kill: ['kill 7k2m', 'session/kill'],
  undo: ['undo', 'session/undo'],
  pause: ['pause 7k2m', 'session/pause'],
  resume: ['resume 7k2m', 'session/resume'],
  restart: ['restart 7k2m', 'session/restart'],
  rename: ['rename 7k2m Title', 'session/rename'],
  allow: ['allow 7k2m read', 'session/allow'],
  push: ['push 7k2m', 'branch/push'],
  merge: ['merge 7k2m', 'branch/merge'],
  daemon: ['daemon status', 'daemon/status'],
  completion: ['completion sessions', 'fleet/list'],
} as const satisfies Readonly<Record<string, readonly [string, keyof NonNullable<FakeOptions['answers']>]>>;

/** What a user reads of them (README, `tutti --help`). */
const CODES: readonly (readonly [ErrorKind, number])[] = [
  ['failed', 1],
  ['bug', 1],
  ['unavailable', 1],
  ['usage', 2],
  ['notFound', 3],
  ['conflict', 4],
  ['notSupported', 5],
  ['cancelled', 130],
];

const ready = viewOf({ session: { run: { readyCommit: 'f00d', stage: { name: 'ready' } } as never } });

test('every kind of failure has the exit code that is promised', () => {
  expect(EXIT_CODES).toEqual(Object.fromEntries(CODES));
});

test('every verb is here, but for those that ask nobody first, and doctor, to whom each failure is a finding', () => {
  expect([...Object.keys(USES), 'attach', 'demo', 'doctor'].sort()).toEqual(Object.keys(COMMANDS).sort());
});

test.each(
  Object.entries(USES).flatMap(([name, [line, method]]) =>
    CODES.map(([kind, code]) => [name, kind, code, line, method] as const),
  ),
)('tutti %s: refused as %s it ends with %i, says why, and prints no data', async (_, kind, code, line, method) => {
  const refuse = () => {
    throw new TuttiError(kind, 'It could not be done: a reason. Do something.');
  };
  const answers = { 'session/show': ready, 'fleet/watch': fleetOf(ready), [method]: refuse };
  const run = await runFake(line.split(' '), { answers });
  expect([run.code, run.out]).toEqual([code, '']);
  expect(run.err.startsWith('It could not be done: a reason. Do something.\n')).toBe(true);
});

test.each([
  ['attach 7k2m', 5],
  ['demo --again --nope', 2],
])('tutti %s ends with %i', async (line, code) => {
  expect(await runFake(line.split(' '))).toMatchObject({ code, out: '' });
});
