import type { DemoOptions } from './arguments.ts';
import { type DemoReport, encodeReport } from './status.ts';

/** Tells the terminal what the agent does, by OSC 7501: changes only, and only where it may. */
export class Reporter {
  readonly #how: DemoOptions['status'];
  readonly #write: (text: string) => void;
  #on: boolean;
  #answered = false;
  #lastRoot = '';
  /** Reports of what goes on beside the turn, for a terminal that answers later. */
  readonly #children = new Map<string, string>();

  constructor(how: DemoOptions['status'], write: (text: string) => void) {
    this.#how = how;
    this.#write = write;
    this.#on = how === 'unasked';
  }

  /** The answer to 7501's query counts only before that to DA1, which every terminal gives. */
  answered(to: 'status' | 'device'): void {
    if (this.#how !== 'osc7501' || this.#answered) return;
    this.#answered = true;
    this.#on = to === 'status';
    if (this.#on) for (const text of this.#children.values()) this.#write(text);
  }

  tell(report: DemoReport): void {
    const text = encodeReport(report);
    const { id, state } = report;
    if (id !== undefined && state !== 'clear') this.#children.set(id, text);
    else if (id !== undefined) this.#children.delete(id);
    if (!this.#on) return;
    if (id === undefined) {
      if (text === this.#lastRoot) return;
      this.#lastRoot = text;
    }
    this.#write(text);
  }
}
