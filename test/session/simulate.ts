import { nextStep } from '../../source/pipeline/next-step.ts';
import { eventOfStep } from '../../source/pipeline/step-event.ts';
import { refusalOf } from '../../source/session/admit.ts';
import { type Effect, effectsOf } from '../../source/session/effect.ts';
import type { SessionEvent, SessionFact } from '../../source/session/event.ts';
import { reduceSession } from '../../source/session/reduce.ts';
import { openPrompt } from '../../source/session/reduce-outbox.ts';
import type { Session } from '../../source/session/session.ts';
import { CREATED } from './make.ts';

/** A move of the user, the agent or chance; a number picks among what is possible then. */
export type Move = { readonly what: 'act' | 'effect' | 'fail' | 'agent'; readonly pick: number };

/** A pretended world in which effects are done, so that only histories that can happen are tried. */
export class Simulation {
  session: Session;
  readonly events: SessionEvent[] = [];
  readonly hosts = new Set<string>();
  readonly checked = new Set<string>();
  worktree: 'absent' | 'there' | 'stored' = 'absent';
  branch = false;
  #at = 0;
  #ids = 0;

  constructor() {
    this.session = reduceSession(undefined, this.#event(CREATED));
  }

  move({ what, pick }: Move): void {
    if (what === 'act') this.#act(pick);
    else if (what === 'agent') this.#agent(pick);
    else {
      const wanted = this.effects();
      const effect = wanted[pick % Math.max(1, wanted.length)];
      if (effect) this.#perform(effect, what === 'fail');
    }
    this.#step();
  }

  effects(): readonly Effect[] {
    return effectsOf(this.session, { mayPrompt: true, personHolds: false, hostEvent: this.#at, storeFolder: '/trash' });
  }

  /** Nobody disturbs it any more: prompts are sent and their turns begin, until nothing is left to do. */
  drain(): void {
    for (let round = 0; round < 200; round++) {
      const delivery = this.effects().find(({ type }) => type === 'deliverPrompt');
      const open = openPrompt(this.session, { personHolds: false });
      if (delivery) this.#perform(delivery, false);
      else if (open?.state === 'submitted') this.#append({ type: 'turnBegun', prompt: open.id, begunAt: this.#at });
      else return;
    }
    throw new Error('it never comes to an end');
  }

  #act(pick: number): void {
    const id = () => `p${++this.#ids}`;
    const fresh = { conversation: `u${this.#at}`, envNames: [] };
    const acts: readonly [Parameters<typeof refusalOf>[0], SessionFact][] = [
      ['kill', { type: 'killRequested' }],
      ['pause', { type: 'pauseRequested' }],
      ['resume', { type: 'resumeRequested', onto: 'branch', ...fresh }],
      ['undo', { type: 'undoRequested', onto: 'own', ...fresh }],
      ['restart', { type: 'restartRequested', ...fresh }],
      ['prompt', { type: 'promptQueued', prompt: id(), text: 'x', by: 'person', way: 'typed' }],
      [
        'letGo',
        {
          type: 'runStarted',
          run: id(),
          goal: 'g',
          check: 'true',
          limits: { attempts: 2, minutes: 60 },
          prompt: id(),
          text: 'g',
          way: 'typed',
        },
      ],
      ['sendBack', { type: 'runPrompted', prompt: id(), text: 'again', anew: true }],
      ['commit', { type: 'commitAllRequested', message: 'm', tip: 'c1' }],
      ['merge', { type: 'mergeRequested', commit: 'c1' }],
    ];
    const allowed = acts.filter(
      ([act]) => refusalOf(act, this.session, { cannot: {}, personHolds: false }) === undefined,
    );
    const chosen = allowed[pick % Math.max(1, allowed.length)];
    if (chosen) this.#append(chosen[1]);
  }

  #perform(effect: Effect, fails: boolean): void {
    if (fails) {
      this.#append({ type: 'effectFailed', effect: effect.key, why: 'chance' });
    } else {
      this.#append(this.#done(effect));
    }
  }

  /** Does it in the pretended world; what would be done twice there is a failure of the test. */
  #done(effect: Effect): SessionFact {
    switch (effect.type) {
      case 'addWorktree':
        this.worktree = 'there';
        this.branch = true;
        return { type: 'worktreeAdded', branch: 'ana/fix-flaky-test' };
      case 'removeWorktree':
        this.worktree = 'absent';
        this.branch = false;
        return { type: 'creationUndone' };
      case 'startHost':
        if (this.hosts.size > 0) throw new Error(`a second host: ${effect.name} beside ${[...this.hosts]}`);
        this.hosts.add(effect.name);
        return {
          type: 'hostStarted',
          name: effect.name,
          hostPid: 1,
          programPid: 2,
          startedAt: this.#at,
          promptGiven: effect.prompt !== undefined,
        };
      case 'endHosts':
        this.hosts.clear();
        return { type: 'hostsEnded' };
      case 'writeSnapshot':
        if (this.worktree !== 'there') throw new Error('a snapshot of nothing');
        return { type: 'snapshotWritten', ref: effect.ref, commit: 'c9', tip: 'c1' };
      case 'storeWorktree':
        this.worktree = 'stored';
        return { type: 'worktreeStored', folder: effect.to };
      case 'restoreWorktree':
        if (this.worktree !== 'stored') throw new Error('nothing is stored');
        this.worktree = 'there';
        return { type: 'worktreeRestored', branch: effect.branch };
      case 'deliverPrompt':
        return {
          type: 'promptTried',
          prompt: effect.prompt,
          result: { outcome: 'submitted', at: this.#at },
          seen: this.#at,
        };
      case 'changeProfile':
        this.hosts.clear();
        return { type: 'profileChanged', profile: effect.profile };
      case 'startCheck': {
        if (this.checked.has(effect.name)) throw new Error(`${effect.name} twice`);
        this.checked.add(effect.name);
        const passed = this.#at % 2 === 0;
        const result = {
          host: effect.name,
          attempt: 1,
          command: 'true',
          passed,
          code: passed ? 0 : 1,
          startedAt: this.#at,
          endedAt: this.#at,
          output: [],
        };
        return { type: 'checkFinished', result };
      }
      case 'commitRun':
        return { type: 'runReady', commit: `c${this.#at}` };
      case 'commitAll':
        return { type: 'committed', commit: `c${this.#at}` };
      case 'push':
        return { type: 'pushed', commit: effect.commit, remote: 'origin' };
      case 'merge':
        return { type: 'merged', commit: effect.commit, into: 'main' };
      default:
        return effect satisfies never;
    }
  }

  /** The agent begins what it was told, or ends by itself. */
  #agent(pick: number): void {
    const { host } = this.session;
    const open = openPrompt(this.session, { personHolds: false });
    if (host.state !== 'running') return;
    if (open?.state === 'submitted' && pick % 3 > 0) {
      this.#append({ type: 'turnBegun', prompt: open.id, begunAt: this.#at });
    } else if (pick % 3 === 0) {
      this.hosts.delete(host.name);
      this.#append({
        type: 'hostExited',
        name: host.name,
        end: { cause: 'exit', at: this.#at, code: 0, signal: undefined, text: 'It ended.' },
      });
    }
  }

  /** The unattended policy, with an agent that ends each turn at once and has changed something. */
  #step(): void {
    const { run, host, life } = this.session;
    if (!run) return;
    const step = nextStep(run, {
      now: this.#at,
      prompt: undefined,
      activity: { state: 'idle', kind: undefined, outcome: 'done', text: undefined, since: this.#at, evidence: [] },
      agentUp: host.state === 'running' || host.state === 'starting',
      agentEnd: undefined,
      personHolds: this.#at % 3 === 0,
      away: life.name !== 'live',
      changed: true,
      tree: 'a tree',
      limit: undefined,
    });
    if (step.type !== 'wait' && step.type !== 'look') this.#append(eventOfStep(step, run, `p${++this.#ids}`));
  }

  #append(fact: SessionFact): void {
    this.session = reduceSession(this.session, this.#event(fact));
  }

  #event(fact: SessionFact): SessionEvent {
    this.#at += 1;
    const event: SessionEvent = { session: 's1', at: this.#at, ...fact };
    this.events.push(event);
    return event;
  }
}
