import type { DaemonRequests } from '../../../../source/protocol/daemon.ts';
import type { AsSent } from '../as-sent.ts';
import { SESSION, VIEW } from './session.ts';

type Samples = {
  readonly [Method in keyof DaemonRequests]: {
    readonly params: AsSent<DaemonRequests[Method]['params']>;
    readonly result: AsSent<DaemonRequests[Method]['result']>;
  };
};

const COUNTS = {
  needsYou: 0,
  failed: 0,
  stalled: 0,
  ready: 1,
  changesRequested: 0,
  queued: 0,
  preparing: 0,
  working: 0,
  checking: 0,
  merging: 0,
  idle: 0,
  unknown: 0,
  paused: 0,
  exited: 0,
  merged: 0,
  archived: 0,
};
const REPOSITORY = {
  repository: { gitDir: '/home/ana/shop/.git', root: '/home/ana/shop', name: 'shop' },
  head: { ref: 'main', commit: '743b4db3ffa35708f6856d876054d391aa3a5f53', committedAt: 1795837617000 },
  branches: [
    {
      name: 'root/fix-the-cart',
      checkedOut: '/home/ana/tutti/data/worktrees/shop-ce29db6a/root-fix-the-cart-ngmknk0pcr',
    },
    { name: 'main', checkedOut: '/home/ana/shop' },
    { name: 'main', remote: 'origin' },
  ],
  uncommittedFiles: 0,
  empty: false,
};
const NOTICE = {
  id: 1,
  at: 1795837622558,
  tone: 'failure',
  text: '"Fix the cart" has lost its agent.',
  session: 'ngmknk0pcr',
} as const;
const FLEET = { sessions: [VIEW], counts: COUNTS, notices: [NOTICE], repository: REPOSITORY };
const CHOICE = { key: '1', label: 'Yes', opens: false };
const ACT = { operation: 'command-1-a1/1', session: 'ngmknk0pcr' };
const ENV = { PATH: '/usr/bin:/bin', HOME: '/home/ana' };
const RULE = {
  id: '4f0c11aa',
  command: 'npm test',
  match: 'exact',
  agent: 'claude',
  where: { in: 'repository', gitDir: '/home/ana/shop/.git', name: 'shop' },
  madeAt: 1795837621000,
  used: 2,
  usedAt: 1795837622000,
} as const;
const TURN = {
  at: 1795837621000,
  prompt: 'Fix it',
  tools: [{ name: 'Bash', what: 'npm test' }],
  toolCount: 1,
  said: 'Fixed.',
  until: 1795837622000,
  end: 'done',
  tokens: { input: 900, cached: 800, output: 40 },
} as const;
const DONE = { params: ACT, result: VIEW };

/** Each request to a daemon of protocol 1, with its answer. Never changed: what was said then has to be understood for ever. */
export const DAEMON_REQUESTS: Samples = {
  'client/hello': {
    params: { protocol: 1, build: '0.1.0-abc', secret: 's3cret', client: 'tui-1-a1', kind: 'tui', capabilities: [] },
    result: { protocol: 1, build: '0.1.0-abc', capabilities: [] },
  },
  'client/offer': { params: { env: ENV }, result: null },
  'daemon/status': {
    params: null,
    result: {
      pid: 10004,
      build: '0.1.0-8a3b37b39271',
      protocol: 1,
      startedAt: 1795837619423,
      clients: 1,
      hosts: 1,
      sessions: 1,
      data: '/home/ana/tutti/data',
    },
  },
  'daemon/stop': { params: null, result: null },
  'fleet/watch': { params: { path: '/home/ana/shop' }, result: FLEET },
  'fleet/list': { params: { all: true }, result: FLEET },
  'agent/list': {
    params: { env: ENV },
    result: [
      {
        kind: 'claude',
        name: 'claude',
        installed: false,
        install: 'npm install -g @anthropic-ai/claude-code',
        isDemo: false,
        cannot: {},
        permissionModes: ['manual', 'acceptEdits', 'plan', 'auto', 'dontAsk', 'bypassPermissions'],
      },
    ],
  },
  'repository/describe': { params: { path: '/home/ana/shop' }, result: REPOSITORY },
  'repository/begin': { params: { operation: 'tui-1-a1/2', path: '/home/ana/shop' }, result: REPOSITORY },
  'file/find': {
    params: { session: '4k2m8q9rst', letters: 'cart', most: 6 },
    result: { paths: ['source/cart.ts'] },
  },
  'session/create': {
    params: {
      operation: 'tui-1-a1/3',
      path: '/home/ana/shop',
      title: 'Fix the cart',
      agent: { kind: 'demo', permissionMode: 'plan', model: 'big', command: ['demo', '--fast'], extra: ['--instant'] },
      branch: 'ana/fix-the-cart',
      base: 'main',
      prompt: 'Look at it first',
      run: { goal: 'Fix it', check: 'npm test', attempts: 3, minutes: 60 },
      grants: ['read'],
      env: ENV,
      columns: 120,
      rows: 40,
    },
    result: VIEW,
  },
  'session/show': { params: { session: 'ngmk' }, result: { ...VIEW, session: SESSION } },
  'session/rename': { params: { ...ACT, title: 'Fix the whole cart' }, result: VIEW },
  'session/kill': DONE,
  'session/pause': DONE,
  'session/resume': { params: { ...ACT, onto: 'own', env: ENV }, result: VIEW },
  'session/restart': { params: { ...ACT, env: ENV }, result: VIEW },
  'session/undo': { params: { ...ACT, env: ENV, scope: { all: true } }, result: VIEW },
  'session/ask': {
    params: { operation: 'command-1-a1/1', question: 'Which one?', choices: ['npm', 'pnpm'] },
    result: { choice: CHOICE },
  },
  'session/report': { params: { state: 'working', message: '3 of 9' }, result: null },
  'session/allow': { params: { ...ACT, grants: ['read', 'spawn'] }, result: VIEW },
  'session/why': {
    params: { session: 'Fix the cart' },
    result: {
      view: VIEW,
      lines: [
        { source: 'osc7501', claim: 'done, "Done."', at: 1795837621116, agrees: true },
        { source: 'output', claim: 'nothing was sent to it yet', at: 1795837621312, agrees: true },
      ],
      history: [
        { at: 1795837620076, text: 'created on root/fix-the-cart from main' },
        { at: 1795837620076, text: 'let go, check: echo fine' },
      ],
    },
  },
  'session/wrong': {
    params: { session: 'ngmk', note: 'it asks' },
    result: { folder: '/home/dev/.local/state/tutti/reports/20261128-151203-claude-7k2m' },
  },
  'session/diff': {
    params: { session: 'ngmk' },
    result: {
      patch: 'diff --git a/word b/word',
      base: '743b4db3ffa35708f6856d876054d391aa3a5f53',
      head: '57317dd0f8a110930984ed9af523c94a22b0e8fe',
      truncated: false,
    },
  },
  'session/see': { params: { session: 'ngmk' }, result: null },
  'session/unsee': DONE,
  'session/snooze': { params: { ...ACT, item: 'ready 1795837622558', until: 1795841222558 }, result: VIEW },
  'session/wake': DONE,
  'shell/open': {
    params: { ...ACT, env: ENV, columns: 80, rows: 24 },
    result: {
      role: 'shell',
      name: 'shell-1',
      bundle: '/home/ana/tutti/data/sessions/ngmknk0pcr/hosts/shell-1',
      running: true,
    },
  },
  'prompt/send': {
    params: { ...ACT, text: 'Now the tests', interrupt: true },
    result: { ...VIEW, prompt: 'ngmknm3t5x' },
  },
  'prompt/withdraw': { params: { ...ACT, prompt: 'ngmknm3t5x' }, result: { ...VIEW, text: 'Now the tests' } },
  'client/active': { params: null, result: null },
  'question/read': {
    params: { session: 'ngmknk0pcr' },
    result: { question: { id: '0af3', kind: 'permission', text: 'rm x', body: ['rm x'], choices: [CHOICE] } },
  },
  'question/answer': {
    params: { ...ACT, question: '0af3', choice: '1', byKey: true },
    result: { view: VIEW, choice: CHOICE },
  },
  'rule/list': { params: null, result: { rules: [RULE] } },
  'rule/add': {
    params: {
      operation: ACT.operation,
      command: 'npm test',
      match: 'exact',
      agent: 'claude',
      where: 'repository',
      session: 'ngmknk0pcr',
      path: '/home/ana/shop',
    },
    result: { rule: RULE },
  },
  'rule/remove': { params: { operation: ACT.operation, id: '4f0c11aa' }, result: { rule: RULE } },
  'run/start': { params: { ...ACT, goal: 'Fix it', check: 'npm test', attempts: 3, minutes: 60 }, result: VIEW },
  'run/giveBack': DONE,
  'run/takeOver': DONE,
  'run/sendBack': { params: { ...ACT, remark: 'Shorter' }, result: VIEW },
  'branch/commit': {
    params: { ...ACT, message: 'Fix the cart' },
    result: { view: VIEW, commit: '57317dd0f8a110930984ed9af523c94a22b0e8fe' },
  },
  'branch/push': {
    params: { ...ACT, commit: '57317dd0f8a110930984ed9af523c94a22b0e8fe' },
    result: { view: VIEW, remote: 'origin', output: 'done', uncommitted: 0 },
  },
  'branch/merge': { params: { ...ACT, commit: '57317dd0f8a110930984ed9af523c94a22b0e8fe' }, result: VIEW },
  'session/history': {
    params: { session: 'ngmk', last: 20 },
    result: {
      id: 'ngmknk0pcr',
      title: 'Fix the cart',
      agent: 'claude',
      history: {
        turns: [TURN],
        count: 1,
        tokens: TURN.tokens,
        dollars: 0.42,
        context: { used: 12_000, of: 200_000 },
        limits: [{ minutes: 300, usedPercent: 42, resetsAt: 1795840000000 }],
        cwd: '/home/ana/shop',
      },
      file: '/home/ana/.claude/projects/-home-ana-shop/0190d0b0.jsonl',
      why: null,
    },
  },
  'history/search': {
    params: { scope: { all: true }, words: ['cart'] },
    result: { hits: [{ session: 'ngmknk0pcr', title: 'Fix the cart', agent: 'claude', turn: TURN }] },
  },
  'conversation/list': {
    params: { path: '/home/ana/shop', env: ENV },
    result: {
      conversations: [
        {
          id: '0190d0b0-1111-4222-8333-444455556666',
          agent: 'claude',
          cwd: '/home/ana/shop',
          prompt: 'Fix it',
          at: 1795837622000,
          refused: null,
          openIn: 'claude, process 4711, in the tmux pane shop:0.1',
        },
      ],
      running: [
        { agent: 'codex', pid: 4712, cwd: '/home/ana/shop', pane: 'shop:1.0', refused: 'tutti can not tell which' },
      ],
    },
  },
  'conversation/read': {
    params: { agent: 'claude', id: '0190d0b0-1111-4222-8333-444455556666', last: 20, env: ENV },
    result: {
      id: '0190d0b0-1111-4222-8333-444455556666',
      title: 'Fix it',
      agent: 'claude',
      history: { turns: [TURN], count: 1, tokens: TURN.tokens, limits: [] },
      file: '/home/ana/.claude/projects/-home-ana-shop/0190d0b0.jsonl',
      why: null,
    },
  },
  'usage/list': {
    params: { scope: { path: '/home/ana/shop' } },
    result: {
      sessions: [
        {
          id: 'ngmknk0pcr',
          title: 'Fix the cart',
          agent: 'claude',
          used: { count: 1, tokens: TURN.tokens, limits: [] },
        },
      ],
    },
  },
  'session/wait': { params: { session: 'ngmk', statuses: ['ready', 'failed'] }, result: VIEW },
};
