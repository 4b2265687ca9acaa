import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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
}

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
  },
];

for (const ways of WAYS) {
  const { bin, name, leftOut } = await installAgent(ways.agent);

  describe.skipIf(leftOut)(leftOut ?? `what ${name} does`, () => {
    const begin = async () => {
      const { start, model, cwd } = await agentRoom({ agent: ways.agent, bin: bin ?? '' });
      const agent = await start();
      await agent.until('idle');
      // What codex says while it starts, working for a moment, may come after that: the first turn ends it.
      expect(await agent.deliver('[[say Ready.]]')).toMatchObject({ outcome: 'submitted' });
      await agent.see('Mock end after 0 calls.');
      await agent.until(ways.done);
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
      console.log(`${name}: shown at the latest ${walk.longest} ms after it could be known`);
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
      console.log(`${name}: shown at the latest ${walk.longest} ms after it could be known`);
    });
  });
}

/** Stands in a dialog and nowhere else. */
const DRAWN =
  /Do you want to|Would you like to|Allow execution|Permission required|Enter to select|enter submit|↑\/↓ select/u;

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
  /** From the moment that a state was brought about until it was shown, milliseconds; an agent's own time is in it. */
  longest = 0;
  readonly #agent: AgentInHost;
  readonly #model: MockModel;

  constructor(agent: AgentInHost, model: MockModel) {
    this.#agent = agent;
    this.#model = model;
  }

  turn(prompt: string, end: string): Promise<void> {
    return this.#step(['busy', end], async () => {
      await this.#deliver(prompt);
      await this.#model.held();
      await this.#shows('busy');
      this.#model.release();
      await this.#shows(end);
    });
  }

  asks(tool: string, state: string, answer: string, end: string): Promise<void> {
    return this.#step(['busy', state, end], async () => {
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
    return this.#step(['busy', 'idle'], async () => {
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
    return this.#step(['busy', 'waiting:permission', 'idle'], async () => {
      await this.#deliver(`${tool} [[say Over.]]`);
      await this.#agent.until('waiting:permission');
      await this.#agent.see(DRAWN);
      await this.#take(no, 'waiting:permission');
      await this.#shows('idle');
    });
  }

  /** It is at work as long as it tries. */
  triesAgain({ status, says }: { readonly status: number; readonly says?: string }, end: string): Promise<void> {
    return this.#step(['busy', end], async () => {
      await this.#deliver(`[[error ${status} 2]] [[say At last.]]`);
      if (says !== undefined) await this.#agent.says(says);
      await this.#agent.see('At last.');
      await this.#shows(end);
    });
  }

  /** What runs on after its answer keeps it at work. */
  background(way: { readonly prompt: string; readonly asks?: string }, gate: string, end: string): Promise<void> {
    const asking = way.asks === undefined ? [] : ['waiting:permission'];
    return this.#step(['busy', ...asking, end], async () => {
      await this.#deliver(`${way.prompt.replace('{gate}', gate)} [[say Mine is over.]]`);
      if (way.asks !== undefined) {
        await this.#agent.until('waiting:permission');
        await this.#agent.see(DRAWN);
        await this.#take(way.asks, 'waiting:permission');
      }
      await this.#agent.see('Mine is over.');
      await this.#agent.becomes('its screen rests', () => this.#agent.status.settled);
      await this.#shows('busy');
      writeFileSync(gate, '');
      await this.#shows(end);
    });
  }

  compacts(command: string): Promise<void> {
    return this.#step(['busy', 'idle:done', 'idle'], async () => {
      await this.#agent.type(command);
      await this.#agent.see(/ompact|ompress/u);
      await this.#agent.becomes('it is over', () => this.#agent.activity().state === 'idle');
    });
  }

  fails(end: string): Promise<void> {
    return this.#step(['busy', end], async () => {
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

  async #shows(state: string): Promise<void> {
    const since = performance.now();
    await this.#agent.until(state);
    this.longest = Math.max(this.longest, Math.round(performance.now() - since));
  }

  /** From its beginning to its end nothing may be told that is not true of some part of it. */
  async #step(truth: readonly string[], walk: () => Promise<void>): Promise<void> {
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
