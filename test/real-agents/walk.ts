import { writeFileSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import { type Fact, type Source, sourcesFor } from '../../source/agents/sources.ts';
import type { AgentInHost } from '../agents/agent-in-host.ts';
import type { PinnedAgent } from './install-agent.ts';
import type { MockModel } from './mock-model/mock-model.ts';
import type { Ways } from './walk-ways.ts';

/** So long after a step its state must be shown, and so long it must stand. */
const WITHIN_MS = 1000;

/** What the evidence of a state is called by the sources of the table. */
const EVIDENCE: Partial<Record<Source, string>> = { word: 'osc7501' };

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
  /** When the newest step was taken, by `performance.now()`. */
  #steppedAt = 0;
  readonly #agent: AgentInHost;
  readonly #model: MockModel;

  constructor(name: string, agent: AgentInHost, model: MockModel) {
    this.#agent = agent;
    this.#model = model;
    // The longest delays, for people.
    onTestFinished(() => {
      const longest = this.#delays.toSorted((a, b) => b.ms - a.ms).slice(0, 2);
      console.log(`${name}: ${longest.map(({ ms, what }) => `${ms} ms until ${what}`).join(', ')}`);
    });
  }

  /** `fact`: what keeps it at work meanwhile. */
  turn(prompt: string, end: string, fact: Fact = 'working'): Promise<void> {
    return this.#step(prompt, ['busy', end], async () => {
      await this.#deliver(prompt);
      await this.#works(fact);
      this.#model.release();
      await this.#shows(end, 'finished');
    });
  }

  asks(kind: 'permission' | 'question', tool: string, answer: string, end: string): Promise<void> {
    const state = `waiting:${kind}`;
    return this.#step(tool, ['busy', state, end], async () => {
      await this.#deliver(`${tool} [[hold]] [[say Over.]]`);
      await this.#shows(state, kind);
      // Reported before it is drawn; a key that comes before goes into the input box.
      await this.#agent.see(DRAWN);
      await this.#take(answer, state);
      await this.#works('working');
      this.#model.release();
      await this.#shows(end, 'finished');
    });
  }

  interrupted(keys: readonly string[]): Promise<void> {
    return this.#step('an interrupt', ['busy', 'idle'], async () => {
      await this.#deliver('[[say Some words first.]] [[hold]]');
      await this.#works('working');
      // It has taken the key when it hangs up on its model.
      const isTaken = () => this.#model.hungUpAt > this.#steppedAt;
      for (let attempt = 0; attempt < 20 && !isTaken(); attempt++) {
        for (const key of keys) await this.#agent.press(key);
        await this.#agent.becomes('it hangs up', isTaken, 1_000).catch(() => {});
      }
      expect(isTaken()).toBe(true);
      this.#steppedAt = this.#model.hungUpAt;
      await this.#shows('idle', 'interrupted');
      this.#model.release();
    });
  }

  /** A no ends the turn, and is no success. */
  refused(tool: string, no: string): Promise<void> {
    return this.#step('a refusal', ['busy', 'waiting:permission', 'idle'], async () => {
      await this.#deliver(`${tool} [[say Over.]]`);
      await this.#shows('waiting:permission', 'permission');
      await this.#agent.see(DRAWN);
      await this.#take(no, 'waiting:permission');
      await this.#shows('idle', 'denied');
    });
  }

  /** It is at work as long as it tries. */
  triesAgain({ status, says }: { readonly status: number; readonly says?: string }, end: string): Promise<void> {
    return this.#step('retries', ['busy', end], async () => {
      await this.#deliver(`[[error ${status} 2]] [[hold]] [[say At last.]]`);
      if (says !== undefined) {
        await this.#agent.says(says);
        this.#knows('retry');
      }
      await this.#works('working');
      this.#model.release();
      await this.#shows(end, 'finished');
    });
  }

  /** What runs on after its answer keeps it at work. */
  background(way: { readonly prompt: string; readonly asks?: string }, gate: string, end: string): Promise<void> {
    const asking = way.asks === undefined ? [] : ['waiting:permission'];
    return this.#step('background work', ['busy', ...asking, end], async () => {
      await this.#deliver(`${way.prompt.replace('{gate}', gate)} [[say Mine is over.]]`);
      if (way.asks !== undefined) {
        await this.#shows('waiting:permission', 'permission');
        await this.#agent.see(DRAWN);
        await this.#take(way.asks, 'waiting:permission');
      }
      await this.#outlives('background');
      writeFileSync(gate, '');
      this.#steppedAt = performance.now();
      await this.#shows(end, 'finished');
    });
  }

  /** So does a sub-agent. */
  detaches(end: string): Promise<void> {
    return this.#step('a sub-agent in the background', ['busy', end], async () => {
      await this.#deliver('[[detach {{hold}} {{say Sub.}}]] [[say Mine is over.]]');
      await this.#model.held();
      await this.#outlives('subAgent');
      this.#model.release();
      await this.#shows(end, 'finished');
    });
  }

  /** It is at work as long as its model sums up. */
  compacts({ command, end }: NonNullable<Ways['compact']>): Promise<void> {
    return this.#step('compacting', ['busy', end], async () => {
      this.#model.holdAll();
      await this.#agent.type(command);
      await this.#works('compaction');
      this.#model.release();
      await this.#shows(end);
    });
  }

  /** Nothing but the question is told, from its start until it is answered; gemini draws its box for a moment before it. */
  async trusts(keys: NonNullable<Ways['trust']>): Promise<void> {
    this.#doing = 'the question for trust';
    await this.#agent.see(keys[0]?.[0] ?? '');
    this.#steppedAt = performance.now();
    await this.#shows('waiting:permission', 'trust');
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
      await this.#shows('waiting:plan', 'plan');
      await this.#take(answer, 'waiting:plan');
      if (!before && !after) await this.#agent.see(said('Over.'));
      if (after) {
        await this.#agent.see(after);
        // Its words may be on the screen before the turn that they belong to has been told.
        await this.#agent.becomes('its screen rests', () => this.#agent.status.settled);
      }
      await this.#shows(end, 'finished');
    });
  }

  meetsLimit({ state, says }: Ways['limit']): Promise<void> {
    return this.#step('a limit', ['busy', state], async () => {
      await this.#deliver('[[limit 7200]]');
      await this.#shows(state, 'limit');
      await this.#agent.becomes(`it says ${says}`, () => says.test(this.#agent.activity().text ?? ''));
    });
  }

  fails(status: number): Promise<void> {
    return this.#step('an error', ['busy', 'idle:error'], async () => {
      await this.#deliver(`[[error ${status}]]`);
      await this.#agent.see(new RegExp(`mock\\s+error\\s+${status}|API Error`, 'u'));
      await this.#shows('idle:error', 'apiError');
    });
  }

  /** A dialog may be deaf for a moment after it was drawn. */
  async #take(answer: string, state: string): Promise<void> {
    const isTaken = () => this.#agent.states.at(-1) !== state;
    for (let attempt = 0; attempt < 20 && !isTaken(); attempt++) {
      this.#steppedAt = performance.now();
      await this.#agent.press(answer);
      await this.#agent.becomes('it is answered', isTaken, 1_000).catch(() => {});
    }
    expect(isTaken()).toBe(true);
  }

  async #works(fact: Fact): Promise<void> {
    await this.#model.held();
    this.#steppedAt = performance.now();
    await this.#shows('busy', fact);
  }

  /** Its answer is over, and it is at work all the same. */
  async #outlives(fact: Fact): Promise<void> {
    await this.#agent.see(said('Mine is over.'));
    await this.#agent.becomes('its screen rests', () => this.#agent.status.settled);
    this.#steppedAt = performance.now();
    await this.#shows('busy', fact);
  }

  async #deliver(prompt: string): Promise<void> {
    expect(await this.#agent.deliver(prompt)).toMatchObject({ outcome: 'submitted' });
    this.#steppedAt = performance.now();
  }

  /** It comes within a second of the step, or of what the model answered last, and stands; by a source that the table names. */
  async #shows(state: string, fact?: Fact): Promise<void> {
    await this.#agent.until(state);
    const ms = Math.max(0, Math.round(this.#agent.toldAt - Math.max(this.#steppedAt, this.#model.answeredAt)));
    const what = `${state} of ${this.#doing}`;
    this.#delays.push({ ms, what });
    expect(ms, `ms until ${what}\n${this.#agent.history()}`).toBeLessThanOrEqual(WITHIN_MS);
    const told = this.#agent.states.length;
    await this.#agent
      .becomes('it is something else', () => this.#agent.states.length > told, WITHIN_MS)
      .catch(() => {});
    expect(this.#agent.states.slice(told - 1), `${what}\n${this.#agent.history()}`).toEqual([state]);
    if (fact) this.#knows(fact);
  }

  #knows(fact: Fact): void {
    const sources = sourcesFor(this.#agent.sources, fact).map(source => EVIDENCE[source] ?? source);
    const told = this.#agent.activity().evidence.map(({ source }): string => source);
    expect(
      told.filter(source => sources.includes(source)),
      `${fact} of ${this.#doing}: ${told.join(' ')}`,
    ).not.toEqual([]);
  }

  /** From its beginning to its end nothing may be told that is not true of some part of it. */
  async #step(doing: string, truth: readonly string[], walk: () => Promise<void>): Promise<void> {
    this.#doing = doing;
    const before = this.#agent.states.length;
    await walk();
    // Where a screen says nothing for a moment, nothing is said.
    const told = this.#agent.states.slice(before).filter(state => state !== 'unknown');
    // codex takes its last word back before it works.
    if (told[0] === 'idle') told.shift();
    // That it is over may be seen before it is told how: a hook's process is slower than a row on the screen.
    const isOver = (at: number) => told[at] === 'idle' && told[at + 1]?.startsWith('idle:') && isTrue(at + 1);
    const isTrue = (at: number) => truth.includes(told[at] ?? '');
    const wrong = told.filter((_, at) => !isTrue(at) && !isOver(at));
    expect(wrong, `${told.join(' ')}\n${this.#agent.history()}`).toEqual([]);
  }
}
