import type { Environment } from '../agents/environment.ts';
import { agentOf } from '../agents/index.ts';
import { recordOf } from '../records/record-of.ts';
import { conversationsOf } from '../session/conversations-of.ts';
import type { Session } from '../session/session.ts';
import type { Brain } from './brain.ts';

/**
 * The record of the conversation that a session begins as a fork of, for an agent that makes its copy of that (`adoptsCopy`). Undefined once it
 * has written anything for the session's worktree: the copy is made by then, and has gone on.
 */
export async function copiedRecord(
  { ledger }: Pick<Brain, 'ledger'>,
  { agent, conversation, forks, worktree }: Pick<Session, 'agent' | 'conversation' | 'forks' | 'worktree'>,
  env: Environment,
): Promise<string | undefined> {
  const { records, adoptsCopy } = agentOf(agent.kind);
  if (!adoptsCopy || !records || forks === undefined) return undefined;
  const kept = { records, folder: records.folder(env) };
  if (records.newest && (await recordOf(kept, { id: conversation, cwd: worktree })) !== undefined) return undefined;
  // One that began elsewhere is no session's: its id alone tells which it is.
  const origin = ledger.sessions().find(each => conversationsOf(each).includes(forks));
  return recordOf(kept, { id: forks, cwd: origin?.worktree ?? '' });
}
