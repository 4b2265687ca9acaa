import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project that the demo fleet works on: a small shop for sheet music, with tests that need nothing but node. */
const SCRATCH_NAME = 'cadenza';

/**
 * Makes the repository below `parent`, or finds the newest one that an earlier demo made; `again` makes one more beside the
 * others, which stay as they are: what was killed there can still be brought back. Nothing of the user's is touched.
 */
export function makeScratchRepository(options: {
  readonly parent: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly again?: boolean;
}): string {
  const newest = newestOf(options.parent);
  if (newest > 0 && !options.again) return rootOf(options.parent, newest);
  const root = rootOf(options.parent, newest + 1);
  const remote = `${root}.git`;
  // Made beside and renamed, so that what a crash leaves half-made is never taken for it.
  const making = `${root}.making`;
  for (const folder of [making, remote]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const git = (args: readonly string[]) =>
    execFileSync('git', args, { cwd: making, env: { ...options.env, ...AUTHOR }, encoding: 'utf8', stdio: 'pipe' });
  git(['init', '--quiet', '--initial-branch=main']);
  // Commits of the fleet are in the user's name; where git knows none they are the demo's. No hook or key of the user's is asked.
  git(['config', 'commit.gpgsign', 'false']);
  git(['config', 'core.hooksPath', '.git/hooks']);
  if (!knowsName(making, options.env)) {
    git(['config', 'user.name', AUTHOR.GIT_AUTHOR_NAME]);
    git(['config', 'user.email', AUTHOR.GIT_AUTHOR_EMAIL]);
  }
  for (const { message, files } of COMMITS) {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(making, path)), { recursive: true });
      writeFileSync(join(making, path), content);
    }
    git(['add', '--all']);
    git(['commit', '--quiet', '--message', message]);
  }
  // Something to push to, so that a push can be seen; it is a folder here, not a server.
  git(['init', '--quiet', '--bare', '--initial-branch=main', '--template=', remote]);
  git(['remote', 'add', 'origin', remote]);
  git(['push', '--quiet', '--set-upstream', 'origin', 'main']);
  renameSync(making, root);
  return root;
}

/** The newest repository of a demo, where there is one. */
export function findScratchRepository(parent: string): string | undefined {
  const newest = newestOf(parent);
  return newest === 0 ? undefined : rootOf(parent, newest);
}

/** The demo's own folder is the first one's; each that is made again has one with its number: the name on the screen stays. */
function rootOf(parent: string, number: number): string {
  return number === 1 ? join(parent, SCRATCH_NAME) : join(parent, String(number), SCRATCH_NAME);
}

/** The number of the newest that is whole; 0: there is none. */
function newestOf(parent: string): number {
  if (!existsSync(parent)) return 0;
  const numbers = readdirSync(parent, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && /^[1-9]\d*$/.test(entry.name))
    .map(entry => Number(entry.name));
  const isWhole = (number: number) => existsSync(join(rootOf(parent, number), '.git'));
  return Math.max(0, ...[1, ...numbers].filter(isWhole));
}

function knowsName(cwd: string, env: Readonly<Record<string, string | undefined>>): boolean {
  try {
    return ['user.name', 'user.email'].every(
      key => execFileSync('git', ['config', key], { cwd, env, encoding: 'utf8', stdio: 'pipe' }).trim() !== '',
    );
  } catch {
    return false;
  }
}

const AUTHOR = {
  GIT_AUTHOR_NAME: 'tutti demo',
  GIT_AUTHOR_EMAIL: 'demo@localhost',
  GIT_COMMITTER_NAME: 'tutti demo',
  GIT_COMMITTER_EMAIL: 'demo@localhost',
} as const;

const COMMITS: readonly { readonly message: string; readonly files: Readonly<Record<string, string>> }[] = [
  {
    message: 'Open the shop',
    files: {
      'README.md': '# Cadenza\n\nSells sheet music. A scratch project of `tutti demo`: change what you like.\n',
      'package.json': `${JSON.stringify({ name: 'cadenza', private: true, type: 'module', scripts: { test: 'node --test' } }, undefined, 2)}\n`,
      '.gitignore': 'node_modules/\n',
      'src/money.js': `/** Whole cents. */
export function rounded(cents) {
  return Math.round(cents);
}
`,
      'src/cart.js': `import { rounded } from './money.js';

/** What a customer pays, in whole cents. */
export function total(items) {
  let sum = 0;
  for (const item of items) {
    sum += rounded(item.price * item.count);
  }
  return sum;
}
`,
      'test/cart.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { total } from '../src/cart.js';

test('lines are added up', function () {
  assert.equal(total([{ price: 120, count: 2 }, { price: 60, count: 1 }]), 300);
});
`,
    },
  },
  {
    message: 'Find pieces by their title',
    files: {
      'src/catalogue.js': `export const composers = [
  { name: 'Hildegard von Bingen', born: undefined },
  { name: 'Josquin des Prez', born: undefined },
  { name: 'Antonín Dvořák', born: 1841 },
  { name: 'Gabriel Fauré', born: 1845 },
];
`,
      'src/search.js': `/** The form in which titles are compared. */
export function folded(title) {
  return title.toLowerCase();
}

export function matches(title, words) {
  return folded(title).includes(folded(words));
}
`,
      'test/search.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matches } from '../src/search.js';

test('case does not matter', function () {
  assert.ok(matches('Rusalka', 'rusalka'));
});
`,
      'build/cart.js': '// Left over from the last release.\n',
    },
  },
];
