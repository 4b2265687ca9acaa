import type { Notice, SessionView } from '../protocol/daemon.ts';
import type { System } from '../system/system.ts';
import type { ClientLink } from './client-link.ts';
import { StatusCounts } from './status-counts.ts';
import { withoutShells } from './without-shells.ts';

export interface FeedOptions {
  readonly system: Pick<System, 'now'>;
  /** Undefined: not in the list (any more). */
  readonly view: (session: string) => SessionView | undefined;
  /** Of all that are listed. */
  readonly views: () => readonly SessionView[];
  readonly clients: () => Iterable<ClientLink>;
}

/** The first change goes out at once, more of them together after this pause: an agent's title may turn ten times a second. */
const PAUSE_MS = 80;
/** Notices that nobody has seen yet; older ones are dropped. */
const MOST_NOTICES = 50;

/** What a client is told of. */
interface Sight {
  /** The repository that it watches; undefined: all. */
  readonly gitDir: string | undefined;
  /** The sessions that it may hear of; undefined: all, it is a person's. */
  readonly sees?: ((session: string) => boolean) | undefined;
}

interface Watcher extends Sight {
  /** What it was told of each session, so that only what changed is sent. */
  readonly told: Map<string, string>;
  readonly pending: Set<string>;
  counts: string;
}

/** Tells watching clients what has changed, each session at its newest. What a slow client misses is not kept, only that it missed it. */
export class Feed {
  readonly #options: FeedOptions;
  readonly #watchers = new Map<ClientLink, Watcher>();
  readonly #statuses = new StatusCounts();
  /** Since the counts were told. */
  readonly #changed = new Set<string>();
  readonly #notices: Notice[] = [];
  #noticeCount = 0;
  #undelivered = false;
  #timer: NodeJS.Timeout | undefined;
  #flushedAt = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  noticesFor(sees: Sight['sees']): readonly Notice[] {
    return this.#notices.filter(notice => mayHear(notice, sees));
  }

  /** Somebody has yet to be told of something that went wrong. */
  get hasNews(): boolean {
    return this.#undelivered;
  }

  get watched(): boolean {
    return this.#watchers.size > 0;
  }

  /** From now on this client is told. What it gets as its first answer counts as told. */
  watch(client: ClientLink, { gitDir, sees }: Sight, views: readonly SessionView[]): void {
    this.#statuses.reset(this.#options.views());
    this.#watchers.set(client, {
      gitDir,
      sees,
      told: new Map(views.map(view => [view.session.id, JSON.stringify(asSeen(view, sees))])),
      pending: new Set(),
      counts: JSON.stringify(this.#statuses.counts),
    });
    if (!sees) this.#undelivered = false;
    client.onDrained = () => this.#schedule();
  }

  /** Clients that watch this repository alone. */
  watching(gitDir: string): readonly ClientLink[] {
    return [...this.#watchers].filter(([, watcher]) => watcher.gitDir === gitDir).map(([client]) => client);
  }

  unwatch(client: ClientLink): void {
    this.#watchers.delete(client);
  }

  changed(session: string): void {
    if (this.#watchers.size === 0) return;
    this.#changed.add(session);
    for (const watcher of this.#watchers.values()) watcher.pending.add(session);
    this.#schedule();
  }

  raise(notice: Pick<Notice, 'tone' | 'text' | 'session'>): void {
    this.#noticeCount += 1;
    const raised: Notice = { ...notice, id: this.#noticeCount, at: this.#options.system.now() };
    this.#notices.push(raised);
    if (this.#notices.length > MOST_NOTICES) this.#notices.shift();
    this.#undelivered = ![...this.#watchers.values()].some(({ sees }) => sees === undefined);
    for (const [client, { sees }] of this.#watchers) {
      if (!client.slow && mayHear(raised, sees)) client.notify('notice/raised', raised);
    }
  }

  /** Tells what is pending now: whoever gets an answer has been told before of what it brought about. */
  flush(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tellAll();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#watchers.clear();
  }

  #schedule(): void {
    if (this.#timer || this.#watchers.size === 0) return;
    const wait = Math.max(0, this.#flushedAt + PAUSE_MS - this.#options.system.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tellAll();
    }, wait);
  }

  #tellAll(): void {
    this.#flushedAt = this.#options.system.now();
    const views = new Map<string, SessionView | undefined>();
    const view = (id: string) => {
      if (!views.has(id)) views.set(id, this.#options.view(id));
      return views.get(id);
    };
    for (const id of this.#changed) this.#statuses.set(id, view(id)?.status);
    this.#changed.clear();
    const { counts } = this.#statuses;
    for (const [client, watcher] of this.#watchers) {
      if (client.slow) continue;
      for (const id of watcher.pending) tell(client, watcher, { id, view: view(id) });
      watcher.pending.clear();
      const text = JSON.stringify(counts);
      if (text !== watcher.counts && !watcher.sees) client.notify('fleet/counted', { counts });
      watcher.counts = text;
    }
  }
}

function mayHear({ session }: Notice, sees: Sight['sees']): boolean {
  return !sees || (session !== undefined && sees(session));
}

/** Who may not see all is a session's program. */
function asSeen(view: SessionView, sees: Sight['sees']): SessionView {
  return sees ? withoutShells(view) : view;
}

function tell(client: ClientLink, watcher: Watcher, change: { id: string; view: SessionView | undefined }): void {
  const { id } = change;
  const view = (watcher.sees?.(id) ?? true) && change.view ? asSeen(change.view, watcher.sees) : undefined;
  if (!view) {
    if (watcher.told.delete(id)) client.notify('session/removed', { id });
    return;
  }
  if (watcher.gitDir !== undefined && view.session.repository.gitDir !== watcher.gitDir) return;
  const text = JSON.stringify(view);
  if (watcher.told.get(id) === text) return;
  watcher.told.set(id, text);
  client.notify('session/changed', view);
}
