import type { SessionView } from '../../protocol/daemon.ts';
import { shortId } from '../../session/id.ts';
import { STATUSES, type Status } from '../../session/status.ts';
import type { StatusReport } from '../../terminal/status-report.ts';
import { plain } from '../../text/plain.ts';
import { arrange, listedIds } from '../store/sections.ts';
import type { State } from '../store/state.ts';
import { fleetWords } from './fleet-words.ts';

/** Bounds of OSC 7501: records that every terminal keeps, ours included, and bytes of a title. */
const MOST_SESSIONS = 63;
const MOST_TITLE_BYTES = 192;

const ROOT = 'tutti';

/**
 * What tutti says of itself to the terminal that it runs in: a record for the fleet and one for each session, the most urgent first.
 * Words are our own: what an agent prints or asks goes no further than its pane. Empty until the fleet is known.
 */
export function fleetRecords(state: State): readonly StatusReport[] {
  const message = fleetWords(state);
  if (message === undefined) return [];
  // In the order of the list, whatever is filtered.
  const ids = listedIds(arrange({ ...state, filter: '', standing: undefined }));
  const all = [...state.sessions.keys()];
  const sessions = ids.flatMap(id => {
    const view = state.sessions.get(id);
    return view ? recordOf(view, `${ROOT}/${shortId(id, all)}`) : [];
  });
  const root = { state: mostUrgent(sessions, state), id: ROOT, app: 'tutti', message } as const;
  return [root, ...sessions.slice(0, MOST_SESSIONS)];
}

function recordOf(view: SessionView, id: string): readonly StatusReport[] {
  const { session, status, activity } = view;
  const state = stateOf(view);
  if (state === undefined) return [];
  const kind = state === 'blocked' ? KINDS[activity.kind ?? ''] : undefined;
  const app = session.agent.kind.replace(/[^\w.+-]/g, '').slice(0, 32);
  return [
    {
      state,
      id,
      ...(kind === undefined ? {} : { kind }),
      ...(app === '' ? {} : { app }),
      title: cutBytes(plain(session.title), MOST_TITLE_BYTES),
      message: STATUSES[status].word,
    },
  ];
}

/** What has been looked at is no news: then it only lies there, or says nothing any more. */
function stateOf({ session: { seenAt }, status, since }: SessionView): StatusReport['state'] | undefined {
  const isSeen = seenAt !== undefined && seenAt >= since;
  switch (status) {
    case 'needsYou':
      return 'blocked';
    case 'failed':
    case 'stalled':
      return 'error';
    case 'ready':
    case 'changesRequested':
      return isSeen ? 'idle' : 'done';
    case 'queued':
    case 'preparing':
    case 'working':
    case 'checking':
    case 'merging':
      return 'working';
    case 'idle':
    case 'paused':
      return 'idle';
    case 'exited':
    case 'merged':
      return isSeen ? undefined : 'done';
    case 'unknown':
    case 'archived':
      return undefined;
    default:
      return status satisfies never;
  }
}

const KINDS: Readonly<Record<string, NonNullable<StatusReport['kind']>>> = {
  permission: 'permission',
  plan: 'permission',
  question: 'question',
  auth: 'auth',
};

const URGENCY = ['blocked', 'error', 'done', 'working'] as const;

/** Of sessions in other repositories only the numbers are known. */
function mostUrgent(records: readonly StatusReport[], { counts }: State): StatusReport['state'] {
  const has = (...of: readonly Status[]) => of.some(status => (counts?.[status] ?? 0) > 0);
  const elsewhere = { blocked: has('needsYou'), error: has('failed', 'stalled'), working: has('working', 'checking') };
  return (
    URGENCY.find(state => records.some(record => record.state === state) || (state !== 'done' && elsewhere[state])) ??
    'idle'
  );
}

function cutBytes(text: string, most: number): string {
  let cut = text;
  while (Buffer.byteLength(cut) > most) cut = [...cut].slice(0, -1).join('');
  return cut;
}
