import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { AgentInHost } from '../agents/agent-in-host.ts';
import type { PinnedAgent } from './install-agent.ts';
import type { MockModel } from './mock-model/mock-model.ts';
import type { Ways } from './walk-ways.ts';

/** So long after it was shown a state must still be the one that the script tells. */
const STANDS_MS = 1000;

/** As an answer: the prompt that asks for these words stands on the screen too. */
function said(words: string): RegExp {
  return new RegExp(`${words.replaceAll('.', '\\.')}(?!\\]\\])`, 'u');
}

/** Stands in a dialog and nowhere else. */
const DRAWN =
  /Do you want to|Would you like to|Allow execution|Permission required|Enter to select|enter (?:to )?submit|↑\/↓ select/u;

/** What takes the first choice of a permission. */
export const FIRST: Readonly<Record<PinnedAgent, string>> = {
  claude: '1',
  codex: 'y',
  copilot: '1',
  qwen: '1',
  gemini: '1',
  opencode: '\r',
};

/** The script of the model gives the true state of each step: what is told has to be that, and nothing else meanwhile. */
export class Walk {
  /** From the last word of the script that brought a state about until it was shown, milliseconds; the agent's own time is in it. */
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

  /** So does a sub-agent. */
  detaches(end: string): Promise<void> {
    return this.#step('a sub-agent in the background', ['busy', end], async () => {
      await this.#deliver('[[detach {{hold}} {{say Sub.}}]] [[say Mine is over.]]');
      await this.#model.held();
      await this.#agent.see(said('Mine is over.'));
      await this.#agent.becomes('its screen rests', () => this.#agent.status.settled);
      await this.#shows('busy');
      this.#model.release();
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
    // claude may draw it once more, with its first choice marked again.
    await this.#agent.becomes('its screen rests', () => this.#agent.status.settled);
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
      if (after) {
        await this.#agent.see(after);
        // Its words may be on the screen before the turn that they belong to has been told.
        await this.#agent.becomes('its screen rests', () => this.#agent.status.settled);
      }
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
      await this.#agent.see(/mock\s+error\s+400|API Error/u);
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
    const said = Math.max(since, this.#model.answeredAt);
    this.#delays.push({ ms: Math.round(performance.now() - said), what: `${state} of ${this.#doing}` });
    const told = this.#agent.states.length;
    await this.#agent
      .becomes('it is something else', () => this.#agent.states.length > told, STANDS_MS)
      .catch(() => {});
    const shown = this.#agent.states.slice(told - 1).filter(each => each !== 'unknown');
    expect(shown, this.#agent.history()).toEqual([state]);
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
    const wrong = told.filter((_, at) => !isTrue(at) && !isOver(at));
    expect(wrong, `${told.join(' ')}\n${this.#agent.history()}`).toEqual([]);
  }
}
