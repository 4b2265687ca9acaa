import { agentFor } from '../agents/described.ts';
import type { ReadHistory } from '../records/histories.ts';
import type { History } from '../session/history.ts';
import type { Session } from '../session/session.ts';
import { profileOf } from '../store/profile-of.ts';
import type { Brain } from './brain.ts';

/**
 * Milliseconds after which a record is read again that had no end of the turn yet: an agent shows that it is done, or that it has failed,
 * before it has written so.
 */
export const AGAIN_AFTER_MS = [250, 1_000, 4_000] as const;

/** What the agent has written down of a session's conversation, or a sentence that says why there is nothing. */
export async function historyOf(brain: Brain, session: Session): Promise<ReadHistory | { readonly why: string }> {
  const { records, name } = agentFor(session.agent);
  const { title } = session;
  if (!records) return { why: `tutti can't read what ${name} writes down, so "${title}" has no history.` };
  const folder = session.records ?? records.folder(await environmentOf(brain, session));
  const found = await brain.histories.read({ records, folder, id: session.conversation, cwd: session.worktree });
  return found ?? { why: `${name} has written down nothing of "${title}" in ${folder} yet.` };
}

/** The same where it is one of several things that are told: a record that can't be read is none. */
export async function historyIfAny(brain: Brain, session: Session): Promise<History | undefined> {
  try {
    const found = await historyOf(brain, session);
    return 'why' in found ? undefined : found.history;
  } catch (err) {
    brain.log.info({ session: session.id, err }, 'the record of a session could not be read');
    return undefined;
  }
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
