/** As kitty: deeper stacks lose their oldest entry. */
const DEEPEST = 16;
const KNOWN_FLAGS = 0b11111;

/** The keyboard flags of one screen: a base and what was pushed above it. Never empty. */
export class KeyboardStack {
  #flags: number[] = [0];

  get top(): number {
    return this.#flags[this.#flags.length - 1] ?? 0;
  }

  get all(): readonly number[] {
    return this.#flags;
  }

  push(flags: number): void {
    this.#flags.push(flags & KNOWN_FLAGS);
    if (this.#flags.length > DEEPEST) this.#flags.shift();
  }

  pop(count: number): void {
    this.#flags.length = Math.max(0, this.#flags.length - Math.max(1, count));
    if (this.#flags.length === 0) this.#flags = [0];
  }

  /** `CSI = flags ; how u`: 1 replaces, 2 adds, 3 removes. */
  set(flags: number, how: number): void {
    const bits = flags & KNOWN_FLAGS;
    const top = this.#flags.length - 1;
    const now = this.top;
    if (how === 2) this.#flags[top] = now | bits;
    else if (how === 3) this.#flags[top] = now & ~bits;
    else if (how <= 1) this.#flags[top] = bits;
  }

  restore(flags: readonly number[]): void {
    this.#flags = flags.length > 0 ? flags.slice(0, DEEPEST).map(bits => bits & KNOWN_FLAGS) : [0];
  }

  reset(): void {
    this.#flags = [0];
  }
}
