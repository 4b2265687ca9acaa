import type { Why } from '../../protocol/daemon.ts';
import type { SessionEvent } from '../../session/event.ts';
import { usageWords } from '../../session/history-words.ts';
import type { Session } from '../../session/session.ts';
import { profileNamed } from '../../store/profile-of.ts';
import type { Daemon } from '../daemon.ts';
import { eventText } from '../event-text.ts';
import { historyIfAny } from '../history-of.ts';
import { personHolds } from '../observe.ts';
import { recordWords } from '../record-words.ts';
import { reportedWords } from '../reported-words.ts';

/** So many of its newest events are told. */
const HISTORY = 100;

/** The evidence behind a status: every source's claim with its age, then what has happened and what its program reported. */
export async function whyOf(daemon: Daemon, session: Session): Promise<Why> {
  const view = daemon.view(session);
  const { run, outbox, lifeAt } = session;
  const lines: Why['lines'][number][] = view.activity.evidence.map(({ source, claim, at, agrees }) => ({
    source,
    claim,
    at,
    agrees,
  }));
  lines.push({ source: 'ledger', claim: recordWords(session), at: lifeAt, agrees: true });
  lines.push(...(await profileLine(daemon, session)));
  const { status } = daemon.loop.sight(session);
  if (status && personHolds(status)) {
    lines.push({ source: 'lease', claim: 'a person has the keys', at: status.lease.since, agrees: true });
  }
  if (run)
    lines.push({
      source: 'run',
      claim: `${run.stage.name}, attempt ${run.attempt} of ${run.limits.attempts}`,
      at: run.startedAt,
      agrees: true,
    });
  if (run?.held) lines.push({ source: 'run', claim: `held: ${run.held.text}`, at: run.held.at, agrees: true });
  const prompt = outbox.findLast(({ state }) => state !== 'begun' && state !== 'withdrawn');
  if (prompt) {
    const why = prompt.why === undefined ? '' : `: ${prompt.why}`;
    lines.push({ source: 'outbox', claim: `prompt ${prompt.state}${why}`, at: prompt.stateAt, agrees: true });
  }
  lines.push(...(await usageLine(daemon, session)));
  const happened = daemon.brain.ledger
    .history(session.id, HISTORY)
    .map(event => ({ at: happenedAt(event), text: eventText(event) }));
  const reported = (status?.events ?? []).flatMap(event => {
    const text = reportedWords(event);
    return text === undefined ? [] : [{ at: event.at, text }];
  });
  // What the program said lies between what happened to its session.
  const history = [...happened, ...reported.slice(-HISTORY)].toSorted((a, b) => a.at - b.at);
  return { view, lines, history };
}

/** What its host saw has the host's time: a quick agent may have reported before the daemon had noted its start. */
function happenedAt(event: SessionEvent): number {
  switch (event.type) {
    case 'hostStarted':
      return event.startedAt;
    case 'turnBegun':
      return event.begunAt;
    default:
      return event.at;
  }
}

/** The profile that it is started with, as the settings have it now: names alone, values may be secrets. */
async function profileLine({ brain }: Daemon, { agent, createdAt }: Session): Promise<Why['lines']> {
  const { profile } = agent;
  if (profile === undefined) return [];
  const own = profileNamed(await brain.settings(), profile);
  const names = Object.keys(own?.environment ?? {});
  const claim = own
    ? [profile, ...(names.length > 0 ? [`with its own ${names.join(', ')}`] : [])].join(', ')
    : `${profile}, which your settings do not have any more: it can't be started again as it is`;
  return [{ source: 'profile', claim, at: createdAt, agrees: own !== undefined }];
}

/** What its conversation has taken, where its agent has written that down. */
async function usageLine({ brain }: Daemon, session: Session): Promise<Why['lines']> {
  const history = await historyIfAny(brain, session);
  if (!history) return [];
  const at = history.turns.at(-1)?.until ?? session.createdAt;
  return [{ source: 'record', claim: usageWords(history), at, agrees: true }];
}
