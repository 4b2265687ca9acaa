/** Sessions whose prompts are given to nobody for a while: one that goes before them is about to come. */
export class PromptHolds {
  /** Once for each who has them wait. */
  readonly #held: string[] = [];

  has(session: string): boolean {
    return this.#held.includes(session);
  }

  async during<Answer>(session: string, act: () => Promise<Answer>): Promise<Answer> {
    this.#held.push(session);
    try {
      return await act();
    } finally {
      this.#held.splice(this.#held.indexOf(session), 1);
    }
  }
}
