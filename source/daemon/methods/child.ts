import type { NewSession } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { AgentChoice, Repository, Session } from '../../session/session.ts';

/** Each part of what can be asked for, with what a session may not by it; undefined: it chooses that, or it is looked at below. */
const REFUSED: Readonly<Record<keyof NewSession, string | undefined>> = {
  operation: undefined,
  title: undefined,
  branch: undefined,
  existingBranch: undefined,
  base: undefined,
  prompt: undefined,
  columns: undefined,
  rows: undefined,
  // Looked at in `checkPlace`.
  path: undefined,
  agent: undefined,
  // That of its starter is taken (`environmentFor`).
  env: undefined,
  run: 'let a session go',
  adopt: 'adopt a conversation',
  adoptOpen: 'adopt a conversation',
  fork: 'fork a conversation',
  grants: 'grant rights',
};

/** What a session starts may do no more than itself. Throws what it may not. */
export function checkChild(parent: Session, wanted: NewSession): void {
  const { agent } = wanted;
  const refused = (what: string) => refusal(parent, what);
  for (const [part, what] of Object.entries(REFUSED)) {
    if (what !== undefined && wanted[part as keyof NewSession] !== undefined) throw refused(what);
  }
  if (agent.command || agent.extra.length > 0) throw refused('choose a command line');
  if (agent.permissionMode !== undefined) throw refused('choose a permission mode');
  // It is another account; that of its starter is taken.
  if (agent.profile !== undefined) throw refused('choose a profile');
  // A shell and a command line do what they are told, and nobody is asked.
  const isFree = agent.kind === 'shell' || agent.kind === 'command';
  if (isFree && agent.kind !== parent.agent.kind) throw refused(`start a session of the kind ${agent.kind}`);
}

/** One of its own kind is started as itself was; another as the user's settings say. */
export function childChoice(parent: Session, choice: AgentChoice): AgentChoice {
  if (choice.kind !== parent.agent.kind) return choice;
  const { command, permissionMode, extra, profile } = parent.agent;
  return { ...choice, command, permissionMode, extra, ...(profile === undefined ? {} : { profile }) };
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
