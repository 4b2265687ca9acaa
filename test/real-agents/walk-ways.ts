import type { StartOptions } from '../../source/agents/agent.ts';
import type { PinnedAgent } from './install-agent.ts';

/** How each agent is asked for something, answered and interrupted, and what it says at an end; undefined: it has no such thing. */
export interface Ways {
  readonly agent: PinnedAgent;
  readonly done: string;
  /** An error of its API that ends a turn. */
  readonly fails: number;
  readonly permission: string;
  /** Says no to it. */
  readonly no: string;
  /** Takes the first choice of a question; its tool is offered. */
  readonly question?: string;
  /** Pressed again each second until it has interrupted: some want it twice. */
  readonly interrupt: readonly string[];
  /** A server's error that is tried again, and what is said meanwhile. */
  readonly retry?: { readonly status: number; readonly says?: string };
  /** A sub-agent that is still at work when the answer is over, or not: how one is started that has them. */
  readonly subAgent?: Partial<StartOptions>;
  /** Of several ways to run it, one lets its answer be over before. */
  readonly detachedAgent?: Partial<StartOptions>;
  /** Keeps it busy when its answer is over; `{gate}`: a file that ends it. */
  readonly background?: { readonly prompt: string; readonly asks?: string };
  /** What it is told to compact its conversation. */
  readonly compact?: { readonly command: string; readonly end: string };
  /** Keys that answer its question for trust with yes, each where the row before it stands. */
  readonly trust?: readonly (readonly [row: string | RegExp, keys: string])[];
  /** How it is brought to plan: by its start, or by keys until it says so; its prompt, and what takes its plan. */
  readonly plan?: {
    readonly start?: Partial<StartOptions>;
    readonly keys?: string;
    readonly prompt: string;
    readonly answer: string;
    /** What it is when its plan is shown: its turn is over, or goes on after the answer. */
    readonly before?: string;
    /** What it is after the answer, where that is no end of a turn. */
    readonly end?: string;
    /** What it says after the answer, where that is not what the script says. */
    readonly after?: string;
    /** It asks questions while it plans, and only then. */
    readonly question?: string;
  };
  /** An account whose share is used up: how that is set up, what it is then and what is said, and the key out of it. */
  readonly limit: { readonly env?: Readonly<Record<string, string>>; readonly state: string; readonly says: RegExp };
}

const PLAN = '[[write PLAN # The plan\\n\\n1. First this\\n2. Then that]] [[plan plan.md]] [[say Over.]]';

const GATE = 'until test -e {gate}; do sleep 0.1; done';

/** All that are walked through their states. */
export const WAYS: readonly Ways[] = [
  {
    agent: 'claude',
    done: 'idle:done',
    fails: 400,
    permission: '[[bash touch a.txt]]',
    no: '\x1b',
    question: '1',
    interrupt: ['\x1b'],
    retry: { status: 529, says: 'no answer from the model, retrying' },
    subAgent: {},
    detachedAgent: {},
    background: { prompt: `[[background ${GATE}]]` },
    compact: { command: '/compact', end: 'idle:done' },
    // Down from no, which ends it.
    trust: [
      [/❯ No, exit/u, '\x1b[B'],
      [/❯ Yes, I trust this folder/u, '\r'],
    ],
    plan: { start: { permissionMode: 'plan' }, prompt: PLAN, answer: '2' },
    // Of a subscription, which has these limits.
    limit: {
      env: { ANTHROPIC_API_KEY: '', CLAUDE_CODE_OAUTH_TOKEN: `sk-ant-oat01-mock-${'0'.repeat(40)}` },
      state: 'idle:error',
      // A full hour has no minutes there.
      says: /^You've hit your limit · resets \d+(?::\d+)?[ap]m/u,
    },
  },
  {
    agent: 'codex',
    done: 'idle:done',
    fails: 400,
    permission: '[[escalate true]]',
    no: '\x1b',
    interrupt: ['\x1b'],
    retry: { status: 500 },
    // Seen with its newer models only.
    subAgent: { model: 'gpt-6-sol' },
    background: { prompt: `[[background ${GATE}]]` },
    compact: { command: '/compact', end: 'idle:done' },
    trust: [['Trust this folder?', '\r']],
    plan: {
      keys: '\x1b[Z',
      prompt: '[[say <proposed_plan>\\n# The plan\\n\\n1. First this\\n</proposed_plan>]]',
      answer: '3',
      before: 'idle:done',
      end: 'idle',
      question: '1',
    },
    limit: { state: 'idle:error', says: /^its usage limit is reached/u },
  },
  {
    agent: 'copilot',
    done: 'idle:done',
    fails: 400,
    permission: '[[bash touch a.txt]]',
    no: '\x1b[27u',
    question: '\r',
    interrupt: ['\x1b[27u', '\x1b[27u'],
    retry: { status: 500 },
    subAgent: {},
    detachedAgent: { extra: ['--allow-all-tools'] },
    background: { prompt: `[[background ${GATE}]]`, asks: '1' },
    compact: { command: '/compact', end: 'idle:done' },
    trust: [['Confirm folder trust', '1']],
    // The answer ends this turn, and it begins another one by itself, with words of its own.
    plan: {
      start: { extra: ['--plan'] },
      prompt: '[[plan First this, then that]] [[say Over.]]',
      answer: '2',
      after: 'Mock reply to ',
    },
    limit: { state: 'idle:error', says: /^mock limit/u },
  },
  // Of the others only the screen tells: that a turn is over, not how.
  {
    agent: 'gemini',
    done: 'idle',
    fails: 400,
    permission: '[[bash touch a.txt]]',
    no: '\x1b',
    question: '1',
    interrupt: ['\x1b'],
    retry: { status: 500 },
    subAgent: {},
    background: { prompt: `[[background ${GATE}]]`, asks: '1' },
    compact: { command: '/compress', end: 'idle' },
    // Not yes: then it starts itself anew, and this version sometimes does not come back from that.
    trust: [['3. Don', '3']],
    plan: { start: { permissionMode: 'plan' }, prompt: PLAN, answer: '2' },
    limit: { state: 'waiting:question', says: /^its usage limit is reached/u },
  },
  {
    agent: 'opencode',
    done: 'idle:done',
    // It tries again after a 400.
    fails: 401,
    permission: '[[bash true]]',
    no: '\x1b',
    question: '\r',
    interrupt: ['\x1b'],
    retry: { status: 500, says: 'no answer from the model, retrying' },
    subAgent: {},
    compact: { command: '/compact', end: 'idle:done' },
    limit: { state: 'busy', says: /^no answer from the model before (?:\w+ )?\d+:\d+/u },
  },
];
