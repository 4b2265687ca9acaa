import { expect, test } from 'vitest';
import type { Turn } from '../../source/session/history.ts';
import { fleetOf, NOW, runFake, viewOf } from './fake-context.ts';

const TURN: Turn = {
  at: NOW - 7_200_000,
  prompt: 'Fix the \x1b[31mcart\nand its test',
  tools: [
    { name: 'Edit', what: 'cart.js' },
    { name: 'Bash', what: 'npm test' },
  ],
  toolCount: 2,
  said: 'Both pass now.\nNothing else.',
  until: NOW - 7_000_000,
  end: 'done',
  tokens: { input: 900, cached: 0, output: 40 },
};
const LAST: Turn = {
  ...TURN,
  at: NOW - 60_000,
  prompt: 'And the docs',
  tools: [],
  toolCount: 0,
  said: undefined,
  end: 'interrupted',
};
const FOUND = {
  id: '0a1b2c7k2m',
  title: 'Fix the cart',
  agent: 'claude',
  history: {
    turns: [TURN, LAST],
    count: 5,
    tokens: { input: 1_234_000, cached: 1_000_000, output: 45_300 },
    dollars: 0.4242,
    context: { used: 31_000, of: 200_000 },
    limits: [],
    cwd: '/home/anna/shop',
  },
  file: '/home/anna/.claude/projects/-home-anna-shop/x.jsonl',
  why: null,
};

test('history: what was asked and what came of it, without escapes of others', async () => {
  const { out, asked } = await runFake(['history', '7k2m'], { answers: { 'session/history': FOUND } });
  expect(asked[0]).toEqual(['session/history', { session: '7k2m', last: 20 }]);
  expect(out).toBe(`0a1b2c7k2m "Fix the cart", claude
5 turns, 1.2M tokens in (81 % from the cache), 45k out, $0.42, context 31k of 200k
the last 2 of them:

  2h ago  > Fix the cart
          > and its test
        · 2 tools, the last: Bash npm test
          Both pass now.
          Nothing else.

  1m ago  > And the docs
        ! interrupted
`);
});

test('history --json has all; none is an error with its reason', async () => {
  const { json, asked } = await runFake(['history', '7k2m', '--json'], { answers: { 'session/history': FOUND } });
  expect(json()).toMatchObject({
    id: '0a1b2c7k2m',
    file: FOUND.file,
    count: 5,
    turns: [{ said: TURN.said }, { said: null }],
  });
  expect(asked[0]).toEqual(['session/history', { session: '7k2m' }]);
  const why = 'claude has written down nothing of "Fix the cart" in /home/anna/.claude yet.';
  const none = await runFake(['history', '7k2m'], {
    answers: { 'session/history': { ...FOUND, history: null, file: null, why } },
  });
  expect([none.code, none.err]).toEqual([3, `${why}\n`]);
  expect((await runFake(['history', '7k2m', '--last', '0'])).code).toBe(2);
});

test('search: where, when, and the text around the word', async () => {
  const hits = [{ session: '0a1b2c7k2m', title: 'Fix the cart', agent: 'claude', turn: TURN }];
  const { out } = await runFake(['search', 'PASS', 'cart'], { answers: { 'history/search': { hits } } });
  expect(out).toBe('0a1b2c7k2m    2h  Fix the cart: Both pass now. Nothing else.\n');
  const log = { ...TURN, said: `${'a line of the log\n'.repeat(60)}it PASSED\n${'more of the log\n'.repeat(60)}` };
  const long = { answers: { 'history/search': { hits: hits.map(hit => ({ ...hit, turn: log })) } } };
  expect((await runFake(['search', 'passed'], long)).out).toMatch(
    /^0a1b2c7k2m {4}2h {2}Fix the cart: …[a-z ]{10,30} it PASSED more of the log [a-z ]{100,170} (more|of|the|log)…\n$/,
  );
  expect((await runFake(['search', 'passed', '--json'], long)).json()).toMatchObject([{ turn: { said: log.said } }]);
  const none = await runFake(['search', 'nowhere', '--all'], { answers: { 'history/search': { hits: [] } } });
  expect([none.code, none.out, none.err]).toEqual([3, '', 'No turn has all of: nowhere.\n']);
});

test('search and usage in a repository without sessions say that others have some', async () => {
  const others = fleetOf(viewOf(), viewOf({ session: { id: '0a1b2d9xw1' } }));
  const answers = {
    'history/search': { hits: [] },
    'usage/list': { sessions: [] },
    'fleet/list': (scope: object) => ('all' in scope ? others : fleetOf()),
  };
  const search = await runFake(['search', 'clear'], { answers });
  expect([search.code, search.err]).toEqual([
    3,
    'No turn has all of: clear.\nNo sessions here; tutti search --all looks at all repositories.\n',
  ]);
  const usage = await runFake(['usage'], { answers });
  expect(usage.out).toMatch(/^ *in all +0 turns\n$/);
  expect(usage.err).toBe('No sessions here; tutti usage --all counts 2 of other repositories.\n');
  // What looked at all, or at some here, has nothing to add; nor has JSON.
  for (const words of ['search clear --all', 'search clear --json', 'usage --all', 'usage --json']) {
    expect((await runFake(words.split(' '), { answers })).err, words).not.toContain('No sessions');
  }
  const here = { ...answers, 'fleet/list': others };
  expect((await runFake(['search', 'clear'], { answers: here })).err).toBe('No turn has all of: clear.\n');
  const nowhere = { ...answers, 'fleet/list': fleetOf() };
  expect((await runFake(['usage'], { answers: nowhere })).err).toBe('');
});

test('usage: each session, all of them, and the windows of an account', async () => {
  const { count, tokens, dollars, context } = FOUND.history;
  const limits = [
    { minutes: 300, usedPercent: 42.4, resetsAt: NOW + 7_200_000 },
    { minutes: 10_080, usedPercent: 100, resetsAt: undefined },
  ];
  const sessions = [
    { id: '0a1b2c7k2m', title: 'Fix the cart', agent: 'claude', used: { count, tokens, dollars, context, limits: [] } },
    {
      id: '0a1b2d9xw1',
      title: 'Speed up',
      agent: 'codex',
      used: { count: 1, tokens: { input: 900, cached: 0, output: 40 }, dollars: undefined, context: undefined, limits },
    },
    { id: '0a1b2d9xw2', title: 'Shell', agent: 'shell', used: null },
  ];
  const answers = { 'usage/list': { sessions } };
  const { out } = await runFake(['usage'], { answers });
  expect(out).toBe(
    [
      '0a1b2c7k2m  Fix the cart (claude)  5 turns    1.2M tokens in (81 % from the cache), 45k out  $0.42  context 31k of 200k',
      '0a1b2d9xw1  Speed up (codex)       1 turn     900 tokens in, 40 out',
      '0a1b2d9xw2  Shell (shell)          no record',
      '            in all                 6 turns    1.2M tokens in (81 % from the cache), 45k out  $0.42',
      'codex: 5 h: 42 % used, anew in 2h; week: 100 % used',
      '',
    ].join('\n'),
  );
  const { json } = await runFake(['usage', '--json'], { answers });
  expect(json()).toMatchObject({ total: { turns: 6, dollars: 0.4242 }, sessions: [{}, {}, { used: null }] });
});
