import { hasChannel, type Told } from '../notify/channels.ts';
import type { SessionView } from '../protocol/daemon.ts';
import { type News, newsOf, summaryOf } from '../session/news.ts';
import { ACTIVE_MS, isQuiet } from '../session/quiet.ts';
import type { Settings } from '../store/settings-defaults.ts';
import type { System } from '../system/system.ts';
import type { ToldFile, ToldKeys } from './told-file.ts';

/** So long it has to be true: what passes by itself is no news. */
const HOLD_MS = 2000;

/** Looked at again when it is quiet; a clock that was set is not missed for longer. */
const QUIET_LOOK_MS = 5 * 60_000;

/** Nobody was reached, or the settings can't be read: after so long once more. */
export const RETRY_MS = 60_000;
const MOST_TRIES = 3;

/** So many of the last things of a session that were told: one that comes back, as after a dialog that stood over it, is no news. */
const MOST_KEPT = 8;

export type NotifySettings = Omit<Settings['notify'], 'bell'>;

export interface NotifierOptions {
  readonly system: Pick<System, 'now'>;
  readonly settings: () => Promise<NotifySettings>;
  /** Undefined: not in the list (any more). */
  readonly view: (session: string) => SessionView | undefined;
  readonly views: () => readonly SessionView[];
  readonly told: Pick<ToldFile, 'read' | 'write'>;
  readonly tell: (news: News, settings: NotifySettings) => Promise<Told>;
  readonly onTrouble: (text: string) => void;
  /** It waits for something, or does no more. */
  readonly onChanged: () => void;
}

/**
 * Tells a user who is away, once for each real change: what has been true for a moment, that he has not seen in tutti, and outside of his
 * quiet hours. One timer for all of it, set while something waits.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #waiting = new Map<string, Waiting>();
  readonly #startedAt: number;
  readonly #changed = new Set<string>();
  readonly #troubles = new Set<string>();
  #activeAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #stopped = false;

  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#startedAt = options.system.now();
  }

  /** Something is to be told yet. */
  get waits(): boolean {
    return this.#waiting.size > 0 || this.#changed.size > 0;
  }

  changed(session: string): void {
    this.#changed.add(session);
    this.#set(HOLD_MS / 2);
  }

  /** The user has pressed a key in tutti. */
  userActive(): void {
    this.#activeAt = this.#options.system.now();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #set(ms: number): void {
    if (this.#timer || this.#looking || this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#look();
    }, ms);
  }

  async #look(): Promise<void> {
    this.#looking = true;
    let again: number | undefined;
    try {
      again = await this.#tellDue(await this.#options.settings());
    } catch (thrown) {
      // Settings that can't be read now: what waits goes on waiting.
      this.#trouble(thrown instanceof Error ? thrown.message : String(thrown));
      again = RETRY_MS;
    } finally {
      this.#looking = false;
    }
    if (again !== undefined) this.#set(this.#changed.size > 0 ? Math.min(again, HOLD_MS / 2) : again);
    else if (this.#changed.size > 0) this.#set(HOLD_MS / 2);
    else this.#options.onChanged();
  }

  /** Returns in how many milliseconds something may be due; undefined: nothing waits. */
  async #tellDue(settings: NotifySettings): Promise<number | undefined> {
    const { system, view } = this.#options;
    const now = system.now();
    if (!hasChannel(settings)) {
      this.#changed.clear();
      this.#waiting.clear();
      return undefined;
    }
    const known = this.#options.told.read();
    const told = new Map(known ?? this.#everything());
    const before = known && JSON.stringify([...told]);
    for (const id of this.#changed) this.#note(id, settings, told);
    this.#changed.clear();
    const due: Due[] = [];
    const waits: number[] = [];
    for (const [id, waiting] of this.#waiting) {
      const shown = view(id);
      const news = shown && newsOf(shown);
      const ready = Math.max(waiting.from, this.#activeAt + ACTIVE_MS);
      if (news?.key !== waiting.key) this.#waiting.delete(id);
      else if (isQuiet(settings.quiet, now)) waits.push(QUIET_LOOK_MS);
      else if (ready > now) waits.push(ready - now);
      else due.push({ news, waiting });
    }
    for (const { news } of due) {
      this.#waiting.delete(news.session);
      told.set(news.session, [...without(told, news), news.key].slice(-MOST_KEPT));
    }
    // Written first: what was told is not told twice, whatever happens meanwhile.
    if (JSON.stringify([...told]) !== before) this.#write(told);
    for (const together of due.length > MOST_AT_ONCE ? [due] : due.map(each => [each])) {
      if (!(await this.#tell(together, settings, told))) waits.push(RETRY_MS);
    }
    return waits.length > 0 ? Math.min(...waits) : undefined;
  }

  /** False: nobody was reached, and it is to be tried again. */
  async #tell(
    together: readonly Due[],
    settings: NotifySettings,
    told: Map<string, readonly string[]>,
  ): Promise<boolean> {
    const news = summaryOf(together.map(each => each.news));
    if (!news) return true;
    const { reached, failed } = await this.#options.tell(news, settings);
    for (const text of failed) this.#trouble(text);
    const again = reached ? [] : together.filter(({ waiting }) => waiting.tries + 1 < MOST_TRIES);
    if (again.length === 0) return true;
    for (const { news: each, waiting } of again) {
      told.set(each.session, without(told, each));
      this.#waiting.set(each.session, {
        key: waiting.key,
        from: this.#options.system.now() + RETRY_MS,
        tries: waiting.tries + 1,
      });
    }
    this.#write(told);
    return false;
  }

  /** Where it can't be written it is told all the same: then perhaps once more by a daemon that starts anew. */
  #write(told: ToldKeys): void {
    try {
      this.#options.told.write(told);
    } catch (thrown) {
      this.#trouble(`What you were told could not be written down: ${(thrown as Error).message}`);
    }
  }

  #note(id: string, settings: NotifySettings, told: Map<string, readonly string[]>): void {
    const shown = this.#options.view(id);
    const news = shown && newsOf(shown);
    // Put away, it is to be told once more when it comes back.
    if (!shown || shown.status === 'snoozed') told.delete(id);
    if (!news || !settings.on.includes(news.kind)) this.#waiting.delete(id);
    else if (!told.get(id)?.includes(news.key) && this.#waiting.get(id)?.key !== news.key) {
      this.#waiting.set(id, { key: news.key, from: this.#options.system.now() + HOLD_MS, tries: 0 });
    }
  }

  /** The first time what is there already is no news, but for what has just changed: at the start of a daemon all has. */
  #everything(): readonly (readonly [string, readonly string[]])[] {
    const others = this.#options
      .views()
      .filter(({ session, since }) => since < this.#startedAt || !this.#changed.has(session.id));
    return others.flatMap(view => {
      const news = newsOf(view);
      return news ? [[view.session.id, [news.key]] as const] : [];
    });
  }

  /** Said once: a channel that is broken would say it at each piece of news. */
  #trouble(text: string): void {
    if (this.#troubles.has(text)) return;
    this.#troubles.add(text);
    this.#options.onTrouble(text);
  }
}

interface Waiting {
  readonly key: string;
  /** Not before. */
  readonly from: number;
  /** So often nobody was reached. */
  readonly tries: number;
}

interface Due {
  readonly news: News;
  readonly waiting: Waiting;
}

/** More at once are told as one. */
const MOST_AT_ONCE = 3;

function without(told: ToldKeys, { session, key }: News): readonly string[] {
  return (told.get(session) ?? []).filter(each => each !== key);
}
