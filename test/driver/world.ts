import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestHome } from './home.ts';
import { type ProcessView, processesOf } from './processes.ts';
import { git } from './repository.ts';

/** Everything of a home and its repository that tutti can lose or leave over. */
export interface World extends LeftFiles {
  readonly processes: readonly ProcessView[];
  /** Paths of the repository's worktrees beside the main checkout, with their branch. */
  readonly worktrees: readonly {
    readonly path: string;
    readonly branch: string | undefined;
    readonly locked: boolean;
  }[];
  /** Branch → tip. */
  readonly branches: Readonly<Record<string, string>>;
  /** `refs/tutti/...` → commit. */
  readonly refs: Readonly<Record<string, string>>;
  /** `<session>/<host>` of every host's bundle. */
  readonly bundles: readonly string[];
}

/** What nobody may leave behind in the file system. */
export interface LeftFiles {
  /** Sockets in the data folder. */
  readonly sockets: readonly string[];
  /** Lock files of git and temporary files of anybody. */
  readonly locks: readonly string[];
}

export function lookAtWorld(home: TestHome, repository: string | undefined): World {
  const known = repository && gitDirOf(repository) ? repository : undefined;
  return {
    processes: processesOf(home.root),
    worktrees: known ? worktreesOf(home, known) : [],
    branches: known ? refsOf(home, known, 'refs/heads/') : {},
    refs: known ? refsOf(home, known, 'refs/tutti/') : {},
    ...findLeftFiles(home, repository),
    bundles: bundlesOf(join(home.tutti, 'data', 'sessions')),
  };
}

export function findLeftFiles(home: TestHome, repository: string | undefined): LeftFiles {
  const files = walk(home.tutti);
  const gitDir = repository && gitDirOf(repository);
  return {
    sockets: files.filter(path => lstatSync(path, { throwIfNoEntry: false })?.isSocket()),
    locks: [...files, ...(gitDir ? walk(gitDir) : [])].filter(
      path => /\.lock$|\.tmp(-|$)|\.tmp\.\w+$/.test(path) && !/daemon\.lock$/.test(path),
    ),
  };
}

function gitDirOf(repository: string): string | undefined {
  const path = join(repository, '.git');
  return existsSync(path) ? path : undefined;
}

/** The ends of all logs, for the message of a failed wait. */
export function tailLogs(home: TestHome, lines = 25): string {
  return walk(home.tutti)
    .filter(path => path.endsWith('.log') && statSync(path, { throwIfNoEntry: false })?.size)
    .map(
      path =>
        `--- ${path.slice(home.tutti.length + 1)}\n${readFileSync(path, 'utf8').split('\n').slice(-lines).join('\n')}`,
    )
    .join('\n');
}

function worktreesOf(home: TestHome, repository: string): World['worktrees'] {
  const listed = git(home, repository, ['worktree', 'list', '--porcelain']).split('\n\n').slice(1);
  return listed.map(text => ({
    path: /^worktree (.*)$/m.exec(text)?.[1] ?? '',
    branch: /^branch refs\/heads\/(.*)$/m.exec(text)?.[1],
    locked: /^locked/m.test(text),
  }));
}

function refsOf(home: TestHome, repository: string, prefix: string): Record<string, string> {
  const listed = git(home, repository, ['for-each-ref', '--format=%(refname) %(objectname)', prefix]);
  const pairs = listed
    .split('\n')
    .filter(Boolean)
    .map(line => line.split(' ') as [string, string]);
  return Object.fromEntries(
    pairs.map(([name, commit]) => [name.slice('refs/heads/' === prefix ? prefix.length : 0), commit]),
  );
}

function bundlesOf(sessions: string): readonly string[] {
  const list = (path: string) => (existsSync(path) ? readdirSync(path) : []);
  return list(sessions).flatMap(session => list(join(sessions, session, 'hosts')).map(host => `${session}/${host}`));
}

/** All files below a folder; what vanishes meanwhile is left out, worktrees of agents and copies of programs too. */
function walk(folder: string): string[] {
  const found: string[] = [];
  const entries = (() => {
    try {
      return readdirSync(folder, { withFileTypes: true });
    } catch {
      return [];
    }
  })();
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) found.push(path);
    else if (!['worktrees', 'trash', 'runtime', 'objects'].includes(entry.name)) found.push(...walk(path));
  }
  return found;
}
