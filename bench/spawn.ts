import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { makeBigRepository } from './big-repository.ts';
import { type Figure, median, ms, times } from './figure.ts';
import { makeStage, type Stage, TUTTI } from './stage.ts';

/**
 * A new session in a repository of 50,000 files until its agent runs, beside `git worktree add` alone, in turn; of 2,000 where it has to be
 * quick, as a disk may need a minute for the others.
 */
export async function measureSpawn(quick: boolean): Promise<readonly Figure[]> {
  const stage = makeStage();
  try {
    const files = quick ? 2_000 : 50_000;
    const repository = makeBigRepository(stage.home, files);
    const ours: number[] = [];
    const git: number[] = [];
    for (let round = 0; round < (quick ? 2 : 5); round++) {
      git.push(timeGit(stage, repository, round));
      ours.push(await timeSpawn(stage, repository, round));
    }
    return [
      {
        what: `spawn, ${files.toLocaleString('en')} files, until the agent runs`,
        ours: ms(median(ours)),
        others: `git worktree add ${ms(median(git))}`,
        ratio: times(median(ours) / median(git)),
        budget: 'cold ≤ 0.8 × git worktree add',
        met: median(ours) <= 0.8 * median(git),
      },
    ];
  } finally {
    await stage.end();
  }
}

function timeGit(stage: Stage, repository: string, round: number): number {
  const path = join(stage.home.scratch, `plain-${round}`);
  const startedAt = performance.now();
  execFileSync('git', ['worktree', 'add', '-q', '-b', `plain-${round}`, path, 'HEAD'], {
    cwd: repository,
    env: stage.home.env,
    stdio: 'ignore',
  });
  return performance.now() - startedAt;
}

async function timeSpawn(stage: Stage, repository: string, round: number): Promise<number> {
  const mark = join(stage.home.scratch, 'started');
  rmSync(mark, { force: true });
  const started = new Promise<number>((resolve, reject) => {
    const watcher = watch(stage.home.scratch, () => {
      if (!existsSync(mark)) return;
      watcher.close();
      resolve(performance.now());
    });
    setTimeout(() => reject(new Error('the agent did not start within 60 s')), 60_000).unref();
  });
  const startedAt = performance.now();
  const tutti = spawn(TUTTI[0], [TUTTI[1], 'new', `Big ${round}`, '--agent', 'mark'], {
    cwd: repository,
    env: stage.home.env,
    stdio: 'ignore',
  });
  const ended = once(tutti, 'exit');
  const startedAfter = (await started) - startedAt;
  await ended;
  return startedAfter;
}
