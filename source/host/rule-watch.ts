import type { NamedRule } from '../protocol/host.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import { Beat } from './beat.ts';
import { DRAWN_MS } from './happenings.ts';

export interface RuleWatchOptions {
  readonly rules: readonly NamedRule[];
  readonly now: () => number;
  readonly test: (rule: ScreenRule) => boolean;
  /** The program is in the middle of a frame, and says so. */
  readonly isSynchronizing: () => boolean;
  readonly onChange: (rule: string, holds: boolean) => void;
}

const GAP_MS = 250;

/** A look waits so often for a rest, and no longer: output without end is looked at in each beat all the same. Not by the clock, which may be set. */
const MOST_WAITS = 4;

/**
 * Keeps an eye on what a program draws in states that it does not report. Once in a beat, and where the output rests: half a redraw would
 * count until the next one.
 */
export class RuleWatch {
  readonly #options: RuleWatchOptions;
  readonly #beat: Beat;
  readonly #holding = new Map<string, number>();
  /** Something was drawn since the last look. */
  #isDrawn = false;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #rest: NodeJS.Timeout | undefined;

  constructor(options: RuleWatchOptions) {
    this.#options = options;
    this.#beat = new Beat({ gapMs: GAP_MS, now: options.now, act: () => this.#awaitRest() });
  }

  get holding(): readonly { readonly rule: string; readonly since: number }[] {
    return [...this.#holding].map(([rule, since]) => ({ rule, since }));
  }

  printed(): void {
    if (this.#options.rules.length === 0) return;
    this.#isDrawn = true;
    this.#drawnAt = this.#options.now();
    this.#beat.ask();
  }

  stop(): void {
    this.#beat.stop();
    clearTimeout(this.#rest);
    this.#rest = undefined;
  }

  /** What was drawn in this beat is seen before it may be drawn over; half a redraw only until the rest of it is there. */
  catchUp(): void {
    if (!this.#isDrawn) return;
    this.look();
    if (!this.#isResting()) this.#awaitRest();
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

  #awaitRest(waits = MOST_WAITS): void {
    this.#rest ??= setTimeout(() => {
      this.#rest = undefined;
      if (!this.#isResting() && waits > 1) this.#awaitRest(waits - 1);
      else if (this.#isDrawn) this.look();
    }, this.#untilRest());
  }

  #isResting(): boolean {
    return this.#untilRest() === 0;
  }

  /** Milliseconds, at most those of a rest, whatever the clock does. */
  #untilRest(): number {
    const { now, isSynchronizing } = this.#options;
    if (isSynchronizing()) return DRAWN_MS;
    return Math.min(Math.max(0, this.#drawnAt + DRAWN_MS - now()), DRAWN_MS);
  }
}
