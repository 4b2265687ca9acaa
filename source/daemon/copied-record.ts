import type { Environment } from '../agents/environment.ts';
import { agentOf } from '../agents/index.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { recordOf } from '../records/record-of.ts';
import { conversationsOf, forkedBy } from '../session/conversations-of.ts';
import type { Session } from '../session/session.ts';
import type { Brain } from './brain.ts';

/**
 * The record of which an agent makes the copy that a session begins with (`adoptsCopy`). Undefined: there is none to be made, as it has written
 * something for the session's worktree. Throws where the record is not there any more.
 */
export async function copiedRecord(
  { ledger }: Pick<Brain, 'ledger'>,
  session: Session,
  env: Environment,
): Promise<string | undefined> {
  const { agent, conversation, worktree } = session;
  const { records, adoptsCopy, name } = agentOf(agent.kind);
  const forks = forkedBy(session);
  if (adoptsCopy !== 'atStart' || !records || forks === undefined) return undefined;
  const folder = records.folder(env);
  if ((await recordOf({ records, folder }, { id: conversation, cwd: worktree })) !== undefined) return undefined;
  // One that began elsewhere is no session's: its id alone tells which it is.
  const origin = ledger.sessions().find(each => conversationsOf(each).includes(forks));
  const place = { id: forks, cwd: origin?.worktree ?? '' };
  const record = await recordOf({ records, folder: origin?.records ?? folder }, place);
  if (record !== undefined) return record;
  throw new TuttiError('notFound', `Could not copy the conversation: ${name} has no record of it any more.`);
}
