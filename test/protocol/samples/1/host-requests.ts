import type {
  HostParams,
  HostRecord,
  HostRequests,
  HostStarted,
  HostStatus,
} from '../../../../source/protocol/host.ts';
import type { AsSent } from '../as-sent.ts';

type Samples = {
  readonly [Method in keyof HostRequests]: {
    readonly params: AsSent<HostRequests[Method]['params']>;
    readonly result: AsSent<HostRequests[Method]['result']>;
  };
};

/** All that a host of protocol 1 said of itself. */
export const HOST_STATUS: AsSent<HostStatus> = {
  session: 'ngmknk0pcr',
  name: 'agent-1',
  role: 'agent',
  hostPid: 10223,
  programPid: 10249,
  startedAt: 1795837620892,
  columns: 120,
  rows: 40,
  sequence: 1431,
  title: 'demo agent',
  modes: {
    alternateScreen: false,
    applicationCursor: false,
    applicationKeypad: false,
    bracketedPaste: true,
    focusEvents: false,
    colorScheme: false,
    mouse: 'none',
    mouseEncoding: 'default',
    kittyFlags: 0,
    modifyOtherKeys: 0,
    cursorVisible: true,
    cursorShape: 'block',
    cursorBlink: false,
    cursorChosen: false,
  },
  lease: { holder: 'automation', since: 1795837620892 },
  records: [{ state: 'done', id: '', app: 'tutti-demo', message: 'Done.', at: 1795837621116 }],
  events: [
    { n: 1, at: 1795837621078, type: 'title', title: 'demo agent' },
    {
      n: 2,
      at: 1795837621116,
      type: 'status',
      record: { state: 'done', id: '', app: 'tutti-demo', message: 'Done.', at: 1795837621116 },
    },
    { n: 3, at: 1795837621312, type: 'stirred' },
  ],
  changedAt: 1795837621312,
  settled: false,
  holding: [],
};

const EXIT = { code: 0, at: 1795837622167, lastLines: ['fine'] };
const SENT = { outcome: 'submitted', at: 1795837622167 } as const;

/** Each request to a host of protocol 1, with its answer. Never changed: hosts outlive many builds. */
export const HOST_REQUESTS: Samples = {
  'client/hello': {
    params: { protocol: 1, build: '0.1.0-abc', secret: 's3cret', client: 'tui-1-a1', kind: 'tui', capabilities: [] },
    result: { ...{ protocol: 1, build: '0.1.0-abc', capabilities: [] }, status: HOST_STATUS },
  },
  'client/leave': { params: null, result: null },
  'screen/watch': { params: { scrollback: 200 }, result: null },
  'screen/unwatch': { params: null, result: null },
  'screen/read': { params: { scrollback: 0 }, result: { lines: ['> '], sequence: 1431 } },
  'screen/draw': { params: { calmMs: 200 }, result: { rows: ['\x1b[0;1m> \x1b[0m'] } },
  'screen/test': { params: { rule: { match: '^>', region: { bottom: 3 } } }, result: { holds: true } },
  'event/watch': { params: null, result: HOST_STATUS },
  'input/write': { params: { operation: 'o1', by: 'automation', base64: 'eA==' }, result: SENT },
  'keys/press': {
    params: { operation: 'o3', shows: { all: [{ match: '1\\. Yes' }] }, base64: 'MQ==', timeoutMs: 4000 },
    result: SENT,
  },
  'server/read': { params: { paths: ['/permission'], timeoutMs: 2000 }, result: { found: [[{ id: 'per_1' }]] } },
  'server/answer': {
    params: {
      operation: 'o4',
      path: '/permission/per_1/reply',
      body: { reply: 'once' },
      taken: 'true',
      timeoutMs: 4000,
    },
    result: SENT,
  },
  'prompt/deliver': {
    params: {
      operation: 'ngmknm3t5x/0',
      by: 'person',
      text: 'Now the tests',
      ready: { match: '^>' },
      empty: { matchText: '^> $' },
      dialogs: [{ any: [{ match: 'Trust' }, { not: { match: 'x' } }] }],
      seen: { all: [{ match: 'tests' }] },
      bracketed: 'asked',
      enterAfterMs: 50,
      timeoutMs: 5000,
      enter: true,
    },
    result: { outcome: 'dialog', at: 1795837622167, detail: 'Trust' },
  },
  'prompt/cancel': { params: { operation: 'ngmknm3t5x/0' }, result: null },
  'prompt/putBack': { params: { operation: 'ngmknm3t5x/0' }, result: null },
  'operation/find': { params: { operation: 'ngmknm3t5x/0' }, result: { result: SENT } },
  'program/environment': { params: null, result: { PATH: '/usr/bin:/bin' } },
  'hook/answer': { params: { id: '72-PermissionRequest', text: '{}' }, result: { answered: true } },
  'lease/giveBack': { params: { operation: 'o2' }, result: { holder: 'automation', since: 1795837622167 } },
  'pty/resize': { params: { columns: 100, rows: 30, why: 'focused' }, result: { columns: 100, rows: 30 } },
  'terminal/describe': { params: { foreground: 'ffff/ffff/ffff', background: '0000/0000/0000' }, result: null },
  'process/signal': { params: { signal: 'SIGINT' }, result: null },
  'process/end': { params: { graceMs: 3000 }, result: EXIT },
  'exit/acknowledge': { params: null, result: null },
};

/** The line that a host of protocol 1 is started with. */
export const HOST_PARAMS: AsSent<HostParams> = {
  protocol: 1,
  session: 'ngmknk0pcr',
  name: 'agent-1',
  role: 'agent',
  bundle: '/home/ana/tutti/data/sessions/ngmknk0pcr/hosts/agent-1',
  socket: '/tmp/tutti-1000-abc/ngmknk0pcr-agent-1',
  secret: 's3cret',
  argv: ['/usr/bin/demo', '--instant'],
  cwd: '/home/ana/shop',
  env: { PATH: '/usr/bin:/bin' },
  columns: 120,
  rows: 40,
  scrollback: 1000,
  shell: false,
  terminalName: 'tutti(0.1.0)',
  wake: ['/usr/bin/node', '/home/ana/tutti/data/runtime/0.1.0-abc/daemon.mjs', '--wake'],
  wakeEnv: { HOME: '/home/ana' },
  settleMs: 3000,
  rules: [{ name: 'permission', rule: { match: 'Do you want' } }],
};

/** Its answer, one for each way. */
export const HOST_STARTED: readonly AsSent<HostStarted>[] = [
  { ok: true, hostPid: 10223, hostStart: 'boot/100', programPid: 10249 },
  { ok: false, reason: 'claimed', message: 'The bundle has a host already.' },
];

/** `host.json` of protocol 1. */
export const HOST_RECORD: AsSent<HostRecord> = {
  protocol: 1,
  build: '0.1.0-abc',
  session: 'ngmknk0pcr',
  name: 'agent-1',
  role: 'agent',
  argv: ['/usr/bin/demo', '--instant'],
  cwd: '/home/ana/shop',
  hostPid: 10223,
  hostStart: 'boot/100',
  programPid: 10249,
  programStart: 'boot/101',
  startedAt: 1795837620892,
  secret: 's3cret',
  runtime: '/home/ana/tutti/data/runtime/0.1.0-abc',
};
