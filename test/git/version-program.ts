// Asks git for its version in a process of its own; with `starve`, by a plain spawn when no file can be opened any more.
import { openSync } from 'node:fs';
import { openGit } from '../../source/git/git.ts';
import { checkGitVersion } from '../../source/git/git-version.ts';
import { runGit } from '../../source/git/run-git.ts';

const git = openGit({ env: process.env });
if (process.argv[2] === 'starve') {
  try {
    for (;;) openSync('/dev/null', 'r');
  } catch {
    // Now.
  }
  await runGit(git, { cwd: '/', args: ['--version'] }).catch(({ kind, message }) => console.log(kind, message));
} else {
  console.log(await checkGitVersion(git));
}
