import { expect, test } from 'vitest';
import type { SessionView } from '../../source/protocol/daemon.ts';
import { TuttiError } from '../../source/protocol/rpc.ts';
import { fleetOf, runFake, viewOf } from './fake-context.ts';

const env = { PATH: '/bin' };
const cart = viewOf();

test('kill: one that fails says so and does not keep the others from it', async () => {
  const answers = {
    'session/kill': ({ session }: { session: string }) => {
      if (session === 'a') throw new TuttiError('notFound', 'There is no session "a".');
      return cart;
    },
  };
  expect(await runFake(['kill', 'a', 'b'], { answers })).toMatchObject({
    code: 3,
    out: 'killed 0a1b2c7k2m "Fix the cart"; tutti undo 0a1b2c7k2m brings it back\n',
    err: 'There is no session "a".\n',
  });
});

test('kill --all: asks, or needs --yes; leaves out what is being killed already', async () => {
  const gone = viewOf({ session: { id: '0a1b2d0000', life: { name: 'killing', step: 'endHost' } as never } });
  const answers = { 'fleet/list': fleetOf(cart, gone), 'session/kill': cart };
  const killed = (asked: readonly (readonly [string, unknown])[]) =>
    asked.filter(([method]) => method === 'session/kill').length;
  const silent = await runFake(['kill', '--all'], { answers });
  expect([silent.code, silent.err, killed(silent.asked)]).toEqual([
    2,
    'tutti kill: --all needs --yes where nobody can be asked.\n',
    0,
  ]);
  const no = await runFake(['kill', '--all'], { answers, isTerminal: true });
  expect([no.code, no.err, killed(no.asked)]).toEqual([
    130,
    'Kill the one session of all repositories? [y/N] Nothing was killed.\n',
    0,
  ]);
  expect(killed((await runFake(['kill', '--all'], { answers, isTerminal: true, yes: true })).asked)).toBe(1);
  expect(killed((await runFake(['kill', '--all', '-y'], { answers })).asked)).toBe(1);
  const none = { 'fleet/list': fleetOf(gone) };
  expect((await runFake(['kill', '--all', '-y'], { answers: none })).out).toBe('No sessions to kill.\n');
  expect((await runFake(['kill', '--all', '-y', '--json'], { answers: none })).out).toBe('[]\n');
});

test('kill of several says how all of them come back, but for what was never made', async () => {
  const other = viewOf({ session: { id: '0a1b2d9xw1', title: 'Other' } });
  const unmade = viewOf({ session: { id: '0a1b2e0000', life: { name: 'discarded' } as never } });
  const killed = (...views: readonly SessionView[]) => {
    const kill = ({ session }: { session: string }) => views.find(view => view.session.id === session) ?? cart;
    return runFake(['kill', '--all', '-y'], { answers: { 'fleet/list': fleetOf(...views), 'session/kill': kill } });
  };
  const { out } = await killed(cart, unmade, other);
  expect(out.split('\n').at(-2)).toBe('all of them: tutti undo 0a1b2c7k2m 0a1b2d9xw1');
  expect((await killed(cart, unmade)).out).not.toContain('all of them');
});

test('undo: several by their ids; an agent that has not told anything yet starts', async () => {
  const back = viewOf({ status: 'unknown', line: 'reads' });
  const { code, out, asked } = await runFake(['undo', 'a', 'b'], { answers: { 'session/undo': back } });
  const line = 'brought back 0a1b2c7k2m "Fix the cart"; its agent starts\n';
  expect([code, out, asked.map(([, params]) => params)]).toEqual([
    0,
    line + line,
    [
      { operation: 'operation-1', session: 'a', env, scope: { path: '/home/anna/shop' } },
      { operation: 'operation-2', session: 'b', env, scope: { path: '/home/anna/shop' } },
    ],
  ]);
  expect((await runFake(['undo'], { answers: { 'session/undo': back } })).out).toBe(line);
  const idle = viewOf({ status: 'idle', line: 'done' });
  expect((await runFake(['undo'], { answers: { 'session/undo': idle } })).out).toContain('"; idle: done\n');
  expect((await runFake(['undo', '--json'], { answers: { 'session/undo': idle } })).json()).toMatchObject({
    status: 'idle',
  });
  expect((await runFake(['undo', 'a', 'b', '--json'], { answers: { 'session/undo': idle } })).json()).toHaveLength(2);
});
