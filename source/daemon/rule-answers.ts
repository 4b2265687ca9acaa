import { agentFor } from '../agents/described.ts';
import type { AgentQuestion } from '../session/agent-question.ts';
import { type AllowRule, ruleFor } from '../session/allow-rule.ts';
import { riskOf } from '../session/risk.ts';
import type { Session } from '../session/session.ts';
import type { AllowRules } from '../store/allow-rules.ts';
import { activityOf, personHolds, type Sight } from './observe.ts';

/** A dialog that is not drawn yet, or not as it is known, is looked at so often, each time after something has happened there. */
const MOST_LOOKS = 3;

export interface RuleAnswersOptions {
  readonly now: () => number;
  readonly rules: Pick<AllowRules, 'list' | 'write'>;
  readonly session: (id: string) => Session | undefined;
  readonly sight: (session: Session) => Sight;
  /** What it asks, read from its screen now. */
  readonly question: (session: Session) => Promise<AgentQuestion | undefined>;
  /** Writes down that a rule answers, once for each operation. @throws where that can't be written. */
  readonly note: (session: Session, allowed: { rule: string; command: string; operation: string }) => void;
  /** Answers it as a user does, bound to the question. @throws where it is refused. */
  readonly answer: (
    session: Session,
    answer: { readonly operation: string; readonly question: string; readonly choice: string },
  ) => Promise<unknown>;
  readonly onTrouble: (text: string) => void;
  readonly onRefused: (session: string, why: unknown) => void;
}

/**
 * Answers what a rule of the user's allows, with the choice that allows it this once: bound to the question as any other answer is, after
 * it was written down that a rule does it, and never while a person has the keys of the pane. What is risky is asked all the same.
 */
export class RuleAnswers {
  readonly #options: RuleAnswersOptions;
  readonly #looks = new Map<string, { readonly key: string; readonly count: number }>();
  readonly #underWay = new Set<string>();
  #trouble: string | undefined;

  constructor(options: RuleAnswersOptions) {
    this.#options = options;
  }

  /** Something is seen of a session. */
  changed(id: string): void {
    const rules = this.#rules();
    if (rules.length === 0 || this.#underWay.has(id)) return;
    const session = this.#options.session(id);
    const sight = session && this.#options.sight(session);
    if (!session || !sight?.status || personHolds(sight.status)) return;
    const { state, kind, since, text } = activityOf(session, sight);
    if (state !== 'waiting' || kind !== 'permission') return;
    const asked = agentFor(session.agent).commandAsked?.(sight.status, text);
    const rule = asked && ruleFor(rules, asked.command, session);
    if (!rule || !this.#mayLook(id, `${rule.id} ${since} ${text}`)) return;
    this.#underWay.add(id);
    this.#answer(session, rule)
      .catch((why: unknown) => this.#options.onRefused(id, why))
      .finally(() => {
        this.#underWay.delete(id);
        // Its next question may have come meanwhile.
        this.changed(id);
      });
  }

  #mayLook(id: string, key: string): boolean {
    const before = this.#looks.get(id);
    const count = before?.key === key ? before.count + 1 : 1;
    this.#looks.set(id, { key, count });
    return count <= MOST_LOOKS;
  }

  async #answer(session: Session, { id: rule }: AllowRule): Promise<void> {
    const { question: read, note, answer, rules, now } = this.#options;
    const question = await read(session);
    const { allows } = question ?? {};
    const choice = question?.choices.find(({ key }) => key === allows?.choice);
    if (!question || !allows || !choice || riskOf(question, choice) !== undefined) return;
    // It may have been taken away meanwhile, and the question may be another one than the one that it was looked for.
    if (ruleFor(this.#rules(), allows.command, session)?.id !== rule) return;
    const operation = `rule/${rule}/${question.id}`;
    note(session, { rule, command: allows.command, operation: `${operation}/noted` });
    await answer(session, { operation, question: question.id, choice: choice.key });
    const counted = rules
      .list()
      .map(each => (each.id === rule ? { ...each, used: each.used + 1, usedAt: now() } : each));
    rules.write(counted);
  }

  /** A file that can't be read allows nothing, and says so once. */
  #rules(): readonly AllowRule[] {
    try {
      return this.#options.rules.list();
    } catch (thrown) {
      const text = thrown instanceof Error ? thrown.message : String(thrown);
      if (this.#trouble !== text) this.#options.onTrouble(text);
      this.#trouble = text;
      return [];
    }
  }
}
