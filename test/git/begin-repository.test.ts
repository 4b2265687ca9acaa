import { describe, expect, test } from 'vitest';
import { beginRepository } from '../../source/git/begin-repository.ts';
import { scratch } from './scratch.ts';

describe('beginRepository', () => {
  test('makes a repository and a first commit, and nothing more when asked again', async () => {
    const { git, sh, write, path } = scratch();
    write(path('plain/mine'), 'mine');
    await beginRepository(git, path('plain'));
    await beginRepository(git, path('plain'));
    expect(sh(path('plain'), 'log', '--format=%an|%s')).toBe('Ada|Begin');
    expect(sh(path('plain'), 'status', '--porcelain')).toBe('?? mine');
  });

  test('leaves what is staged staged', async () => {
    const { git, sh, write, path } = scratch();
    sh(path(), 'init', '--quiet', 'fresh');
    write(path('fresh/a'), 'a');
    sh(path('fresh'), 'add', 'a');
    await beginRepository(git, path('fresh'));
    expect(sh(path('fresh'), 'status', '--porcelain')).toBe('A  a');
  });

  test('tells how to get a name', async () => {
    const { git, sh, path } = scratch({ config: '[user]\n\tuseConfigOnly = true\n' });
    sh(path(), 'init', '--quiet', 'fresh');
    await expect(beginRepository(git, path('fresh'))).rejects.toThrow(
      `Could not make the first commit in ${path('fresh')}: git does not know your name. Run git config --global user.name "Your Name"`,
    );
  });
});
