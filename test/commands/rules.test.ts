import { expect, test } from 'vitest';
import type { AllowRule } from '../../source/session/allow-rule.ts';
import { NOW, runFake } from './fake-context.ts';

const RULE: AllowRule = {
  id: '4f0c11aa',
  command: 'npm run',
  match: 'beginning',
  agent: 'claude',
  where: { in: 'repository', gitDir: '/home/anna/shop/.git', name: 'acme/shop' },
  madeAt: NOW - 1000,
  used: 3,
  usedAt: NOW - 120_000,
};

const answers = { 'rule/list': { rules: [RULE] }, 'rule/add': { rule: RULE }, 'rule/remove': { rule: RULE } };

async function run(...words: readonly string[]) {
  const { code, out, err, asked } = await runFake(['rules', ...words], { answers });
  return { code, out, err, asked: asked.at(-1) };
}

test('rules: lists them, with how often and when each has answered', async () => {
  expect(await run()).toMatchObject({
    code: 0,
    out: '4f0c11aa  npm run …, in acme/shop, claude  (answered 3, 2m ago last)\n',
  });
  const { json } = await runFake(['rules', '--json'], { answers });
  expect(json()).toEqual([RULE]);
  const none = await runFake(['rules'], { answers: { 'rule/list': { rules: [] } } });
  expect([none.code, none.out]).toEqual([0, '']);
  expect(none.err).toContain('There is no rule');
});

test('rules add: the whole command in this repository, unless more is said', async () => {
  const common = { operation: 'operation-1', command: 'npm test', match: 'exact', agent: null };
  expect((await run('add', 'npm test')).asked).toEqual([
    'rule/add',
    { ...common, where: 'repository', path: '/home/anna/shop' },
  ]);
  expect((await run('add', 'npm test', '--everywhere', '--agent', 'claude')).asked).toEqual([
    'rule/add',
    { ...common, agent: 'claude', where: 'everywhere' },
  ]);
  expect((await run('add', 'npm test', '--session', '7k2m', '--beginning')).asked).toEqual([
    'rule/add',
    { ...common, match: 'beginning', where: 'session', session: '7k2m' },
  ]);
  expect((await run('add', 'npm run')).out).toContain('may run unasked: 4f0c11aa  npm run …');
});

test('rules rm: takes one away by its id', async () => {
  const { asked, out } = await run('rm', '4f0c11aa');
  expect(asked).toEqual(['rule/remove', { operation: 'operation-1', id: '4f0c11aa' }]);
  expect(out).toContain('took away 4f0c11aa');
});

test.each([
  [['allow'], 'tutti rules: it knows ls, add and rm, not allow. See tutti rules --help.\n'],
  [['add'], 'tutti rules add: it needs a command.\n'],
  [['rm'], 'tutti rules rm: it needs the id of a rule.\n'],
  [['add', 'x', '--session', 'a', '--everywhere'], 'tutti rules: --session and --everywhere exclude each other.\n'],
])('rules %j is not understood', async (words, err) => {
  expect(await run(...words)).toMatchObject({ code: 2, err, asked: undefined });
});
