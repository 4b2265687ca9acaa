import type { NewSession } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { AgentChoice, Repository, Session } from '../../session/session.ts';

/**
 * What a session starts may do no more than itself: it chooses neither a command line nor a permission mode, lets nothing go and grants
 * nothing. Throws what it may not.
 */
export function checkChild(parent: Session, { agent, run, grants, adopt, fork }: NewSession): void {
  const refused = (what: string) => refusal(parent, what);
  if (run) throw refused('let a session go');
  if (adopt !== undefined) throw refused('adopt a conversation');
  if (fork !== undefined) throw refused('fork a conversation');
  if (grants && grants.length > 0) throw refused('grant rights');
  if (agent.command || agent.extra.length > 0) throw refused('choose a command line');
  if (agent.permissionMode !== undefined) throw refused('choose a permission mode');
  // A shell and a command line do what they are told, and nobody is asked.
  const isFree = agent.kind === 'shell' || agent.kind === 'command';
  if (isFree && agent.kind !== parent.agent.kind) throw refused(`start a session of the kind ${agent.kind}`);
}

/** One of its own kind is started as itself was; another as the user's settings say. */
export function childChoice(parent: Session, choice: AgentChoice): AgentChoice {
  if (choice.kind !== parent.agent.kind) return choice;
  const { command, permissionMode, extra } = parent.agent;
  return { ...choice, command, permissionMode, extra };
}

/** It may not even be able to write there itself. */
export function checkPlace(parent: Session, { gitDir }: Repository): void {
  if (gitDir !== parent.repository.gitDir) throw refusal(parent, 'start a session in another repository');
}

function refusal({ title }: Session, what: string): TuttiError {
  return new TuttiError(
    'conflict',
    `The session "${title}" may not ${what}: what it starts may do no more than itself. Tell the user what you would do.`,
  );
}
