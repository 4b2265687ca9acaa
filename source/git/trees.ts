import { filterOverrides } from './filters.ts';
import type { Git } from './git.ts';
import { gitFailure, gitSays } from './git-failure.ts';
import { type GitResult, runGit } from './run-git.ts';
import { withTempIndex } from './temp-index.ts';

export interface Trees {
  /** What is staged. A path in conflict is there as our side has it. */
  readonly index: string;
  /** Every file that is not ignored, as it lies there. */
  readonly files: string;
  /** What could not be read and is not in it, in git's words; nothing as a rule. */
  readonly missed: string | undefined;
}

interface Reading {
  readonly worktree: string;
  readonly what: string;
}

/** A worktree as it is must be read, not as its settings wish it: no check of line ends, nothing shared with the real index. */
const AS_IT_IS = [
  ...['-c', 'core.fsmonitor=false', '-c', 'core.safecrlf=false', '-c', 'core.splitIndex=false'],
  ...['-c', 'advice.addEmbeddedRepo=false', '-c', 'core.untrackedCache=keep'],
];

/** Reads a worktree's files and index as trees, through a copy of its index, whatever is going on there. */
export function readTrees(git: Git, reading: Reading): Promise<Trees> {
  return withFilters(git, reading, async copy => {
    const index = await treeOf(copy);
    const missed = await addFiles(copy);
    return { index, files: await treeOf(copy), missed };
  });
}

/** The files alone. */
export function readFiles(git: Git, reading: Reading): Promise<string> {
  return withFilters(git, reading, async copy => {
    await addFiles(copy);
    return treeOf(copy);
  });
}

/** A copy of the worktree's index. */
interface Copy {
  readonly what: string;
  readonly run: (args: readonly string[], input?: string) => Promise<GitResult>;
}

async function withFilters<T>(git: Git, reading: Reading, read: (copy: Copy) => Promise<T>): Promise<T> {
  try {
    return await withCopy(git, { ...reading, settings: AS_IT_IS }, read);
  } catch (error) {
    // A filter whose program is missing (git-lfs) must not cost the work: then the files are read as they lie there.
    const overrides = await filterOverrides(git, reading.worktree);
    if (overrides.length === 0) throw error;
    return withCopy(git, { ...reading, settings: [...AS_IT_IS, ...overrides] }, read);
  }
}

function withCopy<T>(
  git: Git,
  { worktree, what, settings }: Reading & { readonly settings: readonly string[] },
  read: (copy: Copy) => Promise<T>,
): Promise<T> {
  return withTempIndex(git, worktree, ({ env }) => {
    const run: Copy['run'] = (args, input) =>
      runGit(git, { cwd: worktree, args: [...settings, ...args], env, ...(input === undefined ? {} : { input }) });
    return read({ what, run });
  });
}

/** Takes every file into the copy; gives what could not be read, in git's words. */
async function addFiles({ what, run }: Copy): Promise<string | undefined> {
  const added = await run(['add', '--all', '--sparse', '--ignore-errors', '--', ':/']);
  // Code 1: single files could not be read, all others are in it.
  if (added.code > 1) throw gitFailure(what, added);
  return added.code === 0 ? undefined : gitSays(added);
}

/** The copy as a tree. Over a conflict git fails: only then is one looked for. */
async function treeOf({ what, run }: Copy): Promise<string> {
  const call = async (args: readonly string[], input?: string) => {
    const result = await run(args, input);
    if (result.code !== 0) throw gitFailure(what, result);
    return result.out;
  };
  const tree = await run(['write-tree']);
  if (tree.code === 0) return tree.out.trim();
  const settled = settle(await call(['ls-files', '--unmerged', '-z']));
  if (!settled) throw gitFailure(what, tree);
  await call(['update-index', '-z', '--index-info'], settled);
  return (await call(['write-tree'])).trim();
}

/**
 * A tree can't hold a conflict: in the copy each such path becomes our side's file, or the other's where ours has none. Gives
 * the lines for `update-index --index-info`; nothing where there is no conflict.
 */
function settle(unmerged: string): string {
  const chosen = new Map<string, { readonly rank: number; readonly lines: string }>();
  for (const record of unmerged.split('\0').filter(Boolean)) {
    const tab = record.indexOf('\t');
    const path = record.slice(tab + 1);
    const [mode = '', hash = '', stage = ''] = record.slice(0, tab).split(' ');
    // Stages: 1 the common ancestor, 2 ours, 3 theirs.
    const rank = ['2', '3', '1'].indexOf(stage);
    if (rank >= (chosen.get(path)?.rank ?? 3)) continue;
    // The first line takes every stage of the path away.
    chosen.set(path, { rank, lines: `0 ${'0'.repeat(hash.length)}\t${path}\0${mode} ${hash} 0\t${path}\0` });
  }
  return [...chosen.values()].map(each => each.lines).join('');
}
