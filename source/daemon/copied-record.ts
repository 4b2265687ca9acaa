import type { Environment } from '../agents/environment.ts';
import { agentOf } from '../agents/index.ts';
import { recordOf } from '../records/record-of.ts';
import type { Session } from '../session/session.ts';

/**
 * The record that an agent is to copy an adopted conversation from (`adoptsCopy`). Undefined once it has written anything for the session's
 * worktree: the copy is made by then, and has gone on. Of a session that was not adopted nothing has its id.
 */
export async function copiedRecord(
  { agent, conversation: id, worktree }: Pick<Session, 'agent' | 'conversation' | 'worktree'>,
  env: Environment,
): Promise<string | undefined> {
  const { records, adoptsCopy } = agentOf(agent.kind);
  if (!adoptsCopy || !records) return undefined;
  const kept = { records, folder: records.folder(env) };
  if ((await recordOf(kept, { id, cwd: worktree })) !== undefined) return undefined;
  return recordOf(kept, { id, cwd: '' });
}
