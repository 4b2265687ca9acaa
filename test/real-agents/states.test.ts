import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StartOptions } from '../../source/agents/agent.ts';
import type { AgentInHost } from '../agents/agent-in-host.ts';
import { agentRoom } from './agent-room.ts';
import { installAgent, type PinnedAgent } from './install-agent.ts';
import type { MockModel } from './mock-model/mock-model.ts';

/** How each agent is asked for something, answered and interrupted, and what it says at an end; undefined: it has no such thing. */
interface Ways {
  readonly agent: PinnedAgent;
  readonly done: string;
  readonly failed: string;
  readonly permission: string;
  /** Says no to it. */
  readonly no: string;
  /** Takes the first choice of a question; its tool is offered. */
  readonly question?: string;
  /** Pressed again each second until it has interrupted: some want it twice. */
  readonly interrupt: readonly string[];
  /** A server's error that is tried again, and what is said meanwhile. */
  readonly retry?: { readonly status: number; readonly says?: string };
  /** A sub-agent that is still at work when the answer is over, or not. */
  readonly subAgent?: boolean;
  /** Keeps it busy when its answer is over; `{gate}`: a file that ends it. */
  readonly background?: { readonly prompt: string; readonly asks?: string };
  /** What it is told to compact its conversation. */
  readonly compact?: string;
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

/** So long after it was shown a state must still be the one that the script tells. */
const STANDS_MS = 1000;

const GATE = 'until test -e {gate}; do sleep 0.1; done';

const WAYS: readonly Ways[] = [
  {
    agent: 'claude',
    done: 'idle:done',
    failed: 'idle:error',
    permission: '[[bash touch a.txt]]',
    no: '\x1b',
    question: '1',
    interrupt: ['\x1b'],
    retry: { status: 529, says: 'no answer from the model, retrying' },
    subAgent: true,
    background: { prompt: `[[background ${GATE}]]` },
    compact: '/compact',
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
      says: /^You've hit your limit · resets \d+:\d+/u,
    },
  },
  {
    agent: 'codex',
    done: 'idle:done',
    failed: 'idle:error',
    permission: '[[escalate true]]',
    no: '\x1b',
    interrupt: ['\x1b'],
    retry: { status: 500 },
    background: { prompt: `[[background ${GATE}]]` },
    compact: '/compact',
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
    failed: 'idle:error',
    permission: '[[bash touch a.txt]]',
    no: '\x1b[27u',
    question: '\r',
    interrupt: ['\x1b[27u', '\x1b[27u'],
    retry: { status: 500 },
    subAgent: true,
    background: { prompt: `[[background ${GATE}]]`, asks: '1' },
    compact: '/compact',
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
    failed: 'idle:error',
    permission: '[[bash touch a.txt]]',
    no: '\x1b',
    question: '1',
    interrupt: ['\x1b'],
    background: { prompt: `[[background ${GATE}]]`, asks: '1' },
    compact: '/compress',
    // Not yes: then it starts itself anew, and this version sometimes does not come back from that.
    trust: [['3. Don', '3']],
    plan: { start: { permissionMode: 'plan' }, prompt: PLAN, answer: '2' },
    limit: { state: 'waiting:question', says: /^its usage limit is reached/u },
  },
  {
    agent: 'opencode',
    done: 'idle:done',
    failed: 'busy',
    permission: '[[bash true]]',
    no: '\x1b',
    question: '\r',
    interrupt: ['\x1b'],
    retry: { status: 500, says: 'no answer from the model, retrying' },
    subAgent: true,
    compact: '/compact',
    limit: { state: 'busy', says: /^no answer from the model before \d+:\d+/u },
  },
];

for (const ways of WAYS) {
  const { bin, name, leftOut } = await installAgent(ways.agent);

  describe.skipIf(leftOut)(leftOut ?? `what ${name} does`, () => {
    /** What codex says while it starts, working for a moment, may come after it is idle: the first turn ends it. */
    const ready = async (agent: AgentInHost) => {
      expect(await agent.deliver('[[say Ready.]]')).toMatchObject({ outcome: 'submitted' });
      await agent.see('Mock end after 0 calls.');
      await agent.until(ways.done);
    };
    const begin = async (
      given: { readonly start?: Partial<StartOptions>; readonly env?: Ways['limit']['env'] } = {},
    ) => {
      const { env = {} } = given;
      const { start, model, cwd } = await agentRoom({ agent: ways.agent, bin: bin ?? '', env });
      const agent = await start(given.start);
      await agent.until('idle');
      // While it starts nobody knows; codex says that it works, for a moment.
      expect(agent.states.filter(state => !['unknown', 'idle', 'busy'].includes(state))).toEqual([]);
      await ready(agent);
      return { walk: new Walk(agent, model), agent, cwd };
    };

    test('is told as it is: ready, working, asking, over, interrupted, failed; and nothing else in between', async () => {
      const { walk } = await begin();
      await walk.turn('[[hold]] [[say One.]]', ways.done);
      await walk.asks(ways.permission, 'waiting:permission', FIRST[ways.agent], ways.done);
      if (ways.question) {
        await walk.asks('[[ask Which color | red | blue]]', 'waiting:question', ways.question, ways.done);
      }
      await walk.interrupted(ways.interrupt);
      await walk.fails(ways.failed);
      console.log(`${name}: ${walk.latest()}`);
    });

    test('is told as it is: refused, trying again, with others at work, compacting, ended', async () => {
      const { walk, agent, cwd } = await begin();
      await walk.refused(ways.permission, ways.no);
      if (ways.retry) await walk.triesAgain(ways.retry, ways.done);
      if (ways.subAgent) await walk.turn('[[agent {{hold}} {{say Sub.}}]] [[say Mine.]]', ways.done);
      if (ways.background) {
        const gate = join(cwd, 'gate');
        await walk.background(ways.background, gate, ways.done);
      }
      if (ways.compact) await walk.compacts(ways.compact);
      await agent.end();
      expect(agent.status.exit).toBeDefined();
      console.log(`${name}: ${walk.latest()}`);
    });

    test.skipIf(!ways.trust)('is told as it is: its question for trust, before there is a conversation', async () => {
      const { start, model } = await agentRoom({ agent: ways.agent, bin: bin ?? '', trusted: false });
      const agent = await start();
      const walk = new Walk(agent, model);
      await walk.trusts(ways.trust ?? []);
      await ready(agent);
      await walk.turn('[[hold]] [[say One.]]', ways.done);
    });

    const { plan, limit } = ways;
    test.skipIf(!plan)('is told as it is: a plan that waits for an answer', async () => {
      if (!plan) return;
      const { walk, agent } = await begin({ start: plan.start ?? {} });
      if (plan.keys !== undefined) {
        await agent.press(plan.keys);
        await agent.see('Plan mode');
      }
      if (plan.question !== undefined) {
        await walk.asks('[[ask Which color | red | blue]]', 'waiting:question', plan.question, ways.done);
      }
      await walk.plans(plan, plan.end ?? ways.done);
    });

    test('is told as it is: a usage limit', async () => {
      const { walk } = await begin({ env: limit.env });
      await walk.meetsLimit(limit);
    });
  });
}

/** As an answer: the prompt that asks for these words stands on the screen too. */
function said(words: string): RegExp {
  return new RegExp(`${words.replaceAll('.', '\\.')}(?!\\]\\])`, 'u');
}

/** Stands in a dialog and nowhere else. */
const DRAWN =
  /Do you want to|Would you like to|Allow execution|Permission required|Enter to select|enter (?:to )?submit|↑\/↓ select/u;

/** What takes the first choice of a permission. */
const FIRST: Readonly<Record<PinnedAgent, string>> = {
  claude: '1',
  codex: 'y',
  copilot: '1',
  qwen: '1',
  gemini: '1',
  opencode: '\r',
};

/** The script of the model gives the true state of each step: what is told has to be that, and nothing else meanwhile. */
class Walk {
  /** From the moment that each state was brought about until it was shown, milliseconds; an agent's own time is in it. */
  readonly #delays: { readonly ms: number; readonly what: string }[] = [];
  #doing = '';
  readonly #agent: AgentInHost;
  readonly #model: MockModel;

  constructor(agent: AgentInHost, model: MockModel) {
    this.#agent = agent;
    this.#model = model;
  }

  /** The longest delays, for people. */
  latest(): string {
    const longest = this.#delays.toSorted((a, b) => b.ms - a.ms).slice(0, 2);
    return longest.map(({ ms, what }) => `${ms} ms until ${what}`).join(', ');
  }

  turn(prompt: string, end: string): Promise<void> {
    return this.#step(prompt, ['busy', end], async () => {
      await this.#deliver(prompt);
      await this.#model.held();
      await this.#shows('busy');
      this.#model.release();
      await this.#shows(end);
    });
  }

  asks(tool: string, state: string, answer: string, end: string): Promise<void> {
    return this.#step(tool, ['busy', state, end], async () => {
      await this.#deliver(`${tool} [[hold]] [[say Over.]]`);
      await this.#agent.until(state);
      // Reported before it is drawn; a key that comes before goes into the input box.
      await this.#agent.see(DRAWN);
      await this.#take(answer, state);
      await this.#model.held();
      await this.#shows('busy');
      this.#model.release();
      await this.#shows(end);
    });
  }

  interrupted(keys: readonly string[]): Promise<void> {
    return this.#step('an interrupt', ['busy', 'idle'], async () => {
      await this.#deliver('[[say Some words first.]] [[hold]]');
      await this.#model.held();
      await this.#shows('busy');
      const isIdle = () => this.#agent.activity().state === 'idle';
      for (let attempt = 0; attempt < 20 && !isIdle(); attempt++) {
        for (const key of keys) await this.#agent.press(key);
        await this.#agent.until('idle', 1_000).catch(() => {});
      }
      await this.#shows('idle');
      this.#model.release();
    });
  }

  /** A no ends the turn, and is no success. */
  refused(tool: string, no: string): Promise<void> {
    return this.#step('a refusal', ['busy', 'waiting:permission', 'idle'], async () => {
      await this.#deliver(`${tool} [[say Over.]]`);
      await this.#agent.until('waiting:permission');
      await this.#agent.see(DRAWN);
      await this.#take(no, 'waiting:permission');
      await this.#shows('idle');
    });
  }

  /** It is at work as long as it tries. */
  triesAgain({ status, says }: { readonly status: number; readonly says?: string }, end: string): Promise<void> {
    return this.#step('retries', ['busy', end], async () => {
      await this.#deliver(`[[error ${status} 2]] [[say At last.]]`);
      if (says !== undefined) await this.#agent.says(says);
      await this.#agent.see(said('At last.'));
      await this.#shows(end);
    });
  }

  /** What runs on after its answer keeps it at work. */
  background(way: { readonly prompt: string; readonly asks?: string }, gate: string, end: string): Promise<void> {
    const asking = way.asks === undefined ? [] : ['waiting:permission'];
    return this.#step('background work', ['busy', ...asking, end], async () => {
      await this.#deliver(`${way.prompt.replace('{gate}', gate)} [[say Mine is over.]]`);
      if (way.asks !== undefined) {
        await this.#agent.until('waiting:permission');
        await this.#agent.see(DRAWN);
        await this.#take(way.asks, 'waiting:permission');
      }
      await this.#agent.see(said('Mine is over.'));
      await this.#agent.becomes('its screen rests', () => this.#agent.status.settled);
      await this.#shows('busy');
      writeFileSync(gate, '');
      await this.#shows(end);
    });
  }

  compacts(command: string): Promise<void> {
    return this.#step('compacting', ['busy', 'idle:done', 'idle'], async () => {
      await this.#agent.type(command);
      await this.#agent.see(/ompact|ompress/u);
      await this.#agent.becomes('it is over', () => this.#agent.activity().state === 'idle');
    });
  }

  /** Nothing but the question is told, from its start until it is answered; gemini draws its box for a moment before it. */
  async trusts(keys: NonNullable<Ways['trust']>): Promise<void> {
    this.#doing = 'the question for trust';
    await this.#shows('waiting:permission');
    await this.#agent.says('trust this folder');
    expect(this.#agent.states.filter(state => !['unknown', 'idle', 'waiting:permission'].includes(state))).toEqual([]);
    for (const [row, key] of keys) {
      await this.#agent.see(row);
      const stands = () => (typeof row === 'string' ? this.#agent.text.includes(row) : row.test(this.#agent.text));
      for (let attempt = 0; attempt < 20 && stands(); attempt++) {
        await this.#agent.press(key);
        await this.#agent.becomes('it is taken', () => !stands(), 1_000).catch(() => {});
      }
    }
    await this.#agent.until('idle');
  }

  plans({ prompt, answer, before, after }: NonNullable<Ways['plan']>, end: string): Promise<void> {
    // Between the answer and its work copilot draws its box, for a moment, and nothing of work.
    const between = [...(before ? [before] : []), ...(after ? ['idle'] : [])];
    return this.#step('a plan', ['busy', ...between, 'waiting:plan', end], async () => {
      await this.#deliver(prompt);
      await this.#shows('waiting:plan');
      await this.#take(answer, 'waiting:plan');
      if (!before && !after) await this.#agent.see(said('Over.'));
      if (after) await this.#agent.see(after);
      await this.#shows(end);
    });
  }

  meetsLimit({ state, says }: Ways['limit']): Promise<void> {
    return this.#step('a limit', ['busy', state], async () => {
      await this.#deliver('[[limit 7200]]');
      await this.#shows(state);
      await this.#agent.becomes(`it says ${says}`, () => says.test(this.#agent.activity().text ?? ''));
    });
  }

  fails(end: string): Promise<void> {
    return this.#step('an error', ['busy', end], async () => {
      await this.#deliver('[[error 400]]');
      await this.#agent.see(/mock error 400|API Error/u);
      await this.#shows(end);
    });
  }

  /** A dialog may be deaf for a moment after it was drawn. */
  async #take(answer: string, state: string): Promise<void> {
    const isTaken = () => this.#agent.states.at(-1) !== state;
    for (let attempt = 0; attempt < 20 && !isTaken(); attempt++) {
      await this.#agent.press(answer);
      await this.#agent.becomes('it is answered', isTaken, 1_000).catch(() => {});
    }
    expect(isTaken()).toBe(true);
  }

  async #deliver(prompt: string): Promise<void> {
    expect(await this.#agent.deliver(prompt)).toMatchObject({ outcome: 'submitted' });
  }

  /** It comes, and a second later it is still so. */
  async #shows(state: string): Promise<void> {
    const since = performance.now();
    await this.#agent.until(state);
    this.#delays.push({ ms: Math.round(performance.now() - since), what: `${state} of ${this.#doing}` });
    const told = this.#agent.states.length;
    await this.#agent
      .becomes('it is something else', () => this.#agent.states.length > told, STANDS_MS)
      .catch(() => {});
    expect(this.#agent.states.slice(told - 1).filter(each => each !== 'unknown')).toEqual([state]);
  }

  /** From its beginning to its end nothing may be told that is not true of some part of it. */
  async #step(doing: string, truth: readonly string[], walk: () => Promise<void>): Promise<void> {
    this.#doing = doing;
    const before = this.#agent.states.length;
    await walk();
    // Where a screen says nothing for a moment, nothing is said.
    const told = this.#agent.states.slice(before).filter(state => state !== 'unknown');
    // Until its work begins it is as it was: over, or idle.
    while (told[0]?.startsWith('idle')) told.shift();
    // That it is over may be seen before it is told how: a hook's process is slower than a row on the screen.
    const isOver = (at: number) => told[at] === 'idle' && told[at + 1]?.startsWith('idle:') && isTrue(at + 1);
    const isTrue = (at: number) => truth.includes(told[at] ?? '');
    expect(told.filter((_, at) => !isTrue(at) && !isOver(at))).toEqual([]);
  }
}
