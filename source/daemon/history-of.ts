import type { AgentRecords } from '../agents/agent-records.ts';
import { agentFor } from '../agents/described.ts';
import type { ReadHistory } from '../records/histories.ts';
import type { History } from '../session/history.ts';
import { joinHistories } from '../session/join-histories.ts';
import type { Session } from '../session/session.ts';
import { profileOf } from '../store/profile-of.ts';
import type { Brain } from './brain.ts';

/**
 * Milliseconds after which a record is read again that had no end of the turn yet: an agent shows that it is done, or that it has failed,
 * before it has written so.
 */
export const AGAIN_AFTER_MS = [250, 1_000, 4_000] as const;

/** What the agent has written down of a session, or a sentence that says why there is nothing. */
export type Found = ReadHistory | { readonly why: string };

/** Of all its conversations, the earlier ones first. Of those one that can't be read any more is left out. */
export async function historyOf(brain: Brain, session: Session): Promise<Found> {
  const earlier = await earlierOf(brain, session);
  const now = await historyOfNow(brain, session);
  const found = 'why' in now ? undefined : now;
  const history = joinHistories(
    earlier.map(each => each.history),
    found?.history,
  );
  const file = (found ?? earlier.at(-1))?.file;
  return history && file !== undefined ? { history, file } : now;
}

/** Of the conversation that it has now alone. */
export async function historyOfNow(brain: Brain, session: Session): Promise<Found> {
  const { records, name } = agentFor(session.agent);
  const { title } = session;
  if (!records) return { why: `tutti can't read what ${name} writes down, so "${title}" has no history.` };
  const folder = session.records ?? (await folderOf(brain, session, records));
  const found = await brain.histories.read({ records, folder, id: session.conversation, cwd: session.worktree });
  return found ?? { why: `${name} has written down nothing of "${title}" in ${folder} yet.` };
}

/** The same where it is one of several things that are told: a record that can't be read is none. */
export async function historyIfAny(brain: Brain, session: Session, read = historyOf): Promise<History | undefined> {
  try {
    const found = await read(brain, session);
    return 'why' in found ? undefined : found.history;
  } catch (err) {
    brain.log.info({ session: session.id, err }, 'the record of a session could not be read');
    return undefined;
  }
}

/** An agent of which only the newest record is known has no others. */
async function earlierOf(brain: Brain, session: Session): Promise<readonly ReadHistory[]> {
  const { records } = agentFor(session.agent);
  const { earlier = [] } = session;
  if (!records || records.newest || earlier.length === 0) return [];
  const found: ReadHistory[] = [];
  for (const { id, records: kept } of earlier) {
    try {
      const folder = kept ?? (await folderOf(brain, session, records));
      // By its id alone: in place of one that is gone nothing else of the folder is meant.
      const read = await brain.histories.read({ records, folder, id, cwd: '' });
      if (read) found.push(read);
    } catch (err) {
      brain.log.info({ session: session.id, conversation: id, err }, 'an earlier conversation could not be read');
    }
  }
  return found;
}

async function folderOf(brain: Brain, session: Session, records: AgentRecords): Promise<string> {
  return records.folder(await environmentOf(brain, session));
}

/** Started before its folder was written down: its host knows its environment, else it is that of a client or of this daemon. */
async function environmentOf({ environments, hosts, settings, system }: Brain, session: Session) {
  const ofHost =
    session.host.state === 'running' ? await environments.ofAgent(session.id, session.host.name, hosts) : undefined;
  if (ofHost) return ofHost;
  const env = environments.ofPerson(session.id) ?? { HOME: system.home, ...system.env };
  const { environment } = profileOf(await settings(), session.agent, env.HOME ?? system.home);
  return { ...env, ...environment };
}
