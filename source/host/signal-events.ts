import type { TerminalSignal } from '../terminal/signal.ts';
import type { StatusRecord } from '../terminal/status-report.ts';
import { Beat } from './beat.ts';
import type { HostEventBody } from './event-ring.ts';

/** How often each kind of signal becomes an event at most. The latest is always told in the end. */
const GAP_MS = 250;

/** Shell marks count in their order, so they are not replaced by later ones; beyond so many in one gap they are dropped. */
const MARKS_IN_A_GAP = 64;
const STATUS_IN_A_GAP = 64;

/**
 * Turns what a program's output says into events. The program is not trusted: whatever it prints, clients and the daemon get
 * a bounded number of events.
 */
export class SignalEvents {
  readonly #now: () => number;
  readonly #emit: (event: HostEventBody) => void;
  readonly #latest = new Map<string, HostEventBody>();
  readonly #beats = new Map<string, Beat>();
  readonly #statuses = new Map<string, StatusRecord>();
  #title = '';
  #burst = { since: 0, marks: 0, statuses: 0 };

  constructor(options: { readonly now: () => number; readonly emit: (event: HostEventBody) => void }) {
    this.#now = options.now;
    this.#emit = options.emit;
  }

  take(signal: TerminalSignal): void {
    switch (signal.type) {
      case 'status':
        this.#status({ ...signal.report, at: this.#now() });
        return;
      case 'title':
        if (signal.title === this.#title) return;
        this.#title = signal.title;
        this.#soon({ type: 'title', title: signal.title });
        return;
      case 'bell':
        this.#soon({ type: 'bell' });
        return;
      case 'progress':
        this.#soon({ type: 'progress', state: signal.state, percent: signal.percent });
        return;
      case 'notification':
        this.#soon({ type: 'notification', title: signal.title, body: signal.body });
        return;
      case 'shellMark':
        if (this.#count('marks') <= MARKS_IN_A_GAP) {
          this.#emit({ type: 'shellMark', mark: signal.mark, exitCode: signal.exitCode });
        }
        return;
      case 'clipboard':
        // Nobody asked for the user's clipboard to be written.
        return;
      default:
        signal satisfies never;
    }
  }

  stop(): void {
    for (const beat of this.#beats.values()) beat.stop();
  }

  /** One at a time; in a flood the latest of each record, at the end of the gap. */
  #status(record: StatusRecord): void {
    if (this.#statuses.size === 0 && this.#count('statuses') <= STATUS_IN_A_GAP) {
      this.#emit({ type: 'status', record });
      return;
    }
    this.#statuses.delete(record.id);
    this.#statuses.set(record.id, record);
    this.#beat('status', () => {
      for (const pending of this.#statuses.values()) this.#emit({ type: 'status', record: pending });
      this.#statuses.clear();
    }).ask();
  }

  #soon(event: HostEventBody): void {
    this.#latest.set(event.type, event);
    this.#beat(event.type, () => {
      const latest = this.#latest.get(event.type);
      if (latest) this.#emit(latest);
    }).ask();
  }

  #beat(name: string, act: () => void): Beat {
    const known = this.#beats.get(name);
    if (known) return known;
    const beat = new Beat({ gapMs: GAP_MS, now: this.#now, act });
    this.#beats.set(name, beat);
    return beat;
  }

  #count(what: 'marks' | 'statuses'): number {
    if (Math.abs(this.#now() - this.#burst.since) > GAP_MS) this.#burst = { since: this.#now(), marks: 0, statuses: 0 };
    this.#burst[what] += 1;
    return this.#burst[what];
  }
}
