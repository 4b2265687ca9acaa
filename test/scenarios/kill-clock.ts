import { existsSync, readFileSync, watch, writeFileSync } from 'node:fs';
import type { Stage } from '../daemon/stage.ts';
import { untilGone } from '../driver/leftovers.ts';
import type { ProcessView } from '../driver/processes.ts';

/** A moment of a walk, on a slow machine and on a fast one: so long after so many kill points that were passed since its first key. */
export interface Moment {
  readonly passages: number;
  readonly ms: number;
}

export interface Strike {
  /** Whether all of them lived until then, and none of them does any more. */
  readonly died: boolean;
  /** Whether the moment came before the walk had come to its end. */
  readonly isWithin: boolean;
}

/** Kills once: at a moment of a walk, or at its end where that was earlier. Made with the first key. */
export class KillClock {
  readonly #stage: Stage;
  readonly #victims: readonly number[];
  readonly #stopHearing: () => void;
  #timer: NodeJS.Timeout | undefined;
  #lived: boolean | undefined;

  constructor(options: {
    readonly stage: Stage;
    readonly victims: readonly number[];
    readonly points: string;
    readonly moment: Moment;
  }) {
    const { points, moment } = options;
    this.#stage = options.stage;
    this.#victims = options.victims;
    this.#stopHearing = hearPassages(points, count => {
      if (count >= moment.passages) this.#timer ??= setTimeout(() => this.#kill(), moment.ms);
    });
  }

  /** The walk is over. `notice` settles when whoever is left has seen what died. */
  async end(notice: () => Promise<void>): Promise<Strike> {
    this.stop();
    const isWithin = this.#lived !== undefined;
    if (!isWithin) this.#kill();
    if (!this.#lived) return { died: false, isWithin };
    await untilGone('who was killed is gone', () => this.#living());
    await notice();
    return { died: true, isWithin };
  }

  stop(): void {
    this.#stopHearing();
    clearTimeout(this.#timer);
  }

  #kill(): void {
    const living = this.#living();
    this.#lived = living.length === this.#victims.length;
    for (const { pid } of living) process.kill(pid, 'SIGKILL');
  }

  #living(): readonly ProcessView[] {
    return this.#stage.processes().filter(({ pid }) => this.#victims.includes(pid));
  }
}

/** Tells how many kill points have been passed since, now and whenever it is one more. Returns what ends that. */
export function hearPassages(points: string, tell: (count: number) => void): () => void {
  if (!existsSync(points)) writeFileSync(points, '');
  const before = passagesIn(points).length;
  const look = () => tell(passagesIn(points).length - before);
  const watcher = watch(points, look);
  look();
  return () => watcher.close();
}

/** What a walk passes, in its order, without what is noted as it happens to come: looks at a session. */
export function passagesIn(points: string): readonly string[] {
  const passed = existsSync(points) ? readFileSync(points, 'utf8').split('\n').filter(Boolean) : [];
  return passed.filter(point => /^(daemon|tui):/.test(point) && !isQuiet(point));
}

function isQuiet(point: string): boolean {
  return /^daemon:seen:/.test(point) || /^tui:(listAgents|describeRepository|quit|scrollPane)/.test(point);
}
