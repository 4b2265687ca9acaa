import { agentFor } from '../../agents/described.ts';
import { promptAfterLimit } from '../../pipeline/run-prompt.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import { copyRecord } from '../../records/copy-record.ts';
import type { Effect } from '../../session/effect.ts';
import { profileOf } from '../../store/profile-of.ts';
import { killPoint } from '../../system/kill-point.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { endHost } from '../end-hosts.ts';
import { freshId } from '../fresh-id.ts';
import { NO_ENVIRONMENT, type Outcome } from './outcome.ts';

type ChangeProfile = Effect & { type: 'changeProfile' };

/**
 * Its agent is ended first, so that its record is whole; then the record is copied into the folder of the other account. The old one stays
 * where it is. Done again after a crash, it finds the agent ended and the copy there.
 */
export async function runChangeProfile(brain: Brain, effect: ChangeProfile): Promise<Outcome> {
  const session = sessionOf(brain, effect.session);
  const { agent, host, title, conversation: id, worktree: cwd } = session;
  const seat = brain.environments.seatOf(session.id);
  if (!seat) return { later: NO_ENVIRONMENT };
  const { profile } = effect;
  const to = profileOf(await brain.settings(), { ...agent, profile }, seat.env.HOME ?? brain.system.home);
  const { records } = agentFor(agent);
  const from = session.records;
  if (!records?.movable || from === undefined)
    throw new TuttiError(
      'notSupported',
      `"${title}" can't go on by the profile ${profile}: it is not known where its conversation is kept.`,
    );
  const folder = records.folder({ ...seat.env, ...to.environment });
  if (host.state === 'running') await endHost(brain, session.id, host.name);
  killPoint('daemon:changeProfile:ended');
  await copyRecord({ parts: records.file({ id, cwd }), from, to: folder });
  // Paused, killed or taken over meanwhile: it stays with the profile that it had.
  const now = brain.ledger.session(session.id);
  if (now?.life.name !== 'live' || now.run?.held?.profile !== profile) return { facts: [] };
  const prompt = freshId(brain.system);
  return {
    facts: [
      { type: 'profileChanged', profile },
      { type: 'runPrompted', prompt, text: promptAfterLimit(), anew: false, afterLimit: true },
    ],
  };
}
