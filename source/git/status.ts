import type { Git } from './git.ts';
import { gitText } from './run-git.ts';

export interface WorktreeStatus {
  /** Undefined before the first commit. */
  readonly head: string | undefined;
  /** Undefined where HEAD is detached. */
  readonly branch: string | undefined;
  /** Every file that differs from HEAD, untracked ones each by its own name. */
  readonly files: readonly FileStatus[];
}

export interface FileStatus {
  readonly path: string;
  readonly kind: 'changed' | 'untracked' | 'ignored' | 'unmerged';
}

/** Where a worktree stands against its HEAD. Only looks: takes no lock and writes no index. */
export async function readStatus(
  git: Git,
  worktree: string,
  { ignored = false }: { readonly ignored?: boolean } = {},
): Promise<WorktreeStatus> {
  const text = await gitText(git, {
    cwd: worktree,
    args: [
      'status',
      '--porcelain=v2',
      '--branch',
      '-z',
      '--untracked-files=all',
      '--no-renames',
      ...(ignored ? ['--ignored=matching'] : []),
    ],
    read: true,
    what: `read the state of ${worktree}`,
  });
  const files: FileStatus[] = [];
  const header = new Map<string, string>();
  for (const record of text.split('\0')) {
    switch (record[0]) {
      case '#': {
        const [, name = '', ...value] = record.split(' ');
        header.set(name, value.join(' '));
        break;
      }
      // Fields before the path: https://git-scm.com/docs/git-status#_porcelain_format_version_2
      case '1':
        files.push({ path: record.split(' ').slice(8).join(' '), kind: 'changed' });
        break;
      case 'u':
        files.push({ path: record.split(' ').slice(10).join(' '), kind: 'unmerged' });
        break;
      case '?':
        files.push({ path: record.slice(2), kind: 'untracked' });
        break;
      case '!':
        files.push({ path: record.slice(2), kind: 'ignored' });
        break;
    }
  }
  const oid = header.get('branch.oid');
  const branch = header.get('branch.head');
  return {
    head: oid === '(initial)' ? undefined : oid,
    branch: branch === '(detached)' ? undefined : branch,
    files,
  };
}
