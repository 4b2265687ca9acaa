// Commits in a process of its own, to be killed in the middle: `node commit-program.ts WORKTREE`, environment as inherited.
import { commitAll } from '../../source/git/commit.ts';
import { openGit } from '../../source/git/git.ts';

const [, , worktree = ''] = process.argv;
await commitAll(openGit({ env: process.env }), { worktree, message: 'First', trailers: { 'Tutti-Step': 'x' } });
