import { firstLine } from '../agents/first-line.ts';
import type { Activity } from '../session/activity.ts';
import { type History, windowName } from '../session/history.ts';
import type { Session } from '../session/session.ts';
import { clockTime } from '../text/clock.ts';

export interface LastSentencesOptions {
  /** Undefined: there is no record. */
  readonly read: (session: Session) => Promise<History | undefined>;
  readonly onRead: (session: string) => void;
  readonly now: () => number;
  /** Somebody looks: else nothing is read. */
  readonly isWatched: () => boolean;
}

export interface LastSentence {
  readonly sentence: string | undefined;
  /** Until when the account can do no more, where the record tells it. */
  readonly limit: string | undefined;
}

const NOTHING: LastSentence = { sentence: undefined, limit: undefined };

/**
 * What an agent said last, out of its record, for agents that report the end of a turn without a word; of one that failed also whether
 * the account is at a limit. Read once for each turn that is over, while somebody looks; nothing waits for it.
 */
export class LastSentences {
  readonly #options: LastSentencesOptions;
  readonly #read = new Map<string, { readonly since: number } & LastSentence>();

  constructor(options: LastSentencesOptions) {
    this.#options = options;
  }

  /** Nothing in it: its turn is not over, or nothing is known yet. Then it is read, and told by `onRead`. */
  of(session: Session, activity: Activity): LastSentence {
    const { id, conversationBegun, host } = session;
    const isWanted = activity.state === 'idle' && (!activity.text || activity.outcome === 'error');
    if (!isWanted || !conversationBegun || host.state !== 'running') return NOTHING;
    const known = this.#read.get(id);
    if (known?.since === activity.since) return known;
    if (this.#options.isWatched()) this.#begin(session, activity);
    return NOTHING;
  }

  forget(session: string): void {
    this.#read.delete(session);
  }

  #begin(session: Session, { since, outcome }: Activity): void {
    const isError = outcome === 'error';
    const { id } = session;
    this.#read.set(id, { since, ...NOTHING });
    this.#options.read(session).then(
      history => {
        const said = history?.turns.findLast(turn => turn.said !== undefined)?.said;
        const sentence = said === undefined ? undefined : firstLine(said);
        const limit = history && isError ? this.#limitOf(history) : undefined;
        if ((sentence ?? limit) === undefined || this.#read.get(id)?.since !== since) return;
        this.#read.set(id, { since, sentence, limit });
        this.#options.onRead(id);
      },
      // A record that can't be read tells nothing; the history says why when it is asked for.
      () => {},
    );
  }

  /** A window of the account that is used up, and when it begins anew. */
  #limitOf({ limits }: History): string | undefined {
    const now = this.#options.now();
    const full = limits.filter(({ usedPercent, resetsAt }) => usedPercent >= 100 && (resetsAt ?? 0) > now);
    const last = full.sort((a, b) => (b.resetsAt ?? 0) - (a.resetsAt ?? 0))[0];
    return last && `usage limit (${windowName(last)}) until ${clockTime(last.resetsAt ?? now, now)}`;
  }
}
