import { expect, test } from 'vitest';
import { GitQueue } from '../../source/daemon/git-queue.ts';

test('acts go before looks, and both before counts; other repositories wait for none of them', async () => {
  const queue = new GitQueue();
  const done: string[] = [];
  const begun = Promise.withResolvers<void>();
  const first = queue.add('/a', () => begun.promise, 'count');
  const work = (name: string) => async () => void done.push(name);
  const rest = [
    queue.add('/a', work('count 1'), 'count'),
    queue.add('/a', work('count 2'), 'count'),
    queue.add('/a', work('look'), 'look'),
    queue.add('/a', work('act')),
  ];
  await queue.add('/b', work('elsewhere'), 'count');
  begun.resolve();
  await Promise.all([first, ...rest]);
  expect(done).toEqual(['elsewhere', 'act', 'look', 'count 1', 'count 2']);
});
