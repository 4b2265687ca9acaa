import { Interrupted } from './pause.ts';
import type { Duration } from './script.ts';
import type { DemoReport } from './status.ts';

export interface BesidesPort {
  readonly wait: (lasts: Duration, signal: AbortSignal) => Promise<void>;
  readonly report: (report: DemoReport) => void;
  readonly changed: () => void;
}

interface Work {
  readonly kind: 'agent' | 'background';
  readonly title: string;
  readonly stop: AbortController;
}

/** Sub-agents and background jobs: what goes on beside the turn, each a status record of its own. */
export class Besides {
  readonly #port: BesidesPort;
  readonly #works = new Map<string, Work>();
  #started = 0;

  constructor(port: BesidesPort) {
    this.#port = port;
  }

  /** Settled when the work is over or was ended; never rejects. */
  async start(options: {
    readonly kind: Work['kind'];
    readonly lasts: Duration;
    readonly title: string;
  }): Promise<void> {
    const { kind, title } = options;
    const id = `${kind}-${++this.#started}`;
    const stop = new AbortController();
    this.#works.set(id, { kind, title, stop });
    this.#port.report({ id, state: 'working', title });
    this.#port.changed();
    try {
      await this.#port.wait(options.lasts, stop.signal);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    } finally {
      this.#works.delete(id);
      this.#port.report({ id, state: 'clear' });
      this.#port.changed();
    }
  }

  titles(): readonly string[] {
    return [...this.#works.values()].map(work => work.title);
  }

  words(): string | undefined {
    const [first, ...more] = this.titles();
    if (first === undefined) return undefined;
    return more.length === 0 ? `${first} still runs` : `${more.length + 1} background jobs still run`;
  }

  /** An interrupt ends the turn's sub-agents; background jobs go on, as in claude. */
  interruptAgents(): void {
    for (const work of this.#works.values()) if (work.kind === 'agent') work.stop.abort();
  }

  end(): void {
    for (const work of this.#works.values()) work.stop.abort();
  }
}
