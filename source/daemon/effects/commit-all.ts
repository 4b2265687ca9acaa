import { commitAll, findCommitOn } from '../../git/commit.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { Effect } from '../../session/effect.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { gitForPerson } from '../git-for.ts';
import { noteOfLeftOut } from './commit-run.ts';
import type { Outcome } from './outcome.ts';

/** What a person is told of a hook that refuses: its last lines. */
const HOOK_LINES = 5;

/** Commits for a person all that is in the worktree, with the repository's hooks and the message as it was given. */
export async function runCommitAll(
  brain: Brain,
  effect: Effect & { type: 'commitAll' },
  signal: AbortSignal,
): Promise<Outcome> {
  const { worktree, branch, title } = sessionOf(brain, effect.session);
  const { message, tip } = effect;
  const done = await findCommitOn(brain.git, { worktree, tip, message });
  if (done) return { facts: [{ type: 'committed', commit: done }] };
  const made = await commitAll(gitForPerson(brain, effect.session), {
    worktree,
    branch,
    message,
    trailers: {},
    signal,
  });
  switch (made.result) {
    case 'committed':
      return { facts: [{ type: 'committed', commit: made.commit }], notes: made.leftOut.map(noteOfLeftOut) };
    case 'nothing':
      throw new TuttiError('conflict', `There is nothing to commit in "${title}".`);
    case 'hookFailed': {
      const said = made.output.split('\n').slice(-HOOK_LINES).join('\n');
      throw new TuttiError('conflict', `A hook refused the commit of "${title}": ${said}`);
    }
    default:
      return made satisfies never;
  }
}
