import type { HostEvent } from '../protocol/host.ts';

type Omitted<T> = T extends unknown ? Omit<T, 'n' | 'at'> : never;

/** An event before the host has numbered and timed it. */
export type HostEventBody = Omitted<HostEvent>;

const KEPT = 256;

/** What a program may say many times a minute. These go first, so that a turning title drives out no question. */
const NOISY: ReadonlySet<HostEvent['type']> = new Set(['title', 'progress', 'bell', 'stirred', 'settled', 'shellMark']);

/** The last 256 things that were seen: what happened while no daemon looked is not lost. */
export class EventRing {
  readonly #now: () => number;
  readonly #onEvent: (event: HostEvent) => void;
  readonly #events: HostEvent[] = [];
  #next = 1;

  constructor(options: { readonly now: () => number; readonly onEvent: (event: HostEvent) => void }) {
    this.#now = options.now;
    this.#onEvent = options.onEvent;
  }

  get events(): readonly HostEvent[] {
    return this.#events;
  }

  add(body: HostEventBody): void {
    const event: HostEvent = { n: this.#next, at: this.#now(), ...body };
    this.#next += 1;
    this.#events.push(event);
    if (this.#events.length > KEPT) {
      const noisy = this.#events.findIndex(old => NOISY.has(old.type));
      this.#events.splice(Math.max(noisy, 0), 1);
    }
    this.#onEvent(event);
  }
}
