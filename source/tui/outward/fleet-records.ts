import type { Fleet, SessionView } from '../../protocol/daemon.ts';
import { isSeen } from '../../session/derive-status.ts';
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
  const { counts } = state;
  if (!counts) return [];
  // In the order of the list, whatever is filtered.
  const ids = listedIds(arrange({ ...state, filter: '', standing: undefined }));
  const all = [...state.sessions.keys()];
  const sessions = ids.flatMap(id => {
    const view = state.sessions.get(id);
    return view ? recordOf(view, `${ROOT}/${shortId(id, all)}`) : [];
  });
  const message = fleetWords(counts) || 'nothing needs you';
  const root = { state: mostUrgent(sessions, counts), id: ROOT, app: 'tutti', message } as const;
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

/** By status; undefined: nothing is said of it. */
const STATES: Readonly<Record<Status, StatusReport['state'] | undefined>> = {
  needsYou: 'blocked',
  failed: 'error',
  stalled: 'error',
  ready: 'done',
  changesRequested: 'done',
  queued: 'working',
  preparing: 'working',
  working: 'working',
  checking: 'working',
  merging: 'working',
  idle: 'idle',
  unknown: undefined,
  // The user knows of it and wants to hear no more for now.
  snoozed: undefined,
  paused: 'idle',
  exited: 'done',
  merged: 'done',
  archived: undefined,
};

/** An end that has been looked at is no news: what waits for a verdict only lies there then, what is over says nothing any more. */
function stateOf({ session, status, since }: SessionView): StatusReport['state'] | undefined {
  const state = STATES[status];
  if (state !== 'done' || !isSeen(session, since)) return state;
  return STATUSES[status].group === 'ready' ? 'idle' : undefined;
}

const KINDS: Readonly<Record<string, NonNullable<StatusReport['kind']>>> = {
  permission: 'permission',
  plan: 'permission',
  question: 'question',
  auth: 'auth',
};

const URGENCY = ['blocked', 'error', 'done', 'working'] as const;

/** Of sessions in other repositories only the numbers are known, and not whether an end was looked at. */
function mostUrgent(records: readonly StatusReport[], counts: Fleet['counts']): StatusReport['state'] {
  const elsewhere = Object.entries(counts).flatMap(([status, count]) => (count > 0 ? STATES[status as Status] : []));
  const said = [...records.map(({ state }) => state), ...elsewhere.filter(state => state !== 'done')];
  return URGENCY.find(state => said.includes(state)) ?? 'idle';
}

function cutBytes(text: string, most: number): string {
  let cut = text;
  while (Buffer.byteLength(cut) > most) cut = [...cut].slice(0, -1).join('');
  return cut;
}
