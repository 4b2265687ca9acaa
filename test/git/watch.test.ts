import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addWorktree } from '../../source/git/add-worktree.ts';
import { readChanges } from '../../source/git/changes.ts';
import { readDiff } from '../../source/git/diff.ts';
import { writeSnapshot } from '../../source/git/snapshot.ts';
import { type WatchedChange, watchWorktree } from '../../source/git/watch.ts';
import { loadWatcher, type WatcherBinding } from '../../source/git/watcher-binding.ts';
import { scratch } from './scratch.ts';

/** A watched worktree, and the news of it. */
async function watched({ ignore = 'node_modules\n*.log\n' } = {}) {
  const all = scratch();
  const { git, path, repository } = all;
  const { gitDir, head, root } = repository('shop', { a: 'a\n', '.gitignore': ignore });
  const worktree = path('trees', '[odd] fix {1}');
  await addWorktree(git, { gitDir, path: worktree, branch: 'ada/fix', create: { base: head } });
  const news: (WatchedChange | string)[] = [];
  let heard = Promise.withResolvers<void>();
  const tell = (what: WatchedChange | string) => {
    news.push(what);
    heard.resolve();
    heard = Promise.withResolvers();
  };
  const ignored: string[][] = [];
  const real = loadWatcher();
  const watcher: WatcherBinding = {
    subscribe: (folder, listener, filter) => {
      if (folder === worktree) ignored.push([...filter.ignorePaths]);
      return real.subscribe(folder, listener, filter);
    },
    unsubscribe: real.unsubscribe,
  };
  const watch = await watchWorktree(git, {
    worktree,
    gitDir,
    branch: 'ada/fix',
    watcher,
    onChange: tell,
    onTrouble: tell,
  });
  onTestFinished(() => watch.close());
  /** Waits for news of this kind. */
  const until = async (is: (what: WatchedChange | string) => boolean) => {
    while (!news.some(is)) await heard.promise;
  };
  const tree = () => until(what => typeof what === 'object' && what.tree);
  const refs = () => until(what => typeof what === 'object' && what.refs);
  return { ...all, gitDir, head, root, worktree, news, until, tree, refs, watch, ignored };
}

describe('watchWorktree', () => {
  test('tells of a file, also in a new folder', async () => {
    const { write, worktree, news, tree } = await watched();
    write(join(worktree, 'new/deep/file'), 'x');
    await tree();
    news.length = 0;
    write(join(worktree, 'new/deep/file'), 'y');
    await tree();
  });

  test('tells of a commit, a branch moved from outside, a new remote, and a push', async () => {
    const { sh, path, root, worktree, head, news, refs } = await watched();
    sh(worktree, 'commit', '--quiet', '--allow-empty', '-m', 'one');
    await refs();
    news.length = 0;
    sh(root, 'update-ref', 'refs/heads/ada/fix', head);
    await refs();
    sh(path(), 'init', '--quiet', '--bare', 'remote.git');
    news.length = 0;
    sh(root, 'remote', 'add', 'origin', path('remote.git'));
    await refs();
    news.length = 0;
    sh(root, 'push', '--quiet', 'origin', 'ada/fix');
    await refs();
  });

  test('does not tell of ignored files, of other branches, or of what tutti itself does', async () => {
    const { git, sh, write, root, worktree, head, news, tree, ignored } = await watched();
    expect(ignored).toEqual([[join(worktree, '.git'), join(worktree, 'node_modules')]]);
    write(join(worktree, 'node_modules/x/index.js'), 'x');
    write(join(worktree, 'x.log'), 'x');
    sh(root, 'commit', '--quiet', '--allow-empty', '-m', 'elsewhere');
    // Untracked, so that a copy of the index is made. It is told of as the last one, and of nothing before it.
    write(join(worktree, 'last'), 'x');
    await tree();
    expect(news).not.toContainEqual(expect.objectContaining({ refs: true }));
    news.length = 0;
    await writeSnapshot(git, { worktree, ref: 'refs/tutti/x/1' });
    await readChanges(git, { worktree, base: { commit: head } });
    await readDiff(git, { worktree, base: { commit: head }, limitBytes: 1e5 });
    write(join(worktree, 'marker'), 'x');
    await tree();
    expect(news).not.toContainEqual(expect.objectContaining({ refs: true }));
  });

  test('gives a folder of ignored files that has appeared no watch', async () => {
    const { write, worktree, ignored, refs, news } = await watched({ ignore: 'odd-deps\n' });
    // Far more than are needed: a busy machine tells of them piece by piece.
    for (let count = 0; count < 400; count += 1) write(join(worktree, `odd-deps/${count}/file`), 'x');
    await refs();
    expect(ignored.at(-1)).toContain(join(worktree, 'odd-deps'));
    expect(news).not.toContainEqual(expect.objectContaining({ tree: true }));
  });

  test('says that the folder is gone, and goes on when it is back', async () => {
    const { write, worktree, news, tree, until, path } = await watched();
    renameSync(worktree, path('away'));
    await until(what => typeof what === 'string');
    expect(news.filter(what => typeof what === 'string')).toEqual([
      `Changes in ${worktree} are not seen any more: the folder is gone. Bring it back, or kill the session.`,
    ]);
    news.length = 0;
    renameSync(path('away'), worktree);
    await tree();
    news.length = 0;
    write(join(worktree, 'a'), 'again');
    await tree();
  });

  test('says what the system refuses, and can be closed then', async () => {
    const { git, gitDir, worktree } = await watched();
    const news: string[] = [];
    const watcher: WatcherBinding = {
      subscribe: () => Promise.reject(new Error("inotify_add_watch on 'x' failed: No space left on device")),
      unsubscribe: () => Promise.resolve(),
    };
    const watch = await watchWorktree(git, {
      worktree,
      gitDir,
      branch: 'ada/fix',
      watcher,
      onChange: () => undefined,
      onTrouble: sentence => news.push(sentence),
    });
    await watch.close();
    expect(news).toEqual([
      `Changes in ${worktree} are not noticed by themselves: the system's limit of watched folders is reached. Raise fs.inotify.max_user_watches.`,
    ]);
  });

  test('is silent after it was closed', async () => {
    const { worktree, watch, news } = await watched();
    await watch.close();
    await watch.close();
    rmSync(worktree, { recursive: true });
    mkdirSync(worktree);
    expect(news).toEqual([]);
  });
});
