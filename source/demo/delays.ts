/** How long things take that take no time, milliseconds: so that it looks like an agent. `--instant` takes them away. */
export interface Delays {
  /** Before the first word of a turn. */
  readonly think: number;
  /** Between two words. */
  readonly word: number;
  /** Before a tool call shows its result. */
  readonly tool: number;
  /** A sub-agent or a background job that names no duration. */
  readonly beside: number;
  /** Between two tries of a model that does not answer. */
  readonly retry: number;
  /** Between two frames of the mark that turns; 0: it stands still and no time is shown. */
  readonly spinner: number;
}

export const LIFELIKE: Delays = { think: 600, word: 28, tool: 350, beside: 4000, retry: 1500, spinner: 120 };
export const INSTANT: Delays = { think: 0, word: 0, tool: 0, beside: 0, retry: 0, spinner: 0 };
