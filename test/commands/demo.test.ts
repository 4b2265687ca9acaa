import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SessionView } from '../../source/protocol/daemon.ts';
import { type FakeOptions, type FakeRun, fleetOf, runFake, viewOf } from './fake-context.ts';

const cart = viewOf();
let home: string;
let root: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tutti-demo-'));
  root = join(home, '.local/share/tutti/demo/cadenza');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** `tutti demo …` where these sessions stand in its repository. */
function demo(words: string, sessions: readonly SessionView[], options: FakeOptions = {}): Promise<FakeRun> {
  const answers: FakeOptions['answers'] = {
    'session/create': cart,
    'session/kill': cart,
    // They stand in the first demo; one that is made again has none.
    'fleet/list': scope => ('path' in scope && scope.path === root ? fleetOf(...sessions) : fleetOf()),
  };
  return runFake(['demo', '--no-open', ...words.split(' ').filter(Boolean)], { answers, home, ...options });
}

const methods = ({ asked }: FakeRun) => asked.map(([method]) => method);

test('a fleet of its own is started once, in the scratch repository', async () => {
  const first = await demo('', []);
  expect(first.err).toBe(`They work in ${root}; tutti ${root} shows them.\n`);
  const created = first.asked.filter(([method]) => method === 'session/create');
  expect(created.length).toBeGreaterThan(4);
  expect(created[0]?.[1]).toMatchObject({ path: root, agent: { kind: 'demo' } });
  expect(methods(await demo('', [cart]))).toEqual(['fleet/list']);
});

test('--again where there is no demo yet makes the first one and asks nothing', async () => {
  const run = await demo('--again', []);
  expect(run.err).toBe(`They work in ${root}; tutti ${root} shows them.\n`);
});

test('--again ends what stands, when it is allowed to, and makes a fresh one; the one before stays', async () => {
  await demo('', []);
  const gone = viewOf({ session: { id: '0a1b2d0000' }, refused: { kill: 'it is killed' } });
  const no = await demo('--again', [cart, gone], { isTerminal: true });
  expect([no.code, no.err]).toEqual([
    130,
    'End the one session of the demo and make a fresh one? Their work is kept. [y/N] The demo is as it was.\n',
  ]);
  expect(methods(no)).toEqual(['fleet/list']);
  expect(await demo('--again', [cart])).toMatchObject({
    code: 2,
    err: 'tutti demo: --again needs --yes where nobody can be asked.\n',
  });

  const second = join(home, '.local/share/tutti/demo/2/cadenza');
  const yes = await demo('--again --yes', [cart, gone]);
  expect(yes.err).toBe(
    `The demo before stays in ${root} until you delete that folder.\nThey work in ${second}; tutti ${second} shows them.\n`,
  );
  expect(yes.asked.filter(([method]) => method === 'session/kill').map(([, params]) => params)).toMatchObject([
    { session: cart.session.id },
  ]);
  expect(yes.asked.at(-1)).toMatchObject(['session/create', { path: second }]);
});
