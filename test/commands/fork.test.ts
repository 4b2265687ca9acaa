import { expect, test } from 'vitest';
import { runFake, viewOf } from './fake-context.ts';

const agent = (kind: string) => ({ kind, command: undefined, permissionMode: undefined, model: undefined, extra: [] });

test('new --fork: as its agent was started, from its branch on', async () => {
  const source = viewOf({ session: { agent: { ...agent('claude'), model: 'opus', permissionMode: 'plan' } } });
  const answers = { 'session/create': source, 'session/wait': source, 'session/show': source };
  const { asked } = await runFake(['new', 'The other way', '--fork', '7k2m', '--model', 'haiku'], { answers });
  expect(asked[1]).toEqual([
    'session/create',
    {
      operation: 'operation-1',
      path: source.session.repository.root,
      title: 'The other way',
      agent: { ...agent('claude'), model: 'haiku', permissionMode: 'plan' },
      base: source.session.branch,
      fork: source.session.id,
      env: { PATH: '/bin' },
    },
  ]);
});
