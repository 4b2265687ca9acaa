import { expect, test } from 'vitest';
import { NOW, runFake, viewOf } from './fake-context.ts';

const ID = '0190d0b0-1111-4222-8333-444455556666';
const THERE = {
  id: ID,
  agent: 'claude',
  cwd: '/home/anna/shop',
  prompt: 'Fix the \x1b[31mcart\nwith its test',
  at: NOW - 7_200_000,
  refused: null,
};
const OTHER = {
  ...THERE,
  id: '0190d0b0-2222-4222-8333-444455556666',
  agent: 'gemini',
  cwd: '/home/anna/shop/web',
  refused: 'gemini goes on with a conversation only in the folder where it began',
};
const LIST = { 'conversation/list': { conversations: [THERE, OTHER] } };

test('adopt: what is there, told apart by as much of the id as is needed, and why one can not be adopted', async () => {
  const { out, asked } = await runFake(['adopt'], { answers: LIST });
  expect(asked[0]).toEqual(['conversation/list', { path: '/home/anna/shop', env: expect.any(Object) }]);
  expect(out).toBe(
    `0190d0b0-1  claude      2h  shop              Fix the cart
0190d0b0-2  gemini      2h  web               Fix the cart (not to be adopted: ${OTHER.refused})
`,
  );
  const none = await runFake(['adopt'], { answers: { 'conversation/list': { conversations: [] } } });
  expect([none.code, none.err]).toEqual([0, 'No conversation of this repository began outside of tutti.\n']);
});

test('adopt: where one is open, and what runs in tmux without a conversation that could be taken', async () => {
  const open = { ...THERE, openIn: 'claude, process 4711, in the tmux pane shop:0.1' };
  const running = [{ agent: 'codex', pid: 4712, cwd: '/home/anna/shop', pane: 'shop:1.0', refused: 'it is new' }];
  const answers = { 'conversation/list': { conversations: [open], running } };
  const { out } = await runFake(['adopt'], { answers });
  expect(out).toBe(
    `0190d0b0  claude      2h  shop              Fix the cart (open in claude, process 4711, in the tmux pane shop:0.1)
–         codex           shop              tmux shop:1.0, not to be adopted: it is new
`,
  );
  const json = JSON.parse((await runFake(['adopt', '--json'], { answers })).out);
  expect(json).toEqual([open, { id: null, ...running[0] }]);
  const view = viewOf();
  const taken = { ...answers, 'session/create': view, 'session/wait': view, 'session/show': view };
  const { asked } = await runFake(['adopt', '0190d0b0', '--open'], { answers: taken });
  expect(asked[1]?.[1]).toMatchObject({ adopt: ID, adoptOpen: true });
  expect((await runFake(['adopt', '0190d0b0'], { answers: taken })).asked[1]?.[1]).not.toHaveProperty('adoptOpen');
});

test('adopt --look prints its history, and makes nothing', async () => {
  const turn = {
    at: NOW - 60_000,
    prompt: 'Fix it',
    tools: [],
    toolCount: 0,
    said: 'Done.',
    until: NOW,
    end: 'done' as const,
    tokens: { input: 0, cached: 0, output: 0 },
  };
  const history = {
    turns: [turn],
    count: 1,
    tokens: turn.tokens,
    dollars: undefined,
    context: undefined,
    limits: [],
    cwd: undefined,
  };
  const read = { id: ID, title: 'Fix it', agent: 'claude', history, file: '/x', why: null };
  const { out, asked } = await runFake(['adopt', '0190d0b0-1', '--look'], {
    answers: { ...LIST, 'conversation/read': read },
  });
  expect(out).toBe(`${ID} "Fix it", claude\n1 turn\n\n  1m ago  > Fix it\n          Done.\n`);
  expect(asked.map(([method]) => method)).toEqual(['conversation/list', 'conversation/read']);
});

test('adopt takes one by the beginning of its id; its first prompt is its title', async () => {
  const view = viewOf();
  const { out, asked } = await runFake(['adopt', '0190d0b0-1'], {
    answers: { ...LIST, 'session/create': view, 'session/wait': view, 'session/show': view },
  });
  expect(out).toBe(`${view.session.id}\n`);
  expect(asked[1]).toEqual([
    'session/create',
    expect.objectContaining({ adopt: ID, title: 'Fix the cart', agent: expect.objectContaining({ kind: 'claude' }) }),
  ]);
});

test('adopt: one that is refused, one that is not there, and a name that several have', async () => {
  const run = async (id: string) => {
    const { code, out, err } = await runFake(['adopt', id], { answers: LIST });
    return { code, out, err };
  };
  expect(await run('0190d0b0-2')).toEqual({
    code: 4,
    out: '',
    err: `The conversation ${OTHER.id} can't be adopted: ${OTHER.refused}.\n`,
  });
  expect(await run('0190d0b0')).toMatchObject({
    code: 2,
    err: 'Several conversations begin with 0190d0b0: type more of the id.\n',
  });
  expect(await run('nope')).toMatchObject({ code: 3 });
});
