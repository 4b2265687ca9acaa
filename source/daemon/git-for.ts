import { type Git, openGit } from '../git/git.ts';
import type { Session } from '../session/session.ts';
import type { Brain } from './brain.ts';

/**
 * Git for what a person asked for: hooks, keys and credentials as in that person's terminal, as the daemon's own may be days old. After a
 * crash that of the newest client; only where none has come the daemon's.
 */
export function gitForPerson(brain: Brain, session: string): Git {
  return gitWith(brain, brain.environments.ofPerson(session));
}

/**
 * Git for what a run does by itself: as the agent was started, like its checks. Undefined: its agent is gone, and no client has given an
 * environment yet. Never a person's as it is: the hooks are code of the worktree.
 */
export async function gitForRun(brain: Brain, { id, host }: Session): Promise<Git | undefined> {
  const name = host.state === 'none' ? undefined : host.name;
  const env = name === undefined ? undefined : await brain.environments.ofAgent(id, name, brain.hosts);
  return env && gitWith(brain, env);
}

/** No host has this name, so a mark of it is of no start: a `tutti` that has it may do nothing. */
const NO_START = 'worktree';

/**
 * Git for the making of a worktree: in the environment that its session is to start in. Its hook, and the filters of its checkout, may be
 * code of the branch, which an agent may have written: what they start is nobody's. Undefined: no client has given an environment yet.
 */
export function gitForWorktree(brain: Brain, session: string): Git | undefined {
  const seat = brain.environments.seatOf(session);
  return seat && gitWith(brain, { ...seat.env, ...brain.mark(session, NO_START) });
}

function gitWith(brain: Brain, env: Readonly<Record<string, string>> | undefined): Git {
  return env ? openGit({ env, program: brain.git.program }) : brain.git;
}
