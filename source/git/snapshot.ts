import { filterOverrides } from './filters.ts';
import type { Git } from './git.ts';
import { gitFailure, gitSays } from './git-failure.ts';
import { askGit, gitText, runGit } from './run-git.ts';
import { withTempIndex } from './temp-index.ts';

export interface Snapshot {
  /** Its tree is the worktree's files, untracked ones too. Parents: HEAD (none before the first commit), and the index. */
  readonly commit: string;
  /** What could not be read and is not in it, in git's words; nothing as a rule. */
  readonly missed: string | undefined;
}

/** git demands a name for a commit; this one is nobody's work. */
const NAME = {
  GIT_AUTHOR_NAME: 'tutti',
  GIT_AUTHOR_EMAIL: 'tutti@localhost',
  GIT_COMMITTER_NAME: 'tutti',
  GIT_COMMITTER_EMAIL: 'tutti@localhost',
};

/** A worktree as it is must be kept, not as its settings wish it: no check of line ends, nothing shared with the real index. */
const AS_IT_IS = [
  ...['-c', 'core.fsmonitor=false', '-c', 'core.safecrlf=false', '-c', 'core.splitIndex=false'],
  ...['-c', 'advice.addEmbeddedRepo=false', '-c', 'core.untrackedCache=keep'],
];

/**
 * Keeps a worktree's tracked and untracked files (not the ignored ones) and its index as a commit under `ref`. The index, HEAD
 * and the files are not touched, whatever is going on there: a merge, a rebase, a conflict. A path in conflict is kept in the
 * index's commit as our side has it. Uncommitted work inside of submodules is not part of it.
 */
export async function writeSnapshot(
  git: Git,
  { worktree, ref }: { readonly worktree: string; readonly ref: string },
): Promise<Snapshot> {
  const what = `keep a snapshot of ${worktree}`;
  try {
    return await takeSnapshot(git, { worktree, ref, what, settings: AS_IT_IS });
  } catch (error) {
    // A filter whose program is missing (git-lfs) must not cost the work: then the files are kept as they lie there.
    const overrides = await filterOverrides(git, worktree);
    if (overrides.length === 0) throw error;
    return takeSnapshot(git, { worktree, ref, what, settings: [...AS_IT_IS, ...overrides] });
  }
}

interface Taking {
  readonly worktree: string;
  readonly what: string;
  readonly settings: readonly string[];
}

function takeSnapshot(git: Git, { ref, ...taking }: Taking & { readonly ref: string }): Promise<Snapshot> {
  const { worktree, what, settings } = taking;
  return withTempIndex(git, worktree, async ({ env }) => {
    const call = async (...args: readonly string[]) =>
      (await gitText(git, { cwd: worktree, args: [...settings, ...args], env: { ...env, ...NAME }, what })).trim();
    const head = await askGit(git, { cwd: worktree, args: ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'] });
    const parent = head === undefined ? [] : ['-p', head];
    await settleConflicts(git, { ...taking, env });
    const index = await call('commit-tree', ...parent, '-m', 'tutti: index', await call('write-tree'));
    const missed = await addEverything(git, { ...taking, env });
    const message = `tutti: snapshot of ${worktree}`;
    const commit = await call('commit-tree', ...parent, '-p', index, '-m', message, await call('write-tree'));
    await call('update-ref', '-m', 'tutti: snapshot', ref, commit);
    return { commit, missed };
  });
}

/** A tree can't hold a conflict: in the copy each such path becomes our side's file, or the other's where ours has none. */
async function settleConflicts(
  git: Git,
  { worktree, what, settings, env }: Taking & { readonly env: Readonly<Record<string, string>> },
): Promise<void> {
  const text = await gitText(git, { cwd: worktree, args: [...settings, 'ls-files', '--unmerged', '-z'], env, what });
  const chosen = new Map<string, { rank: number; lines: string }>();
  for (const record of text.split('\0').filter(Boolean)) {
    const tab = record.indexOf('\t');
    const path = record.slice(tab + 1);
    const [mode = '', hash = '', stage = ''] = record.slice(0, tab).split(' ');
    // Stages: 1 the common ancestor, 2 ours, 3 theirs.
    const rank = ['2', '3', '1'].indexOf(stage);
    if (rank >= (chosen.get(path)?.rank ?? 3)) continue;
    // The first line takes every stage of the path away.
    chosen.set(path, { rank, lines: `0 ${'0'.repeat(hash.length)}\t${path}\0${mode} ${hash} 0\t${path}\0` });
  }
  if (chosen.size === 0) return;
  const lines = [...chosen.values()].map(each => each.lines).join('');
  await gitText(git, {
    cwd: worktree,
    args: [...settings, 'update-index', '-z', '--index-info'],
    env,
    input: lines,
    what,
  });
}

async function addEverything(
  git: Git,
  { worktree, what, settings, env }: Taking & { readonly env: Readonly<Record<string, string>> },
): Promise<string | undefined> {
  const add = ['add', '--all', '--sparse', '--ignore-errors', '--', ':/'];
  const result = await runGit(git, { cwd: worktree, args: [...settings, ...add], env });
  if (result.code === 0) return undefined;
  // Code 1: single files could not be read, all others are in it.
  if (result.code === 1) return gitSays(result);
  throw gitFailure(what, result);
}
