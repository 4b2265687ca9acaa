import type { Effect } from '../../session/effect.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { mergeBranch, pushBranch } from '../pending-git.ts';
import type { Outcome } from './outcome.ts';

export async function runPush(brain: Brain, effect: Effect & { type: 'push' }): Promise<Outcome> {
  const { worktree, branch, repository } = sessionOf(brain, effect.session);
  const { commit } = effect;
  return brain.gitQueue.add(repository.gitDir, async () => {
    const { remote, output } = await pushBranch(brain.git, { worktree, branch, commit });
    brain.outputs.set(effect.session, output);
    return { facts: [{ type: 'pushed', commit, remote }] };
  });
}

export async function runMerge(brain: Brain, effect: Effect & { type: 'merge' }): Promise<Outcome> {
  const { base, title, branch, repository } = sessionOf(brain, effect.session);
  const { gitDir } = repository;
  const { commit } = effect;
  return brain.gitQueue.add(gitDir, async () => {
    const { into } = await mergeBranch(brain.git, {
      gitDir,
      commit,
      into: base.ref,
      message: `Merge ${branch}: ${title}`,
    });
    return { facts: [{ type: 'merged', commit, into }] };
  });
}
