import { type Git, openGit } from '../git/git.ts';
import { checkGitVersion } from '../git/git-version.ts';
import { askGit } from '../git/run-git.ts';
import { type Finding, found } from './finding.ts';

/** Git as the user has it in this shell, and whether it knows in whose name to commit. `cwd`: where the user stands. */
export async function examineGit(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Promise<readonly Finding[]> {
  const git = openGit({ env });
  const version = await found('git', async () => ({
    what: 'git',
    level: 'good',
    says: `git ${await checkGitVersion(git)}`,
  }));
  if (version.level === 'bad') return [version];
  return [version, await found('git identity', () => identity(git, cwd))];
}

async function identity(git: Git, cwd: string): Promise<Finding> {
  const what = 'git identity';
  // git would make one up of user and host name, and then refuse to commit with it.
  const [name, email] = await Promise.all(
    ['user.name', 'user.email'].map(key => askGit(git, { cwd, args: ['config', key] })),
  );
  const [named, mailed] = [name ?? git.env.GIT_AUTHOR_NAME, email ?? git.env.GIT_AUTHOR_EMAIL];
  if (named?.trim() && mailed?.trim())
    return { what, level: 'good', says: `commits are by ${named.trim()} <${mailed.trim()}>` };
  return {
    what,
    level: 'bad',
    says: 'git does not know in whose name to commit, so that no run can become ready',
    mend: 'git config --global user.name "Your Name" && git config --global user.email you@example.com',
  };
}
