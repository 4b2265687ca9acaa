import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { beginRepository } from '../../source/git/begin-repository.ts';
import { describeRepository } from '../../source/git/describe-repository.ts';
import { type Git, openGit } from '../../source/git/git.ts';
import { gitText } from '../../source/git/run-git.ts';
import { bySimpleGit } from '../../source/git/simple.ts';
import { readSource } from '../architecture/read-imports.ts';
import { scratch } from './scratch.ts';

const ODD = '-it\'s "späť"\n$(x) {a} [b]';

/** The same asked in both ways: what was printed, or the error. */
async function both(git: Git, { cwd, args }: { cwd: string; args: readonly string[] }) {
  const what = 'do this';
  const told = ({ name, kind, message }: { name: string; kind: string; message: string }) => ({ name, kind, message });
  return {
    own: await gitText(git, { cwd, args, what }).catch(told),
    simple: await bySimpleGit(git, { cwd, what }, simple => simple.raw([...args])).catch(told),
  };
}

function program(all: ReturnType<typeof scratch>, script: string): string {
  const path = all.path(ODD, 'git');
  all.write(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('git by simple-git is the same as by our own spawn', () => {
  test('in what is printed, to the byte', async () => {
    const all = scratch();
    const git = openGit({
      env: all.env,
      program: program(all, 'printf " a\\n\\nspä\\0\\n\\n "; echo warning: x >&2; pwd'),
    });
    const { own, simple } = await both(git, { cwd: all.path(ODD), args: ['--version'] });
    expect(own).toBe(` a\n\nspä\0\n\n ${all.path(ODD)}\n`);
    expect(simple).toBe(own);
  });

  test('in arguments: dashes, nothing after --, the odd', async () => {
    const all = scratch();
    const git = openGit({ env: all.env, program: program(all, 'printf "<%s>" "$@"') });
    for (const args of [
      ['--git-dir=/x y', 'log', '--', '-x', '--exec=y', ODD],
      ['-c', 'core.fsmonitor=false', 'rev-parse', '--end-of-options', '--upload-pack=z'],
      ['config', 'alias.x', '!y', '--'],
      ['push', '--receive-pack=x', '', '-c'],
    ]) {
      const { own, simple } = await both(git, { cwd: all.path(), args });
      expect(own).toBe(args.map(arg => `<${arg}>`).join(''));
      expect(simple).toBe(own);
    }
  });

  test('in the error of a git that fails', async () => {
    const all = scratch();
    const cases: Record<string, string> = {
      'exit 3': 'Could not do this: git gave no reason.',
      'echo only here; exit 1': 'Could not do this: only here.',
      'echo out; echo "fatal: in words." >&2; exit 128': 'Could not do this: in words.',
      'echo "fatal: disallowed abbreviated or ambiguous option" >&2; exit 128':
        'Could not do this: disallowed abbreviated or ambiguous option.',
      'echo "fatal: x: No space left on device" >&2; exit 128':
        'Could not do this: the disk is full. Free some space and try again.',
    };
    for (const [script, message] of Object.entries(cases)) {
      const git = openGit({ env: all.env, program: program(all, script) });
      const { own, simple } = await both(git, { cwd: all.path(), args: ['x'] });
      expect(own).toMatchObject({ name: 'TuttiError', message });
      expect(simple).toEqual(own);
    }
    const killed = openGit({ env: all.env, program: program(all, 'echo half; kill -9 $$') });
    expect(await both(killed, { cwd: all.path(), args: ['x'] })).toMatchObject({
      own: { kind: 'failed', message: 'Could not do this: ended by SIGKILL.' },
      simple: { kind: 'failed', message: 'Could not do this: ended by a signal.' },
    });
  });

  test('in the error of a git that cannot be started', async () => {
    const all = scratch();
    all.write(all.path('file'), 'no program');
    const gone = (git: string, cwd: string) =>
      `Could not run ${git} in ${cwd}: the folder is gone or git is not installed. Check the folder, or install git 2.38 or newer.`;
    const home = all.path();
    const file = all.path('file');
    const cases: [Git, string, string][] = [
      [openGit({ env: { ...all.env, PATH: all.path('none') } }), home, gone('git', home)],
      [openGit({ env: all.env, program: all.path('n o\nne') }), home, gone(all.path('n o\nne'), home)],
      [openGit({ env: all.env, program: join(file, 'git') }), home, gone(join(file, 'git'), home)],
      [all.git, all.path('none'), gone('git', all.path('none'))],
      [all.git, file, gone('git', file)],
      [openGit({ env: all.env, program: file }), home, `Could not run ${file}: spawn ${file} EACCES.`],
    ];
    for (const [git, cwd, message] of cases) {
      const { own, simple } = await both(git, { cwd, args: ['--version'] });
      expect(own).toEqual({ name: 'TuttiError', kind: 'unavailable', message });
      expect(simple).toEqual(own);
    }
  });

  test('in the environment: the user’s own kept, that of a calling hook dropped, nothing of this process', async () => {
    const all = scratch();
    const env = {
      ...all.env,
      EDITOR: 'vi',
      VISUAL: 'vi',
      PAGER: 'less',
      PREFIX: '/usr',
      SSH_ASKPASS: 'ask',
      GIT_SSH_COMMAND: 'ssh -v',
      GIT_ASKPASS: 'ask',
      GIT_EXEC_PATH: all.sh(all.path(), '--exec-path'),
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'core.hooksPath',
      GIT_CONFIG_VALUE_0: '/hooks',
      GIT_CONFIG_KEY_1: 'url.x.insteadOf',
      GIT_CONFIG_VALUE_1: 'y',
      GIT_DIR: '/nowhere',
      GIT_INDEX_FILE: '/nowhere',
      LC_ALL: 'de_DE.UTF-8',
    };
    const git = openGit({ env, program: program(all, 'env') });
    const { own, simple } = await both(git, { cwd: all.path(), args: ['x'] });
    const lines = (text: unknown) => String(text).split('\n').sort();
    expect(lines(own)).toEqual(expect.arrayContaining(['EDITOR=vi', 'GIT_CONFIG_COUNT=2', 'LC_ALL=C']));
    expect(String(own)).not.toContain('nowhere');
    // Its own mark, which `false` makes void.
    const mark = 'GIT_TEST_DISALLOW_ABBREVIATED_OPTIONS=false';
    expect(lines(simple)).toEqual([...lines(own), mark].sort());
  });
});

test('a repository begins in an odd folder, on a branch with a dash, and is described', async () => {
  const { git, sh, path } = scratch();
  const root = path(ODD);
  mkdirSync(root);
  sh(root, 'init', '--quiet');
  sh(root, 'symbolic-ref', 'HEAD', 'refs/heads/-dash');
  await beginRepository(git, root);
  const commit = sh(root, 'rev-parse', 'HEAD');
  expect(sh(root, 'cat-file', '-p', 'HEAD^{tree}')).toBe('');
  expect(sh(root, 'fsck', '--strict')).toBe('');
  sh(root, 'config', 'remote.-r/x.url', '/none');
  sh(root, 'update-ref', 'refs/remotes/-r/x/-b', commit);
  const { head, branches } = await describeRepository(git, root);
  expect(head).toMatchObject({ ref: '-dash', commit });
  expect(branches).toEqual([
    { name: '-dash', remote: undefined, checkedOut: root },
    { name: '-b', remote: '-r/x', checkedOut: undefined },
  ]);
});

test('only simple.ts loads simple-git, and only when it is called', () => {
  const loads = readSource()
    .flatMap(({ path, text }) => text.split('\n').map(line => `${path}: ${line.trim()}`))
    .filter(line => /(from|import\()\s*'simple-git'/.test(line) && !line.includes(': import type '));
  expect(loads).toEqual(["source/git/simple.ts: const { simpleGit, GitConstructError } = await import('simple-git');"]);
});

const PROGRAM = fileURLToPath(new URL('version-program.ts', import.meta.url));

test('DEBUG writes no secret of the environment to the log', () => {
  const { env } = scratch();
  const { stdout, stderr } = spawnSync(process.execPath, [PROGRAM], {
    env: { ...env, DEBUG: '*', SOME_TOKEN: 'hush' },
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/^\d+\.\d+/);
  expect(stderr).toContain('[environment]');
  expect(stderr).not.toContain('hush');
});

test('no file left to open is an error of our own spawn, not an end of the process', () => {
  const { env } = scratch();
  const command = `ulimit -n 80; exec "${process.execPath}" "${PROGRAM}" starve`;
  const { stdout, stderr, status } = spawnSync('sh', ['-c', command], { env, encoding: 'utf8' });
  expect({ stdout, stderr, status }).toEqual({
    stdout: 'unavailable Could not run git: spawn git EMFILE.\n',
    stderr: '',
    status: 0,
  });
});
