import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Git, openGit } from '../../source/git/git.ts';
import { makeOnce } from '../driver/made-repository.ts';

/** A temporary home with repositories in it, gone after the test. */
export interface Scratch {
  readonly home: string;
  readonly git: Git;
  readonly env: Readonly<Record<string, string>>;
  /** Runs git as a user at a shell would, and gives what it prints. */
  readonly sh: (cwd: string, ...args: string[]) => string;
  readonly path: (...parts: string[]) => string;
  readonly write: (file: string, text: string | Uint8Array) => void;
  /** A repository with one commit, and its git directory. */
  readonly repository: (
    name?: string,
    files?: Record<string, string>,
  ) => { root: string; gitDir: string; head: string };
}

const IDENTITY = '[user]\n\tname = Ada\n\temail = ada@example.com\n';
const SETTINGS = '[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n';

export function scratch({ config = IDENTITY }: { readonly config?: string } = {}): Scratch {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'tutti-git-')));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  writeFileSync(join(home, 'gitconfig'), SETTINGS + config);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_GLOBAL: join(home, 'gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const sh = (cwd: string, ...args: string[]) =>
    execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).replace(/\n$/, '');
  const write = (file: string, text: string | Uint8Array) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  return {
    home,
    git: openGit({ env }),
    env,
    sh,
    write,
    path: (...parts) => join(home, ...parts),
    repository: (name = 'shop', files = { 'readme.md': 'hello\n' }) => {
      const root = join(home, name);
      mkdirSync(root, { recursive: true });
      for (const [file, text] of Object.entries(files)) write(join(root, file), text);
      makeOnce(root, JSON.stringify(['scratch', config, files]), () => {
        sh(root, 'init', '--quiet');
        sh(root, 'add', '-A');
        sh(root, 'commit', '--quiet', '-m', 'first');
      });
      return { root, gitDir: join(root, '.git'), head: sh(root, 'rev-parse', 'HEAD') };
    },
  };
}

/** Puts a hook of git's into the repository. */
export function hook(
  { write }: { write: (file: string, text: string) => void },
  { gitDir, name, script }: { gitDir: string; name: string; script: string },
) {
  const file = join(gitDir, 'hooks', name);
  write(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** Ends a chain at a step, as a crash would. */
export class Crash extends Error {
  static at(point: string): (name: string) => void {
    return name => {
      if (name === point) throw new Crash(`crash at ${point}`);
    };
  }
}
