import { expect, test } from 'vitest';
import type { SessionView } from '../../source/protocol/daemon.ts';
import { TuttiError } from '../../source/protocol/rpc.ts';
import type { Prompt } from '../../source/session/prompt.ts';
import { DEFAULT_SETTINGS } from '../../source/store/settings-defaults.ts';
import { fleetOf, runFake, viewOf } from './fake-context.ts';

const env = { PATH: '/bin' };
const cart = viewOf();
const create = { 'session/create': cart, 'session/wait': cart };
const agent = (kind: string) => ({ kind, command: undefined, permissionMode: undefined, model: undefined, extra: [] });

test('new: prints the id; the prompt may come by standard input and names the session', async () => {
  const words = ['new', '--prompt', '-', '--agent', 'codex', '-b', 'fix/x', '--base', 'v1', '-C', '../lib'];
  const { out, err, asked } = await runFake(words, { answers: create, stdin: 'Fix the cart\nand test it\n' });
  expect({ out, err }).toEqual({ out: '0a1b2c7k2m\n', err: 'working: running npm test, on anna/fix-the-cart\n' });
  expect(asked).toEqual([
    [
      'session/create',
      {
        operation: 'operation-1',
        path: '/home/anna/lib',
        title: 'Fix the cart',
        agent: agent('codex'),
        branch: 'fix/x',
        base: 'v1',
        prompt: 'Fix the cart\nand test it',
        env,
      },
    ],
    ['session/wait', { session: '0a1b2c7k2m', statuses: expect.not.arrayContaining(['preparing', 'queued']) }],
  ]);
});

const notMade = () => {
  throw new TuttiError('conflict', 'Could not create the branch fix/x: there is one with that name.');
};

test('new: fails with the reason where the session could not be made', async () => {
  const answers = { ...create, 'session/wait': notMade };
  expect(await runFake(['new', 'x', '-a', 'demo'], { answers })).toMatchObject({
    code: 4,
    out: '0a1b2c7k2m\n',
    err: 'Could not create the branch fix/x: there is one with that name.\n',
  });
});

test('run: one that could not be made is told and does not keep the other from its end', async () => {
  let creations = 0;
  const second = viewOf({ session: { id: '0a1b2c9999' }, status: 'ready', line: '1 commit' });
  const answers = {
    'session/create': () => (++creations === 1 ? cart : second),
    'session/wait': ({ session }: { session: string }) => (session === second.session.id ? second : notMade()),
    'fleet/watch': fleetOf(second),
  };
  const result = await runFake(['run', 'One', 'Two', '-a', 'demo', '--wait'], { answers });
  expect(result).toMatchObject({
    code: 1,
    out: '0a1b2c7k2m\n0a1b2c9999\n0a1b2c9999 "Fix the cart" ready for review: 1 commit\n',
    err: expect.stringMatching(/^0a1b2c7k2m "Fix the cart": Could not create the branch/),
  });
});

test('new: the agent of the settings, else the first that is installed', async () => {
  const offer = (kind: string, installed: boolean, isDemo = false) => ({
    kind,
    name: kind,
    installed,
    isDemo,
    version: undefined,
    install: undefined,
    cannot: {},
    permissionModes: [],
  });
  const chosen = async (settings = DEFAULT_SETTINGS, offers = [offer('claude', false), offer('codex', true)]) =>
    runFake(['new', 'x'], { answers: { ...create, 'agent/list': offers }, settings });
  const asked = async (settings?: typeof DEFAULT_SETTINGS) =>
    (await chosen(settings)).asked.find(([method]) => method === 'session/create')?.[1];
  expect(await asked()).toMatchObject({ agent: agent('codex') });
  expect(await asked({ ...DEFAULT_SETTINGS, defaultAgent: 'mine' })).toMatchObject({ agent: agent('mine') });
  expect(
    await chosen(DEFAULT_SETTINGS, [offer('claude', false), offer('demo', true, true), offer('shell', true)]),
  ).toMatchObject({
    code: 3,
    err: 'No agent program was found on your PATH. Install one, claude or codex for example, or add --agent demo to play with an agent that is no model.\n',
  });
});

test('run: one session for each goal, with the limits of the settings', async () => {
  const runs = { ...DEFAULT_SETTINGS.runs, attempts: 2, minutes: 9, check: 'make' };
  const settings = { ...DEFAULT_SETTINGS, defaultAgent: 'claude', runs };
  const { out, asked, code } = await runFake(['run', 'One', '--goal', 'Two', '--minutes', '5'], {
    answers: create,
    settings,
  });
  expect({ out, code }).toEqual({ out: '0a1b2c7k2m\n0a1b2c7k2m\n', code: 0 });
  const created = asked.filter(([method]) => method === 'session/create');
  expect(created.map(([, params]) => (params as { run: object }).run)).toEqual([
    { goal: 'One', check: 'make', attempts: 2, minutes: 5 },
    { goal: 'Two', check: 'make', attempts: 2, minutes: 5 },
  ]);
});

test.each([
  ['ready', 0, 'ready for review: 1 commit\n'],
  ['failed', 1, 'failed: 1 commit\n'],
  ['needsYou', 1, 'needs you: 1 commit\n'],
] as const)('run --wait: the verdict %s is exit code %i', async (status, code, said) => {
  const ended = viewOf({ status, line: '1 commit' });
  const answers = { ...create, 'fleet/watch': fleetOf(cart), 'session/wait': ended };
  const result = await runFake(['run', 'One', '-a', 'demo', '--wait'], { answers });
  expect(result).toMatchObject({ code, out: `0a1b2c7k2m\n0a1b2c7k2m "Fix the cart" ${said}` });
  expect(result.err).toBe('0a1b2c7k2m "Fix the cart" working: running npm test\n');
  expect(result.asked.at(-1)).toEqual([
    'session/wait',
    {
      session: '0a1b2c7k2m',
      statuses: [
        'needsYou',
        'failed',
        'stalled',
        'ready',
        'changesRequested',
        'paused',
        'exited',
        'merged',
        'archived',
      ],
    },
  ]);
});

test('wait: until any of the statuses, or the time is over', async () => {
  const answers = {
    'session/show': cart,
    'fleet/watch': fleetOf(cart),
    'session/wait': viewOf({ status: 'idle', line: '' }),
  };
  expect(await runFake(['wait', '7k2m', '--for', 'idle,needs-you'], { answers })).toMatchObject({
    code: 0,
    out: '0a1b2c7k2m "Fix the cart" idle\n',
  });
  const never = { ...answers, 'session/wait': () => new Promise<SessionView>(() => {}) as never };
  expect(await runFake(['wait', '7k2m', '--timeout', '1'], { answers: never })).toMatchObject({
    code: 1,
    err: 'Waited 1 s in vain for 0a1b2c7k2m. Nothing was ended: wait again, or ask tutti why.\n',
  });
});

const promptOf = (state: Prompt['state'], why?: string) =>
  ({ id: 'p1', text: 'x', at: 0, by: 'person', way: 'typed', state, stateAt: 0, why, attempts: 1 }) as Prompt;

/** Another one, of somebody else, was sent behind it. */
const prompted = (state: Prompt['state'], why?: string) => ({
  ...viewOf({ session: { outbox: [promptOf(state, why), { ...promptOf('queued'), id: 'p2' }] } }),
  prompt: 'p1',
});

test.each([
  ['queued', 0, 'queued for 0a1b2c7k2m "Fix the cart"\n'],
  ['undelivered', 1, 'not delivered to 0a1b2c7k2m "Fix the cart": a dialog is open\n'],
] as const)('send: says where the prompt stands: %s', async (state, code, out) => {
  const answers = { 'prompt/send': prompted(state, state === 'undelivered' ? 'a dialog is open' : undefined) };
  const result = await runFake(['send', '7k2m', 'add', 'a test'], { answers });
  expect(result).toMatchObject({ code, out });
  expect(result.asked).toEqual([['prompt/send', { operation: 'operation-1', session: '7k2m', text: 'add a test' }]]);
});

test('send --wait: until the agent has begun', async () => {
  const answers = { 'prompt/send': prompted('queued'), 'fleet/watch': fleetOf(prompted('begun')) };
  const result = await runFake(['send', '7k2m', '-', '--wait'], { answers, stdin: 'two\nlines\n' });
  expect(result).toMatchObject({ code: 0, out: 'begun by 0a1b2c7k2m "Fix the cart"\n' });
  expect(result.asked[0]?.[1]).toMatchObject({ text: 'two\nlines' });
});

test('send --also: the same to several; one that fails says so and does not keep the others from it', async () => {
  const answers = {
    'prompt/send': ({ session }: { session: string }) => {
      if (session === 'b') throw new TuttiError('notFound', 'There is no session "b".');
      return prompted('queued');
    },
  };
  const result = await runFake(['send', 'a', '--also', 'b', '--also', 'c', '--', '-x'], { answers });
  expect(result).toMatchObject({
    code: 3,
    out: 'queued for 0a1b2c7k2m "Fix the cart"\n'.repeat(2),
    err: 'There is no session "b".\n',
  });
  expect(result.asked.map(([, params]) => params)).toMatchObject([
    { operation: 'operation-1', session: 'a', text: '-x' },
    { operation: 'operation-2', session: 'b', text: '-x' },
    { operation: 'operation-3', session: 'c', text: '-x' },
  ]);
});

test.each([
  ['undo', 'session/undo', { operation: 'operation-1', env, scope: { path: '/home/anna/shop' } }],
  ['undo 7k2m --all', 'session/undo', { operation: 'operation-1', session: '7k2m', env, scope: { all: true } }],
  ['pause 7k2m', 'session/pause', { operation: 'operation-1', session: '7k2m' }],
  ['resume 7k2m --onto own', 'session/resume', { operation: 'operation-1', session: '7k2m', onto: 'own', env }],
  ['restart 7k2m', 'session/restart', { operation: 'operation-1', session: '7k2m', env }],
  ['rename 7k2m Better', 'session/rename', { operation: 'operation-1', session: '7k2m', title: 'Better' }],
] as const)('tutti %s asks the daemon', async (line, method, params) => {
  const { code, asked, err } = await runFake(line.split(' '), { answers: { [method]: cart } });
  expect({ code, asked, err }).toEqual({ code: 0, asked: [[method, params]], err: '' });
});

test('push --message commits all of it first, and pushes that commit', async () => {
  const answers = {
    'session/show': cart,
    'branch/commit': { view: cart, commit: 'cafe' },
    'branch/push': { view: cart, remote: 'origin', output: '' },
  };
  const { code, asked } = await runFake(['push', '7k2m', '--message', 'Fix it'], { answers });
  expect(code).toBe(0);
  expect(asked.slice(1)).toEqual([
    ['branch/commit', { operation: 'operation-1', session: '0a1b2c7k2m', env: { PATH: '/bin' }, message: 'Fix it' }],
    ['branch/push', { operation: 'operation-2', session: '0a1b2c7k2m', env: { PATH: '/bin' }, commit: 'cafe' }],
  ]);
});

test('push and merge are bound to a commit that was seen', async () => {
  const ready = viewOf({ session: { run: { readyCommit: 'f00d', stage: { name: 'ready' } } as never } });
  const pushed = { view: cart, remote: 'origin', output: 'remote: open a pull request\n' };
  const bound = async (line: string, view: SessionView) => {
    const answers = { 'session/show': view, 'branch/push': pushed, 'branch/merge': cart };
    const { code, asked, err } = await runFake(line.split(' '), { answers });
    return [code, (asked[1]?.[1] as { commit: string } | undefined)?.commit, err];
  };
  expect(await bound('push 7k2m', cart)).toEqual([0, null, 'remote: open a pull request\n']);
  expect(await bound('push 7k2m', ready)).toEqual([0, 'f00d', 'remote: open a pull request\n']);
  expect(await bound('push 7k2m --commit beef', ready)).toEqual([0, 'beef', 'remote: open a pull request\n']);
  expect(await bound('merge 7k2m', ready)).toEqual([0, 'f00d', '']);
  expect(await bound('merge 7k2m', cart)).toEqual([
    4,
    undefined,
    '0a1b2c7k2m "Fix the cart" can\'t be merged: only what is ready for review can be merged.\n',
  ]);
});

test('allow: grants what is named in place of what was, takes all back, and shows it', async () => {
  const granted: unknown[] = [];
  const answers = {
    'session/show': viewOf({ session: { grants: ['read'] } }),
    'session/allow': (params: { grants: readonly ('read' | 'write' | 'spawn' | 'end')[] }) => {
      granted.push(params.grants);
      return viewOf({ session: { grants: params.grants } });
    },
  };
  const say = async (words: readonly string[]) => (await runFake(['allow', '7k2m', ...words], { answers })).out;
  expect(await say([])).toBe('0a1b2c7k2m "Fix the cart" is granted read\n');
  expect(await say(['read', 'spawn'])).toBe('0a1b2c7k2m "Fix the cart" is granted read, spawn\n');
  expect(await say(['write,end'])).toBe('0a1b2c7k2m "Fix the cart" is granted write, end\n');
  expect(await say(['none'])).toBe('0a1b2c7k2m "Fix the cart" is granted nothing of its own\n');
  expect(granted).toEqual([['read', 'spawn'], ['write', 'end'], []]);
  const wrong = await runFake(['allow', '7k2m', 'merge'], { answers });
  expect([wrong.code, wrong.err]).toEqual([
    2,
    '"merge" can\'t be granted. A session can be granted read, write, spawn, end; all else stays with you.\n',
  ]);
});
