import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestHome } from './home.ts';
import { makeOnce } from './made-repository.ts';

export interface RepositoryOptions {
  /** Name of its folder below the home. */
  readonly name?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Without a commit: the files lie there untracked. */
  readonly unborn?: boolean;
  /** A bare repository beside it, pushed to and set as `origin`. */
  readonly remote?: boolean;
}

/** Makes a repository with one commit; returns its root. */
export function makeRepository(home: TestHome, options: RepositoryOptions = {}): string {
  const root = join(home.root, options.name ?? 'shop');
  mkdirSync(root, { recursive: true });
  const files = Object.entries(options.files ?? FILES);
  for (const [path, content] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  makeOnce(root, JSON.stringify(['driver', files, options.unborn]), () => {
    git(home, root, ['init', '-q']);
    if (options.unborn) return;
    git(home, root, ['add', '--all']);
    git(home, root, ['commit', '-q', '--allow-empty', '-m', 'Open the shop']);
  });
  if (options.remote) {
    const bare = `${root}.git`;
    git(home, home.root, ['init', '-q', '--bare', bare]);
    git(home, root, ['remote', 'add', 'origin', bare]);
    git(home, root, ['push', '-q', '--set-upstream', 'origin', 'main']);
  }
  return root;
}

/** Runs git as the user of this home; returns what it printed. */
export function git(home: TestHome, cwd: string, args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd,
    env: home.env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trimEnd();
}

const FILES: Readonly<Record<string, string>> = {
  'README.md': '# Shop\n\nSells sheet music.\n',
  'cart.js': 'export const total = items => items.reduce((sum, item) => sum + item.price, 0);\n',
  '.gitignore': 'ignored/\n*.log\n',
};
