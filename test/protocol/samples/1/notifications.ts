import type { DaemonNotifications } from '../../../../source/protocol/daemon.ts';
import type { HostEvent, HostNotifications } from '../../../../source/protocol/host.ts';
import type { AsSent } from '../as-sent.ts';
import { DAEMON_REQUESTS } from './daemon-requests.ts';
import { VIEW } from './session.ts';

const { counts, notices } = DAEMON_REQUESTS['fleet/list'].result;

/** What a daemon of protocol 1 tells by itself. */
export const DAEMON_NOTIFICATIONS: { readonly [Name in keyof DaemonNotifications]: AsSent<DaemonNotifications[Name]> } =
  {
    'session/changed': VIEW,
    'session/removed': { id: 'ngmknk0pcr' },
    'fleet/counted': { counts },
    'notice/raised': notices[0] ?? { id: 2, at: 2, tone: 'info', text: 'x' },
    'repository/changed': DAEMON_REQUESTS['repository/describe'].result,
    'daemon/ending': null,
    'environment/wanted': null,
  };

const EXIT = { code: 0, at: 1795837622167, lastLines: ['fine'] };

/** Each event of a host of protocol 1. */
export const HOST_EVENTS: {
  readonly [Type in HostEvent['type']]: AsSent<Extract<HostEvent, { readonly type: Type }>>;
} = {
  status: {
    n: 4,
    at: 10,
    type: 'status',
    record: { state: 'blocked', id: 'a', kind: 'question', message: 'Which?', at: 10 },
  },
  title: { n: 5, at: 10, type: 'title', title: 'demo agent' },
  progress: { n: 6, at: 10, type: 'progress', state: 1, percent: 40 },
  notification: { n: 7, at: 10, type: 'notification', title: 'demo', body: 'look' },
  bell: { n: 8, at: 10, type: 'bell' },
  shellMark: { n: 9, at: 10, type: 'shellMark', mark: 'D', exitCode: 1 },
  stirred: { n: 10, at: 10, type: 'stirred' },
  settled: { n: 11, at: 10, type: 'settled' },
  ruleChanged: { n: 12, at: 10, type: 'ruleChanged', rule: 'permission', holds: true },
  submitted: { n: 13, at: 10, type: 'submitted', by: 'automation', operation: 'ngmknm3t5x/0' },
  draftStands: { n: 19, at: 10, type: 'draftStands', operation: 'ngmknm3t5x/0' },
  hook: {
    n: 17,
    at: 10,
    type: 'hook',
    report: { id: '71-Stop', name: 'Stop', at: 10, asks: false, data: { last_assistant_message: 'Done' } },
  },
  hookClosed: { n: 18, at: 10, type: 'hookClosed', id: '72-PermissionRequest' },
  leaseTaken: { n: 14, at: 10, type: 'leaseTaken', client: 'tui-1-a1' },
  leaseGivenBack: { n: 15, at: 10, type: 'leaseGivenBack' },
  exited: { n: 16, at: 10, type: 'exited', exit: EXIT },
};

/** What a host of protocol 1 tells by itself. */
export const HOST_NOTIFICATIONS: { readonly [Name in keyof HostNotifications]: AsSent<HostNotifications[Name]> } = {
  'event/happened': HOST_EVENTS.status,
  'screen/resized': { sequence: 1431, columns: 100, rows: 30 },
  'lease/changed': { holder: 'person', since: 10, client: 'tui-1-a1' },
  'program/exited': EXIT,
};
