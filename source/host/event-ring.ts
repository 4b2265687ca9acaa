import type { HostEvent } from '../protocol/host.ts';
import { keepEvents } from '../protocol/keep-events.ts';

type Omitted<T> = T extends unknown ? Omit<T, 'n' | 'at'> : never;

/** An event before the host has numbered and timed it. */
export type HostEventBody = Omitted<HostEvent>;

/** What was seen, as far as it is kept: what happened while no daemon looked is not lost. */
export class EventRing {
  readonly #now: () => number;
  readonly #onEvent: (event: HostEvent) => void;
  #events: readonly HostEvent[] = [];
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
    this.#events = keepEvents(this.#events, event);
    this.#onEvent(event);
  }
}
