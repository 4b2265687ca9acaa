import type { DemoOptions } from './arguments.ts';
import { type DemoReport, encodeReport } from './status.ts';

/** Tells the terminal what the agent does, by OSC 7501: changes only, and only where it may. */
export class Reporter {
  readonly #how: DemoOptions['status'];
  readonly #write: (text: string) => void;
  #on: boolean;
  #answered = false;
  #lastRoot = '';

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
  }

  tell(report: DemoReport): void {
    if (!this.#on) return;
    const text = encodeReport(report);
    if (report.id === undefined) {
      if (text === this.#lastRoot) return;
      this.#lastRoot = text;
    }
    this.#write(text);
  }
}
