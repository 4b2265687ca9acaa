import { firstLine } from '../agents/first-line.ts';
import type { Activity } from '../session/activity.ts';
import { fullWindow, type History, windowName } from '../session/history.ts';
import type { Session } from '../session/session.ts';
import { clockTime } from '../text/clock.ts';
import { AGAIN_AFTER_MS } from './history-of.ts';

export interface LastSentencesOptions {
  /** Undefined: there is no record. */
  readonly read: (session: Session) => Promise<History | undefined>;
  readonly onRead: (session: string) => void;
  readonly now: () => number;
  /** Somebody looks: else nothing is read. */
  readonly isWatched: () => boolean;
  /** After so many milliseconds; never keeps the process alive. */
  readonly later: (ms: number, act: () => void) => void;
}

export interface LastSentence {
  readonly sentence: string | undefined;
  /** Until when the account can do no more, where the record tells it. */
  readonly limit: string | undefined;
}

interface Read extends LastSentence {
  readonly since: number;
  /** When something was submitted last: a turn may be over before anybody saw that it works. */
  readonly submitted: number | undefined;
  /** Which turn it was read of, to tell a record that has nothing new from one that has. */
  readonly turn: string | undefined;
}

const NOTHING: LastSentence = { sentence: undefined, limit: undefined };

/**
 * What an agent said last, out of its record, for agents that report the end of a turn without a word; of one that failed also whether
 * the account is at a limit. Read for each turn that is over, while somebody looks; nothing waits for it.
 */
export class LastSentences {
  readonly #options: LastSentencesOptions;
  readonly #read = new Map<string, Read>();

  constructor(options: LastSentencesOptions) {
    this.#options = options;
  }

  /**
   * Nothing in it: its turn is not over, or nothing is known yet. Then it is read, and told by `onRead`. `submitted`: when something was
   * submitted to its program last, milliseconds since 1970.
   */
  of(session: Session, activity: Activity, submitted: number | undefined): LastSentence {
    const { id, conversationBegun, host } = session;
    const isWanted = activity.state === 'idle' && (!activity.text || activity.outcome === 'error');
    if (!isWanted || !conversationBegun || host.state !== 'running') return NOTHING;
    const { since } = activity;
    const known = this.#read.get(id);
    const shown = known?.since === since ? known : NOTHING;
    if (shown === known && known.submitted === submitted) return known;
    if (!this.#options.isWatched()) return shown;
    const { sentence, limit } = shown;
    const turn = { since, submitted, turn: known?.turn, sentence, limit };
    this.#read.set(id, turn);
    this.#attempt({ session, read: turn, isError: activity.outcome === 'error' }, AGAIN_AFTER_MS);
    return turn;
  }

  forget(session: string): void {
    this.#read.delete(session);
  }

  #attempt(turn: TurnToRead, waits: readonly number[]): void {
    const { session, read } = turn;
    const isStill = () => this.#read.get(session.id) === read;
    this.#options.read(session).then(
      history => {
        if (!isStill()) return;
        const [wait, ...more] = waits;
        const ended = history && endedTurn(history, read.submitted);
        // After the last one what stands there counts: of a turn that was interrupted some write nothing.
        if (wait === undefined || (ended !== undefined && ended !== read.turn)) return this.#take(turn, history, ended);
        this.#options.later(wait, () => {
          if (isStill()) this.#attempt(turn, more);
        });
      },
      // A record that can't be read tells nothing; the history says why when it is asked for.
      () => {},
    );
  }

  #take({ session: { id }, read, isError }: TurnToRead, history: History | undefined, turn: string | undefined): void {
    const said = history?.turns.findLast(each => each.said !== undefined)?.said;
    const sentence = said === undefined ? undefined : firstLine(said);
    const limit = history && isError ? this.#limitOf(history) : undefined;
    if ((sentence ?? limit) === undefined) return;
    this.#read.set(id, { ...read, sentence, limit, turn });
    this.#options.onRead(id);
  }

  /** A window of the account that is used up, and when it begins anew. */
  #limitOf(history: History): string | undefined {
    const now = this.#options.now();
    const full = fullWindow(history, now);
    return full && `usage limit (${windowName(full)}) until ${clockTime(full.resetsAt, now)}`;
  }
}

interface TurnToRead {
  readonly session: Session;
  /** What is known until then. */
  readonly read: Read;
  readonly isError: boolean;
}

/** Names the newest turn of a record; undefined: it is not over there, or the record knows nothing yet of what was submitted after it. */
function endedTurn({ turns, count }: History, submitted = 0): string | undefined {
  const last = turns.at(-1);
  const at = last?.until ?? last?.at;
  return last?.end === undefined || (at !== undefined && at < submitted) ? undefined : `${count} ${at}`;
}
