import type { NamedRule } from '../protocol/host.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import { Beat } from './beat.ts';

export interface RuleWatchOptions {
  readonly rules: readonly NamedRule[];
  readonly now: () => number;
  readonly test: (rule: ScreenRule) => boolean;
  readonly onChange: (rule: string, holds: boolean) => void;
}

const GAP_MS = 250;

/** Keeps an eye on what a program draws in states that it does not report. */
export class RuleWatch {
  readonly #options: RuleWatchOptions;
  readonly #beat: Beat;
  readonly #holding = new Map<string, number>();
  /** Something was drawn since the last look. */
  #isDrawn = false;

  constructor(options: RuleWatchOptions) {
    this.#options = options;
    this.#beat = new Beat({ gapMs: GAP_MS, now: options.now, act: () => this.look() });
  }

  get holding(): readonly { readonly rule: string; readonly since: number }[] {
    return [...this.#holding].map(([rule, since]) => ({ rule, since }));
  }

  printed(): void {
    if (this.#options.rules.length === 0) return;
    this.#isDrawn = true;
    this.#beat.ask();
  }

  stop(): void {
    this.#beat.stop();
  }

  /** What was drawn in this beat is seen before it may be drawn over. */
  catchUp(): void {
    if (this.#isDrawn) this.look();
  }

  /** Now, and not only at the next beat: before something is done that changes what is shown. */
  look(): void {
    const { rules, now, test, onChange } = this.#options;
    this.#isDrawn = false;
    const changed = rules
      .map(({ name, rule }) => ({ name, holds: test(rule) }))
      .filter(({ name, holds }) => holds !== this.#holding.has(name));
    // One after the other, though they changed at once: what begins first, and of what ends that which counts most last, so that in between
    // nothing seems to hold that did not.
    const begun = changed.filter(({ holds }) => holds);
    const ended = changed.filter(({ holds }) => !holds).toReversed();
    for (const { name, holds } of [...begun, ...ended]) {
      if (holds) this.#holding.set(name, now());
      else this.#holding.delete(name);
      onChange(name, holds);
    }
  }
}
