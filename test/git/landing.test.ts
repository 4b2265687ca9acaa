import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addWorktree } from '../../source/git/add-worktree.ts';
import { commitAll, findCommitByTrailer } from '../../source/git/commit.ts';
import { openGit } from '../../source/git/git.ts';
import { mergeBranch } from '../../source/git/merge.ts';
import { pushBranch } from '../../source/git/push.ts';
import { processTable } from '../../source/system/process-identity.ts';
import { hook, scratch } from './scratch.ts';

const STEP = { 'Tutti-Step': 'r1/commit/1' };

async function work() {
  const all = scratch();
  const { git, path, repository } = all;
  const { root, gitDir, head } = repository('shop', { a: 'a\n', b: 'b\n', '.gitignore': '*.log\n' });
  const worktree = path('trees', 'fix');
  await addWorktree(git, { gitDir, path: worktree, branch: 'fix', create: { base: head } });
  const commit = async (file: string, text: string) => {
    all.write(join(worktree, file), text);
    const made = await commitAll(git, { worktree, message: 'Work', trailers: STEP });
    if (made.result !== 'committed') throw new Error(made.result);
    return made.commit;
  };
  return { ...all, root, gitDir, head, worktree, commit };
}

describe('commitAll', () => {
  test('commits everything in the user’s name, to be found again by its trailer', async () => {
    const { git, sh, write, head, worktree, gitDir, ...rest } = await work();
    hook({ write, ...rest }, { gitDir, name: 'pre-commit', script: 'touch ran.log' });
    write(join(worktree, 'a'), 'changed\n');
    write(join(worktree, '-new'), 'new\n');
    const message = '#12 Fix it\n\n# not a comment\n';
    const made = await commitAll(git, { worktree, message, trailers: STEP, branch: 'fix' });
    const commit = sh(worktree, 'rev-parse', 'HEAD');
    expect(made).toEqual({ result: 'committed', commit, leftOut: [] });
    expect(sh(worktree, 'log', '-1', '--format=%an <%ae>%n%B')).toBe(
      'Ada <ada@example.com>\n#12 Fix it\n\n# not a comment\n\nTutti-Step: r1/commit/1\n',
    );
    expect(sh(worktree, 'show', '--name-only', '--format=')).toBe('-new\na');
    expect(existsSync(join(worktree, 'ran.log'))).toBe(true);
    const trailer = { name: 'Tutti-Step', value: 'r1/commit/1' };
    expect(await findCommitByTrailer(git, { worktree, base: head, trailer })).toBe(commit);
    expect(
      await findCommitByTrailer(git, { worktree, base: head, trailer: { ...trailer, value: 'r1/commit' } }),
    ).toBeUndefined();
    write(join(worktree, 'a'), 'again\n');
    await commitAll(git, { worktree, message: 'x\n\nCo-Authored-By: B <b@c>', trailers: { 'Tutti-Step': 'two' } });
    expect(sh(worktree, 'log', '-1', '--format=%(trailers)')).toBe('Co-Authored-By: B <b@c>\nTutti-Step: two\n');
    expect(await commitAll(git, { worktree, message: 'again', trailers: STEP })).toEqual({
      result: 'nothing',
      leftOut: [],
    });
  });

  test('says what a hook said, and commits nothing', async () => {
    const { env, sh, write, head, worktree, gitDir } = await work();
    hook(
      { write },
      { gitDir, name: 'pre-commit', script: 'echo "2 tests failed in $LC_CTYPE"; echo "see log" >&2; exit 1' },
    );
    write(join(worktree, 'a'), 'changed\n');
    const foreign = openGit({ env: { ...env, LC_ALL: 'de_DE.UTF-8' } });
    const made = await commitAll(foreign, { worktree, message: 'x', trailers: STEP });
    const output = expect.stringMatching(/2 tests failed in de_DE.UTF-8[\s\S]*see log/);
    expect(made).toEqual({ result: 'hookFailed', output });
    expect(sh(worktree, 'rev-parse', 'HEAD')).toBe(head);
  });

  test('refuses a conflict, an unfinished rebase and another branch', async () => {
    const { git, sh, write, root, worktree, commit } = await work();
    write(join(root, 'a'), 'theirs\n');
    sh(root, 'commit', '--quiet', '-am', 'theirs');
    await commit('a', 'ours\n');
    const refused = (options: { branch?: string } = {}) =>
      commitAll(git, { worktree, message: 'x', trailers: STEP, ...options });
    await expect(refused({ branch: 'other' })).rejects.toThrow(
      `Could not commit the work in ${worktree}: it is on fix, not on other. Check other out there first.`,
    );
    expect(() => sh(worktree, 'rebase', 'main')).toThrow();
    await expect(refused()).rejects.toThrow(
      `Could not commit the work in ${worktree}: a still in conflict. Resolve that first.`,
    );
    sh(worktree, 'checkout', '--theirs', 'a');
    sh(worktree, 'add', 'a');
    await expect(refused()).rejects.toThrow('a rebase in it is not finished. Finish or abort it first.');
  });

  test('concludes a merge that is resolved', async () => {
    const { git, sh, write, root, worktree, commit } = await work();
    write(join(root, 'a'), 'theirs\n');
    sh(root, 'commit', '--quiet', '-am', 'theirs');
    const ours = await commit('a', 'ours\n');
    expect(() => sh(worktree, 'merge', 'main')).toThrow();
    write(join(worktree, 'a'), 'ours\n');
    sh(worktree, 'add', 'a');
    const made = await commitAll(git, { worktree, message: 'Merge', trailers: STEP });
    expect(made.result).toBe('committed');
    expect(sh(worktree, 'rev-parse', 'HEAD^1', 'HEAD^2')).toBe(`${ours}\n${sh(root, 'rev-parse', 'main')}`);
  });

  test('never adds a repository that lies in the worktree', async () => {
    const { git, sh, write, worktree } = await work();
    write(join(worktree, 'clone/file'), 'x');
    sh(join(worktree, 'clone'), 'init', '--quiet');
    write(join(worktree, 'a'), 'changed\n');
    expect(await commitAll(git, { worktree, message: 'x', trailers: STEP })).toMatchObject({ leftOut: ['clone/'] });
    expect(sh(worktree, 'show', '--name-only', '--format=')).toBe('a');
  });

  test('tells how to get a name', async () => {
    const { git, write, worktree, path } = await work();
    write(path('gitconfig'), '[user]\n\tuseConfigOnly = true\n');
    write(join(worktree, 'a'), 'changed\n');
    await expect(commitAll(git, { worktree, message: 'x', trailers: STEP })).rejects.toThrow(
      `Could not commit the work in ${worktree}: git does not know your name. Run git config --global user.name "Your Name" and git config --global user.email you@example.com, then try again.`,
    );
  });

  test('says that another git is at work', async () => {
    const { git, write, worktree, gitDir } = await work();
    write(join(gitDir, 'worktrees/fix/index.lock'), '');
    write(join(worktree, 'a'), 'changed\n');
    const failed = commitAll(git, { worktree, message: 'x', trailers: STEP });
    await expect(failed).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('another git is at work there'),
    });
  });
});

describe('pushBranch', () => {
  async function withRemote() {
    const all = await work();
    all.sh(all.path(), 'init', '--quiet', '--bare', 'remote.git');
    all.sh(all.root, 'remote', 'add', 'origin', all.path('remote.git'));
    return all;
  }

  test('pushes what was seen, and lets the branch follow it', async () => {
    const { git, sh, path, worktree, gitDir, commit } = await withRemote();
    const seen = await commit('a', 'one\n');
    const wanted = { worktree, gitDir, branch: 'fix', commit: seen };
    expect(await pushBranch(git, wanted)).toMatchObject({ remote: 'origin', output: expect.stringContaining('fix') });
    expect(sh(path('remote.git'), 'rev-parse', 'fix')).toBe(seen);
    expect(sh(worktree, 'rev-parse', '--abbrev-ref', '@{upstream}')).toBe('origin/fix');
    expect(await pushBranch(git, wanted)).toMatchObject({ output: 'Everything up-to-date' });
    await commit('a', 'two\n');
    await expect(pushBranch(git, wanted)).rejects.toThrow(
      'Could not push fix: it has moved since you looked at it. Look at it again.',
    );
  });

  test('never forces, and says what the server or a hook said', async () => {
    const { git, sh, write, path, root, worktree, gitDir, head, commit } = await withRemote();
    sh(root, 'push', '--quiet', 'origin', `${head}:refs/heads/fix`);
    sh(path(), 'clone', '--quiet', '--branch', 'fix', 'remote.git', 'other');
    sh(path('other'), 'commit', '--quiet', '--allow-empty', '-m', 'theirs');
    sh(path('other'), 'push', '--quiet');
    const seen = await commit('a', 'one\n');
    const wanted = { worktree, gitDir, branch: 'fix', commit: seen };
    await expect(pushBranch(git, wanted)).rejects.toThrow(
      'Could not push fix to origin: it has commits there that are not here. Fetch and merge or rebase them first.',
    );
    hook({ write }, { gitDir, name: 'pre-push', script: 'echo "tests are red" >&2; exit 1' });
    await expect(pushBranch(git, wanted)).rejects.toThrow('tests are red');
  });

  test('an address that is relative is meant from the main checkout', async () => {
    const { git, sh, path, root, worktree, gitDir, head } = await withRemote();
    sh(root, 'remote', 'set-url', 'origin', '../remote.git');
    const wanted = { worktree, gitDir, branch: 'fix', commit: head };
    expect(await pushBranch(git, wanted)).toMatchObject({ remote: 'origin' });
    expect(sh(path('remote.git'), 'rev-parse', 'fix')).toBe(head);
    expect(sh(root, 'rev-parse', 'origin/fix')).toBe(head);
    sh(root, 'config', 'remote.origin.pushurl', '../remote.git');
    await expect(pushBranch(git, wanted)).rejects.toThrow(
      `Could not push fix: the address ../remote.git of origin is relative, and a worktree lies elsewhere. Write ${path('remote.git')} instead.`,
    );
  });

  test('stopped, it ends with its hook', async () => {
    const { git, write, path, worktree, gitDir, head } = await withRemote();
    const started = path('signals', 'started');
    write(path('signals', '.keep'), '');
    hook(
      { write },
      { gitDir, name: 'pre-push', script: `trap '' TERM; echo $$ > ${started}; sleep 300 & wait; sleep 300` },
    );
    const stop = new AbortController();
    const watcher = watch(path('signals'), () => existsSync(started) && stop.abort());
    const pushed = pushBranch(git, { worktree, gitDir, branch: 'fix', commit: head, signal: stop.signal });
    await expect(pushed).rejects.toMatchObject({ kind: 'cancelled', message: 'Git was stopped before it was done.' });
    watcher.close();
    const pid = Number(readFileSync(started, 'utf8'));
    const table = processTable(process.platform);
    // It has been killed; on a busy machine a process that has been takes a moment to be gone.
    await expect.poll(() => table.startOf(pid), { timeout: 10_000 }).toBeUndefined();
    expect(existsSync(join(gitDir, 'worktrees/fix/tutti-push'))).toBe(false);
  });

  test('chooses the remote, or says that there is none or several', async () => {
    const { git, sh, path, root, worktree, gitDir, head } = await work();
    const wanted = { worktree, gitDir, branch: 'fix', commit: head };
    await expect(pushBranch(git, wanted)).rejects.toThrow(
      'Could not push fix: the repository has no remote. Add one with git remote add origin <url>.',
    );
    for (const name of ['one', 'two']) {
      sh(path(), 'init', '--quiet', '--bare', name);
      sh(root, 'remote', 'add', name, path(name));
    }
    await expect(pushBranch(git, wanted)).rejects.toThrow(
      'Could not push fix: there are the remotes one, two. Choose one with git config remote.pushDefault <name>.',
    );
    sh(root, 'config', 'remote.pushDefault', 'two');
    expect(await pushBranch(git, wanted)).toMatchObject({ remote: 'two' });
    sh(root, 'config', 'remote.pushDefault', 'gone');
    sh(root, 'config', '--unset', 'branch.fix.remote');
    await expect(pushBranch(git, wanted)).rejects.toThrow(
      "Could not push fix to gone: 'gone' does not appear to be a git repository",
    );
  });
});

describe('mergeBranch', () => {
  test('forwards the branch where it is checked out, and finds that again', async () => {
    const { git, sh, root, gitDir, commit } = await work();
    const seen = await commit('a', 'one\n');
    const wanted = { gitDir, branch: 'fix', commit: seen, into: 'main', message: 'Merge fix' };
    expect(await mergeBranch(git, wanted)).toEqual({ result: 'merged', commit: seen, how: 'fastForward' });
    expect(readFileSync(join(root, 'a'), 'utf8')).toBe('one\n');
    expect(sh(root, 'status', '--porcelain', '--branch')).toBe('## main');
    expect(await mergeBranch(git, wanted)).toEqual({ result: 'merged', commit: seen, how: 'already' });
  });

  test('makes a merge in the user’s name where both have moved, also where it is checked out nowhere', async () => {
    for (const away of [false, true]) {
      const { git, sh, write, root, gitDir, commit } = await work();
      write(join(root, 'b'), 'theirs\n');
      sh(root, 'commit', '--quiet', '-am', 'theirs');
      const before = sh(root, 'rev-parse', 'main');
      if (away) sh(root, 'checkout', '--quiet', '--detach');
      const seen = await commit('a', 'one\n');
      const merged = await mergeBranch(git, {
        gitDir,
        branch: 'fix',
        commit: seen,
        into: 'main',
        message: 'Merge fix\n\nWhy.',
      });
      expect(merged).toMatchObject({ result: 'merged', how: 'merge' });
      expect(sh(root, 'log', '-1', '--format=%an|%P|%B', 'main')).toBe(`Ada|${before} ${seen}|Merge fix\n\nWhy.`);
      expect(sh(root, 'show', 'main:a', 'main:b')).toBe('one\ntheirs');
      expect(readFileSync(join(root, 'a'), 'utf8')).toBe(away ? 'a\n' : 'one\n');
    }
  });

  test('lists the files in conflict, and changes nothing', async () => {
    const { git, sh, write, root, gitDir, worktree, commit } = await work();
    for (const name of ['a', 'b']) write(join(root, name), 'theirs\n');
    sh(root, 'commit', '--quiet', '-am', 'theirs');
    const before = sh(root, 'rev-parse', 'main');
    write(join(worktree, 'a'), 'ours\n');
    const seen = await commit('b', 'ours\n');
    expect(await mergeBranch(git, { gitDir, branch: 'fix', commit: seen, into: 'main', message: 'x' })).toEqual({
      result: 'conflict',
      files: ['a', 'b'],
    });
    expect(sh(root, 'rev-parse', 'main')).toBe(before);
    expect(sh(root, 'status', '--porcelain')).toBe('');
  });

  test('is refused where edits would be lost, where the branch has moved, and into what is no local branch', async () => {
    const { git, sh, write, root, gitDir, head, commit } = await work();
    const seen = await commit('a', 'one\n');
    write(join(root, 'a'), 'mine\n');
    const wanted = { gitDir, branch: 'fix', commit: seen, into: 'main', message: 'x' };
    await expect(mergeBranch(git, wanted)).rejects.toThrow(
      `Could not merge fix into main: your edits to a in ${root} would be lost. Commit or stash them first.`,
    );
    expect(sh(root, 'rev-parse', 'main')).toBe(head);
    expect(readFileSync(join(root, 'a'), 'utf8')).toBe('mine\n');
    await expect(mergeBranch(git, { ...wanted, into: 'origin/main' })).rejects.toThrow(
      'Could not merge fix into origin/main: origin/main is no local branch. Push fix instead, or make a local branch origin/main.',
    );
    await commit('a', 'two\n');
    await expect(mergeBranch(git, wanted)).rejects.toThrow(
      'Could not merge fix into main: fix has moved since you looked at it. Look at it again.',
    );
  });
});
