import { firstLine } from '../agents/first-line.ts';
import type { Activity } from '../session/activity.ts';
import type { History } from '../session/history.ts';
import type { Session } from '../session/session.ts';

export interface LastSentencesOptions {
  /** Undefined: there is no record. */
  readonly read: (session: Session) => Promise<History | undefined>;
  readonly onRead: (session: string) => void;
  /** Somebody looks: else nothing is read. */
  readonly isWatched: () => boolean;
}

/**
 * What an agent said last, out of its record, for agents that report the end of a turn without a word. Read once for each turn that is
 * over, while somebody looks; nothing waits for it.
 */
export class LastSentences {
  readonly #options: LastSentencesOptions;
  readonly #read = new Map<string, { readonly since: number; readonly sentence: string | undefined }>();

  constructor(options: LastSentencesOptions) {
    this.#options = options;
  }

  /** Undefined: its turn is not over, or nothing is known yet. Then it is read, and told by `onRead`. */
  of(session: Session, activity: Activity): string | undefined {
    const { id, conversationBegun, host } = session;
    if (activity.state !== 'idle' || activity.text || !conversationBegun || host.state !== 'running') return undefined;
    const known = this.#read.get(id);
    if (known?.since === activity.since) return known.sentence;
    if (this.#options.isWatched()) this.#begin(session, activity.since);
    return undefined;
  }

  forget(session: string): void {
    this.#read.delete(session);
  }

  #begin(session: Session, since: number): void {
    const { id } = session;
    this.#read.set(id, { since, sentence: undefined });
    this.#options.read(session).then(
      history => {
        const said = history?.turns.findLast(turn => turn.said !== undefined)?.said;
        const sentence = said === undefined ? undefined : firstLine(said);
        if (sentence === undefined || this.#read.get(id)?.since !== since) return;
        this.#read.set(id, { since, sentence });
        this.#options.onRead(id);
      },
      // A record that can't be read tells nothing; the history says why when it is asked for.
      () => {},
    );
  }
}
