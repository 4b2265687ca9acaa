import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchTree } from '../../source/git/watch-tree.ts';
import type { WatchEvent, WatchListener } from '../../source/git/watcher-binding.ts';
import { scratch } from './scratch.ts';

/** A watcher whose events the test makes. */
async function played(folder: string, ignored: readonly string[] = []) {
  const acts: string[] = [];
  const told: WatchEvent[] = [];
  let listener: WatchListener = () => undefined;
  let lost = 0;
  let changed = Promise.withResolvers<void>();
  const note = (act: string) => {
    acts.push(act);
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const watch = await watchTree({
    watcher: {
      subscribe: async (_, to) => {
        listener = to;
        note('subscribe');
      },
      unsubscribe: async () => note('unsubscribe'),
    },
    folder,
    ignored,
    onEvents: events => {
      told.push(...events);
      note('tell');
    },
    onLost: () => {
      lost += 1;
    },
  });
  const create = (...paths: string[]) =>
    listener(
      null,
      paths.map(path => ({ path: join(folder, path), type: 'create' })),
    );
  const until = async (count: number) => {
    while (acts.length < count) await changed.promise;
    return acts;
  };
  return { acts, told, create, until, watch, lost: () => lost, listener: () => listener };
}

test('subscribes anew where a new folder holds one that the watcher said nothing of', async () => {
  const { path, write } = scratch();
  const { create, until, told, watch } = await played(path());
  write(path('new/deep/file'), 'x');
  create('new');
  expect(await until(5)).toEqual(['subscribe', 'tell', 'unsubscribe', 'subscribe', 'tell']);
  expect(told.at(-1)).toEqual({ path: path('new/deep'), type: 'update' });
  await watch.close();
  await watch.close();
  expect(await until(6)).toEqual(['subscribe', 'tell', 'unsubscribe', 'subscribe', 'tell', 'unsubscribe']);
});

test('leaves it at that where the watcher saw them all, or they are ignored, or files', async () => {
  const { path, write } = scratch();
  const { create, until, told, watch } = await played(path(), [path('seen/ignored')]);
  write(path('seen/deep/file'), 'x');
  write(path('seen/ignored/file'), 'x');
  write(path('plain'), 'x');
  create('seen', 'seen/deep', 'seen/deep/file', 'plain', 'gone again');
  // One that has to be subscribed to anew, told in the same round: only that one is.
  write(path('other/deep/file'), 'x');
  create('other');
  expect(await until(6)).toEqual(['subscribe', 'tell', 'tell', 'unsubscribe', 'subscribe', 'tell']);
  expect(told.at(-1)).toEqual({ path: path('other/deep'), type: 'update' });
  await watch.close();
});

test('says that it is lost when the folder goes, and nothing after it is closed', async () => {
  const { path } = scratch();
  const { lost, listener, watch, told } = await played(path());
  listener()(null, [{ path: path(), type: 'delete' }]);
  listener()(new Error('x'), []);
  expect(lost()).toBe(2);
  await watch.close();
  listener()(null, [{ path: path('a'), type: 'create' }]);
  expect(told).toEqual([]);
});
