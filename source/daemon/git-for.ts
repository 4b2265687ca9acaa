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

function gitWith(brain: Brain, env: Readonly<Record<string, string>> | undefined): Git {
  return env ? openGit({ env, program: brain.git.program }) : brain.git;
}
