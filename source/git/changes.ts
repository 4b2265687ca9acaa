import type { Changes } from '../protocol/daemon.ts';
import { DIFF_ARGS, DIFF_SETTINGS } from './diff.ts';
import { type Base, forkPoint } from './fork-point.ts';
import type { Git } from './git.ts';
import { readPushRemote } from './push-remote.ts';
import { askGit, gitText } from './run-git.ts';
import { readStatus } from './status.ts';
import { withUntracked } from './worktree-index.ts';

/** With more untracked files than this (dependencies that nobody ignores) they count as files, not by their lines. */
const MOST_READ = 2000;

/** Counts what stands in a worktree against its base, untracked files too. Only looks: the agent's index is not touched. */
export async function readChanges(
  git: Git,
  { worktree, base }: { readonly worktree: string; readonly base: Base },
): Promise<Changes> {
  const status = await readStatus(git, worktree);
  const head = status.head ?? '';
  const from = head === '' ? base.commit : await forkPoint(git, { worktree, base, head });
  const untracked = status.files.filter(file => file.kind === 'untracked').map(file => file.path);
  const isRead = untracked.length <= MOST_READ;
  const isAtBase = head === '' || head === from;
  const [counted, commits, unpushed, remote] = await Promise.all([
    isAtBase && head !== '' && status.files.length === 0
      ? []
      : withUntracked(git, { worktree, untracked: isRead ? untracked : [], commit: from }, env =>
          countLines(git, { worktree, from, env }),
        ),
    isAtBase ? 0 : countCommits(git, { worktree, args: [head, `^${from}`] }),
    isAtBase ? 0 : countCommits(git, { worktree, args: [head, `^${from}`, '--not', '--remotes'] }),
    readPushRemote(git, { on: args => ({ cwd: worktree, args }), branch: status.branch }),
  ]);
  return {
    files: counted.length + (isRead ? 0 : untracked.length),
    added: counted.reduce((sum, file) => sum + file.added, 0),
    removed: counted.reduce((sum, file) => sum + file.removed, 0),
    commits,
    uncommitted: status.files.length,
    unpushed,
    head,
    hasRemote: remote.known,
    pushesTo: remote.name,
  };
}

async function countLines(
  git: Git,
  {
    worktree,
    from,
    env,
  }: { readonly worktree: string; readonly from: string; readonly env: Readonly<Record<string, string>> },
): Promise<readonly { readonly added: number; readonly removed: number }[]> {
  const text = await gitText(git, {
    cwd: worktree,
    args: [...DIFF_SETTINGS, 'diff', '--numstat', '-z', ...DIFF_ARGS, from, '--'],
    read: true,
    env,
    what: `compare ${worktree} with its base`,
  });
  const counts: { added: number; removed: number }[] = [];
  for (const record of text.split('\0')) {
    // `12 TAB 3 TAB path`, `- TAB - TAB path` for a binary file; a renamed one has two more records that are paths alone.
    const match = /^(\d+|-)\t(\d+|-)\t/.exec(record);
    if (match) counts.push({ added: Number(match[1]) || 0, removed: Number(match[2]) || 0 });
  }
  return counts;
}

async function countCommits(
  git: Git,
  { worktree, args }: { readonly worktree: string; readonly args: readonly string[] },
): Promise<number> {
  return Number((await askGit(git, { cwd: worktree, args: ['rev-list', '--count', ...args] })) ?? 0);
}
