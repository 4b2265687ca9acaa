import { hasChannel } from '../notify/channels.ts';
import type { SessionView } from '../protocol/daemon.ts';
import { isQuiet, type News, newsOf, summaryOf } from '../session/news.ts';
import type { Settings } from '../store/settings-defaults.ts';
import type { System } from '../system/system.ts';
import type { ToldFile } from './told-file.ts';

/** So long it has to be true: what passes by itself is no news. */
const HOLD_MS = 2000;

/** So long after his last key in tutti the user sees it there. */
export const ACTIVE_MS = 60_000;

/** Looked at again when it is quiet; a clock that was set is not missed for longer. */
const QUIET_LOOK_MS = 5 * 60_000;

export type NotifySettings = Omit<Settings['notify'], 'bell'>;

export interface NotifierOptions {
  readonly system: Pick<System, 'now'>;
  readonly settings: () => Promise<NotifySettings>;
  /** Undefined: not in the list (any more). */
  readonly view: (session: string) => SessionView | undefined;
  readonly views: () => readonly SessionView[];
  readonly told: Pick<ToldFile, 'read' | 'write'>;
  /** Resolves with what failed, for people. */
  readonly tell: (news: News, settings: NotifySettings) => Promise<readonly string[]>;
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
  /** Since when each piece of news waits to be told. */
  readonly #waiting = new Map<string, { readonly key: string; readonly at: number }>();
  readonly #changed = new Set<string>();
  readonly #troubles = new Set<string>();
  #activeAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #stopped = false;

  constructor(options: NotifierOptions) {
    this.#options = options;
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
      this.#trouble(thrown instanceof Error ? thrown.message : String(thrown));
      this.#waiting.clear();
      this.#changed.clear();
    } finally {
      this.#looking = false;
    }
    if (this.#changed.size > 0) this.#set(HOLD_MS / 2);
    else if (again !== undefined) this.#set(again);
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
    const due: News[] = [];
    const waits: number[] = [];
    for (const [id, { key, at }] of this.#waiting) {
      const shown = view(id);
      const news = shown && newsOf(shown);
      const ready = Math.max(at + HOLD_MS, this.#activeAt + ACTIVE_MS);
      if (news?.key !== key) this.#waiting.delete(id);
      else if (isQuiet(settings.quiet, minuteOfDay(now))) waits.push(QUIET_LOOK_MS);
      else if (ready > now) waits.push(ready - now);
      else due.push(news);
    }
    for (const { session, key } of due) {
      this.#waiting.delete(session);
      told.set(session, key);
    }
    // Written first: what was told is not told twice, whatever happens meanwhile.
    if (JSON.stringify([...told]) !== before) this.#options.told.write(told);
    for (const news of due.length > MOST_AT_ONCE ? [summaryOf(due)] : due) {
      if (news) for (const text of await this.#options.tell(news, settings)) this.#trouble(text);
    }
    return waits.length > 0 ? Math.min(...waits) : undefined;
  }

  #note(id: string, settings: NotifySettings, told: Map<string, string>): void {
    const shown = this.#options.view(id);
    const news = shown && newsOf(shown);
    if (!shown) told.delete(id);
    if (!news || !settings.on.includes(news.kind)) this.#waiting.delete(id);
    else if (told.get(id) !== news.key && this.#waiting.get(id)?.key !== news.key) {
      this.#waiting.set(id, { key: news.key, at: this.#options.system.now() });
    }
  }

  /** The first time what is there already is no news, but for what has just changed. */
  #everything(): readonly (readonly [string, string])[] {
    const others = this.#options.views().filter(({ session }) => !this.#changed.has(session.id));
    return others.flatMap(view => {
      const news = newsOf(view);
      return news ? [[view.session.id, news.key] as const] : [];
    });
  }

  /** Said once: a channel that is broken would say it at each piece of news. */
  #trouble(text: string): void {
    if (this.#troubles.has(text)) return;
    this.#troubles.add(text);
    this.#options.onTrouble(text);
  }
}

/** More at once are told as one. */
const MOST_AT_ONCE = 3;

function minuteOfDay(now: number): number {
  const date = new Date(now);
  return date.getHours() * 60 + date.getMinutes();
}
