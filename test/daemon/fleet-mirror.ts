import type { ConnectionEvents, DaemonConnection } from '../../source/client/daemon-connection.ts';
import type { Notice, SessionView } from '../../source/protocol/daemon.ts';

/** How long a condition may take on a machine under load before its wait fails. */
export const WITHIN_MS = 20_000;

/** The fleet as a client is told of it, and waits on what it shows. */
export class FleetMirror {
  readonly views = new Map<string, SessionView>();
  readonly notices: Notice[] = [];
  readonly #looks = new Set<() => void>();
  readonly #explain: () => string;
  readonly #withinMs: number;
  /** It is told of every change now. */
  watching = false;

  constructor(options: { readonly explain: () => string; readonly withinMs?: number | undefined }) {
    this.#explain = options.explain;
    this.#withinMs = options.withinMs ?? WITHIN_MS;
  }

  /** Watches everything, again whenever the client has another daemon. */
  async follow(client: DaemonConnection): Promise<void> {
    const on = <Name extends keyof ConnectionEvents>(name: Name, take: (event: ConnectionEvents[Name]) => void) =>
      client.on(name, event => {
        take(event);
        this.#look();
      });
    on('reconnecting', () => {
      this.watching = false;
    });
    on('connected', () => void this.#watch(client).catch(() => {}));
    on('session/changed', view => this.views.set(view.session.id, view));
    on('session/removed', ({ id }) => this.views.delete(id));
    on('notice/raised', notice => this.notices.push(notice));
    await this.#watch(client);
  }

  /** Waits until a value is there; looks whenever the daemon tells something. */
  eventually<Value>(what: string, ask: () => Value | undefined): Promise<Value> {
    const now = ask();
    if (now !== undefined) return Promise.resolve(now);
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(deadline);
        this.#looks.delete(look);
      };
      const look = () => {
        const value = ask();
        if (value === undefined) return;
        done();
        resolve(value);
      };
      const deadline = setTimeout(() => {
        done();
        reject(new Error(`waited in vain until ${what}\n${this.toString()}\n${this.#explain()}`));
      }, this.#withinMs);
      this.#looks.add(look);
    });
  }

  toString(): string {
    const rows = [...this.views.values()].map(({ session, status, line, activity }) => {
      const { id, title, life, host, run, outbox } = session;
      const prompts = outbox.map(({ state, why }) => [state, why]);
      return `${id} "${title}" ${status} ${line} ${JSON.stringify({ life, host, activity: activity.state, run: run?.stage, held: run?.held, prompts })}`;
    });
    return [...rows, ...this.notices.map(({ text }) => text)].join('\n');
  }

  async #watch(client: DaemonConnection): Promise<void> {
    const fleet = await client.request('fleet/watch', { all: true });
    this.views.clear();
    for (const view of fleet.sessions) this.views.set(view.session.id, view);
    this.notices.push(...fleet.notices);
    this.watching = true;
    this.#look();
  }

  #look(): void {
    for (const look of [...this.#looks]) look();
  }
}
