import { mergeBranch } from '../../git/merge.ts';
import { pushBranch } from '../../git/push.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { Effect } from '../../session/effect.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { gitForPerson } from '../git-for.ts';
import type { Outcome } from './outcome.ts';

/** Beside whatever else git does there: a network and hooks may take long, and nobody has to wait for them. */
export async function runPush(brain: Brain, effect: Effect & { type: 'push' }, signal: AbortSignal): Promise<Outcome> {
  const { worktree, branch, repository } = sessionOf(brain, effect.session);
  const { commit } = effect;
  const { remote, output } = await pushBranch(gitForPerson(brain, effect.session), {
    worktree,
    gitDir: repository.gitDir,
    branch,
    commit,
    signal,
  });
  return { facts: [{ type: 'pushed', commit, remote, output: output.slice(-MOST_OUTPUT) }] };
}

/** Of what servers and hooks say so much is kept: the address for a pull request comes last. */
const MOST_OUTPUT = 8000;

/** Into the branch that the session started from. One after the other, but beside everything else: hooks of the checkout run. */
export async function runMerge(
  brain: Brain,
  effect: Effect & { type: 'merge' },
  signal: AbortSignal,
): Promise<Outcome> {
  const { base, title, branch, repository } = sessionOf(brain, effect.session);
  const { gitDir } = repository;
  const { commit } = effect;
  const into = base.ref;
  return brain.mergeQueue.add(gitDir, async () => {
    const message = `Merge ${branch}: ${title}\n`;
    const wanted = { gitDir, branch, commit, into, message, signal };
    const merged = await mergeBranch(gitForPerson(brain, effect.session), wanted);
    if (merged.result === 'merged') return { facts: [{ type: 'merged', commit, into }] };
    const files = merged.files.slice(0, 3).join(', ');
    const more = merged.files.length > 3 ? ` and ${merged.files.length - 3} more` : '';
    throw new TuttiError(
      'conflict',
      `Could not merge ${branch} into ${into}: ${files}${more} conflict. Send it back to bring its branch up to date.`,
    );
  });
}
