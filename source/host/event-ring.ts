import { withFact } from '../protocol/fact-rule.ts';
import type { HostEvent, HostParams } from '../protocol/host.ts';
import { keepEvents } from '../protocol/keep-events.ts';

type Omitted<T> = T extends unknown ? Omit<T, 'n' | 'at'> : never;

/** An event before the host has numbered and timed it. */
export type HostEventBody = Omitted<HostEvent>;

/** What was seen, as far as it is kept: what happened while no daemon looked is not lost. */
export class EventRing {
  readonly #now: () => number;
  readonly #onEvent: (event: HostEvent) => void;
  readonly #facts: NonNullable<HostParams['facts']>;
  #events: readonly HostEvent[] = [];
  #next = 1;

  constructor(options: {
    readonly now: () => number;
    readonly onEvent: (event: HostEvent) => void;
    readonly facts?: HostParams['facts'];
  }) {
    this.#now = options.now;
    this.#onEvent = options.onEvent;
    this.#facts = options.facts ?? [];
  }

  get events(): readonly HostEvent[] {
    return this.#events;
  }

  add(body: HostEventBody): void {
    const told = body.type === 'hook' ? { ...body, report: withFact(body.report, this.#facts) } : body;
    const event: HostEvent = { n: this.#next, at: this.#now(), ...told };
    this.#next += 1;
    this.#events = keepEvents(this.#events, event);
    this.#onEvent(event);
  }
}
