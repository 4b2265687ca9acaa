import { looksAt, nextStep } from '../pipeline/next-step.ts';
import { eventOfStep } from '../pipeline/step-event.ts';
import type { Notice } from '../protocol/daemon.ts';
import { TuttiError, toErrorBody } from '../protocol/rpc.ts';
import { type Effect, effectsOf } from '../session/effect.ts';
import type { SessionFact } from '../session/event.ts';
import { makeId } from '../session/id.ts';
import { isSettled } from '../session/reduce-run.ts';
import type { Session } from '../session/session.ts';
import { wakesAt } from '../session/snooze.ts';
import { LedgerUnwritable } from '../store/ledger.ts';
import { killPoint } from '../system/kill-point.ts';
import type { Brain } from './brain.ts';
import { Deadlines, soonest } from './deadlines.ts';
import { runEffect } from './effects/run-effect.ts';
import { dismiss } from './end-hosts.ts';
import { holdBack } from './hold-back.ts';
import { effectFactsOf, runFactsOf, type Sight, unnoted } from './observe.ts';
import { PutOff } from './put-off.ts';
import { stoppedText } from './stopped-text.ts';
import { storeFolderOf } from './store-folder.ts';
import { type Look, TurnLooks } from './turn-looks.ts';
import { UnderWay } from './under-way.ts';
import { Unwritable } from './unwritable.ts';

export interface LoopOptions {
  readonly brain: Brain;
  /** A session has another state, or what is seen of it has changed. */
  readonly onChanged: (session: string) => void;
  /** Each fact, once it is in the ledger, with the session after it. */
  readonly onNoted: (session: Session, fact: SessionFact) => void;
  /** A sentence for people about something that is not as they may expect. */
  readonly onNote: (session: string, text: string) => void;
  /** What concerns no single session. */
  readonly raise: (notice: Pick<Notice, 'tone' | 'text' | 'session'>) => void;
  /** Replaced in tests. */
  readonly run?: typeof runEffect;
  /** What a worktree is like; asked when a turn is over. */
  readonly look: (session: Session) => Promise<Look>;
}

/** Between HUP, TERM and KILL of a check that nobody waits for. */
const CHECK_GRACE_MS = 2000;

/** More steps than this at one go is a circle: a bug, which must not burn a core. */
const MOST_STEPS = 50;

/**
 * The one loop: event → ledger → reduce → next step → tell clients → run effects → more events. Nothing else changes a session,
 * and nothing but the effects touches the world. What an effect does not bring about in this process, the next one is asked for
 * again by the state that it finds in the ledger.
 */
export class Loop {
  readonly #options: LoopOptions;
  readonly #underWay = new UnderWay();
  readonly #putOff = new PutOff();
  readonly #looks: TurnLooks;
  readonly #deadlines: Deadlines;
  /** Checks that were told to end. */
  readonly #ending = new Set<string>();
  readonly #unwritable: Unwritable;
  #stopping = false;

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#deadlines = new Deadlines(options.brain.system, session => this.settle(session));
    this.#looks = new TurnLooks({ look: options.look, onLooked: session => this.settle(session) });
    this.#unwritable = new Unwritable({
      raise: options.raise,
      retry: () => {
        for (const { id } of options.brain.ledger.sessions()) this.awake(id);
      },
    });
  }

  /** Something is being done right now. */
  get busy(): boolean {
    return this.#underWay.size > 0;
  }

  /** Writes down what has happened to a session, then does what follows from it. Answers its state; an illegal event throws. */
  happen(session: string, facts: readonly SessionFact[], operation?: string): Session | undefined {
    this.#append(session, facts, operation);
    this.settle(session);
    return this.#options.brain.ledger.session(session);
  }

  /** Looks at a session anew: what is unnoted, what a run wants next, what is to be done. */
  settle(id: string): void {
    if (this.#stopping) return;
    try {
      this.#settle(id);
    } catch (thrown) {
      // Nothing was changed, and the next event tries again.
      if (thrown instanceof LedgerUnwritable) return;
      this.#options.brain.log.error({ session: id, err: thrown }, 'a session could not be settled');
      this.#options.onNote(id, toErrorBody(thrown).message);
    }
  }

  #settle(id: string): void {
    const { ledger, log } = this.#options.brain;
    for (let steps = 0; ; steps++) {
      const session = ledger.session(id);
      if (!session) return;
      const facts = this.#next(session);
      if (facts.length === 0) break;
      if (steps === MOST_STEPS) {
        log.error({ session: id, facts }, 'a session goes round in a circle');
        break;
      }
      this.#append(id, facts);
    }
    this.#options.onChanged(id);
    const session = ledger.session(id);
    if (!session) return;
    if (session.life.name !== 'live') this.#looks.forget(id);
    this.#endChecks(session);
    const storeFolder = storeFolderOf(session, this.#options.brain.paths);
    const effects = effectsOf(session, effectFactsOf(session, this.sight(session), storeFolder));
    this.#underWay.keepOnly(id, effects);
    holdBack(this.#underWay, session, effects);
    for (const effect of effects) this.#start(effect);
    const { run, life } = session;
    const runs = life.name === 'live' && run && !isSettled(run);
    const now = this.#options.brain.system.now();
    this.#deadlines.set(id, soonest(runs ? looksAt(run, now) : undefined, wakesAt(session, now)));
  }

  /** What had to wait may be tried again: a host is connected, a client has come. */
  awake(id: string): void {
    this.#putOff.wake(id);
    this.settle(id);
  }

  sight(session: Session): Sight {
    const { system, hosts, asks, promptHolds } = this.#options.brain;
    const { host } = session;
    const found = this.#looks.found(session);
    return {
      now: system.now(),
      status: host.state === 'none' ? undefined : hosts.find(session.id, host.name)?.status,
      ask: asks.first(session.id),
      changed: found?.changed,
      tree: found?.tree,
      limit: found?.limit,
      holdsPrompts: promptHolds.has(session.id),
    };
  }

  /** No prompt of this session is typed any more: those that wait in its host are put back, of others the end is waited for. */
  async withoutDeliveries(session: string): Promise<void> {
    this.settle(session);
    await this.#underWay.deliveries(session);
  }

  /** No new effect is started; answers when those under way have ended, or the time is up. */
  async stop(timeoutMs: number): Promise<void> {
    this.#stopping = true;
    this.#deadlines.clear();
    this.#unwritable.stop();
    let deadline: NodeJS.Timeout | undefined;
    const limit = new Promise<void>(resolve => {
      deadline = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([this.#underWay.all(), limit]);
    clearTimeout(deadline);
  }

  #append(session: string, facts: readonly SessionFact[], operation?: string): void {
    const { ledger, system } = this.#options.brain;
    if (facts.length === 0) return;
    const at = system.now();
    const names = facts.map(fact => fact.type).join('+');
    killPoint(`daemon:${names}:before`);
    try {
      ledger.append(
        facts.map((fact, index) => ({
          session,
          at,
          ...(operation !== undefined && index === 0 ? { operation } : {}),
          ...fact,
        })),
      );
    } catch (thrown) {
      if (thrown instanceof LedgerUnwritable) this.#unwritable.failed(thrown);
      throw thrown;
    }
    this.#unwritable.worked();
    killPoint(`daemon:${names}:after`);
    const after = ledger.session(session);
    for (const fact of facts) {
      if (after) this.#options.onNoted(after, fact);
      // What waited for another host may go to this one.
      if (fact.type === 'hostStarted') this.#putOff.wake(session);
      // Noted, so the host that kept it may go.
      if (fact.type === 'hostExited') void dismiss(this.#options.brain, session, fact.name);
    }
  }

  #next(session: Session): readonly SessionFact[] {
    const sight = this.sight(session);
    const seen = unnoted(session, sight, this.#options.brain.system);
    if (seen.length > 0) return seen;
    const { run, life } = session;
    if (!run || life.name === 'creating' || life.name === 'discarding' || life.name === 'discarded') return [];
    const step = nextStep(run, runFactsOf(session, sight));
    if (step.type === 'wait') return [];
    if (step.type === 'look') {
      this.#looks.look(session);
      return [];
    }
    const { system } = this.#options.brain;
    return [eventOfStep(step, run, makeId(system.now(), system.random(4)))];
  }

  /** A check whose run does not wait for it any more (stopped, taken back) is ended. */
  #endChecks({ id, run, life }: Session): void {
    const { hosts } = this.#options.brain;
    if (life.name !== 'live') return;
    for (const { name, status, connection } of hosts.of(id)) {
      const isWanted = run?.stage.name === 'checking' && run.stage.host === name;
      if (status.role !== 'check' || status.exit || isWanted || this.#ending.has(`${id}/${name}`)) continue;
      this.#ending.add(`${id}/${name}`);
      connection.request('process/end', { graceMs: CHECK_GRACE_MS }).catch(() => {});
    }
  }

  #start(effect: Effect): void {
    if (this.#stopping || this.#underWay.has(effect.key) || this.#putOff.has(effect.key)) return;
    this.#underWay.start(
      effect,
      (signal, putBack) => this.#run(effect, signal, putBack),
      () => this.settle(effect.session),
    );
  }

  /** Never rejects. */
  async #run(effect: Effect, signal: AbortSignal, putBack: AbortSignal): Promise<void> {
    const { brain, run = runEffect } = this.#options;
    const { log } = brain;
    this.#putOff.begin(effect);
    // The state that asked for it is told to clients before it is done.
    await null;
    if (effect.type === 'endHosts' || effect.type === 'removeWorktree') await this.#underWay.beforeEnd(effect.session);
    let isDone = false;
    try {
      killPoint(`daemon:${effect.type}:before`);
      const outcome = await run(brain, effect, signal, putBack);
      killPoint(`daemon:${effect.type}:after`);
      isDone = 'facts' in outcome;
      if ('later' in outcome) {
        log.info({ effect: effect.key, why: outcome.later }, 'put off');
        this.#putOff.later(effect);
        return;
      }
      this.#append(effect.session, outcome.facts);
      for (const note of outcome.notes ?? []) this.#options.onNote(effect.session, note);
      await outcome.after?.();
    } catch (thrown) {
      // Done and not noted: once it can be, it is found done.
      if (thrown instanceof LedgerUnwritable) {
        this.#putOff.later(effect);
        return;
      }
      if (signal.aborted) {
        log.info({ effect: effect.key, err: thrown }, 'stopped');
        this.#options.onNote(
          effect.session,
          stoppedText(effect, { session: brain.ledger.session(effect.session), isDone }),
        );
        return;
      }
      log.warn({ effect: effect.key, err: thrown }, 'an effect failed');
      this.#failed(effect, thrown);
    } finally {
      this.#putOff.end(effect);
    }
  }

  #failed(effect: Effect, thrown: unknown): void {
    const [why, kind] =
      thrown instanceof TuttiError
        ? [thrown.message, thrown.kind]
        : [
            `tutti hit a bug in ${effect.type}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
            'bug' as const,
          ];
    try {
      this.#append(effect.session, [{ type: 'effectFailed', effect: effect.key, why, kind }]);
    } catch (cause) {
      // Nothing was changed, and it is not tried in a circle.
      this.#options.brain.log.error({ err: cause }, 'a failure could not be written down');
      this.#putOff.later(effect);
    }
  }
}
