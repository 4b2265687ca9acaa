import { connectHost, type HostConnection } from '../client/host-connection.ts';
import type { HostEvent, HostStatus } from '../protocol/host.ts';
import { hostBundle, type Paths } from '../system/paths.ts';
import type { System } from '../system/system.ts';
import { afterHostEvent } from './host-status.ts';

/** A host that the daemon is connected to, with what it knows of it. */
export interface HostLink {
  readonly session: string;
  readonly name: string;
  readonly connection: HostConnection;
  readonly status: HostStatus;
}

export interface HostsOptions {
  readonly system: System;
  readonly paths: Paths;
  readonly build: string;
  /** The daemon's own name as a client of hosts. */
  readonly client: string;
  readonly onEvent: (link: HostLink, event: HostEvent) => void;
  /** The connection ended, though nobody closed it. */
  readonly onLost: (link: HostLink) => void;
  /** One was let go of: there may be nothing left to watch. */
  readonly onDropped: () => void;
}

/** How long a host may take for what it answers at once, on a machine that swaps. */
export const ANSWER_MS = 5000;

/** What was said lies in a host's socket after this, also of one that is stopped. */
const LEAVE_MS = 500;

/** The daemon's connections to hosts. It watches their events and keeps each one's status; it never asks again and again. */
export class Hosts {
  readonly #options: HostsOptions;
  /** By session and name: each change of a session asks for its own. */
  readonly #links = new Map<string, Map<string, HostLink>>();
  readonly #connecting = new Map<string, Promise<HostLink>>();

  constructor(options: HostsOptions) {
    this.#options = options;
  }

  get count(): number {
    return [...this.#links.values()].reduce((count, links) => count + links.size, 0);
  }

  find(session: string, name: string): HostLink | undefined {
    return this.#links.get(session)?.get(name);
  }

  of(session: string): readonly HostLink[] {
    return [...(this.#links.get(session)?.values() ?? [])];
  }

  /** The link, made where it is not there yet. Rejects when no host answers in that bundle. */
  connect(session: string, name: string): Promise<HostLink> {
    const key = keyOf(session, name);
    const there = this.find(session, name);
    if (there) return Promise.resolve(there);
    const connecting =
      this.#connecting.get(key) ??
      this.#dial(session, name).finally(() => {
        this.#connecting.delete(key);
      });
    this.#connecting.set(key, connecting);
    return connecting;
  }

  /** Lets go of a host that is no longer wanted. */
  drop(session: string, name: string): void {
    const link = this.find(session, name);
    if (!link) return;
    this.#forget(link);
    link.connection.close();
    this.#options.onDropped();
  }

  /** Takes leave of every host, so that none of them misses this daemon; one that does not answer is not waited for. */
  async leaveAll(): Promise<void> {
    const links = [...this.#links.values()].flatMap(each => [...each.values()]);
    await Promise.allSettled(links.map(({ connection }) => connection.request('client/leave', null, LEAVE_MS)));
    for (const { session, name } of links) this.drop(session, name);
  }

  async #dial(session: string, name: string): Promise<HostLink> {
    const { system, paths, client, build } = this.#options;
    const connection = await connectHost({
      bundle: hostBundle(paths, session, name),
      paths,
      system,
      client,
      kind: 'daemon',
      build,
    });
    // Events can arrive before the answer that they follow is read here: they are kept until then.
    const early: HostEvent[] = [];
    let link: (HostLink & { status: HostStatus }) | undefined;
    const take = (event: HostEvent) => {
      if (!link) return early.push(event);
      // What the status told already is not told twice.
      if (event.n <= (link.status.events.at(-1)?.n ?? 0)) return;
      link.status = afterHostEvent(link.status, event);
      if (this.find(session, name) === link) this.#options.onEvent(link, event);
    };
    connection.on('event', take);
    connection.on('closed', () => {
      if (!link || this.find(session, name) !== link) return;
      this.#forget(link);
      this.#options.onLost(link);
    });
    const status = await connection.request('event/watch', null, ANSWER_MS).catch(thrown => {
      connection.close();
      throw thrown;
    });
    link = { session, name, connection, status };
    const links = this.#links.get(session) ?? new Map<string, HostLink>();
    this.#links.set(session, links.set(name, link));
    for (const event of early) take(event);
    return link;
  }

  #forget({ session, name }: HostLink): void {
    const links = this.#links.get(session);
    links?.delete(name);
    if (links?.size === 0) this.#links.delete(session);
  }
}

function keyOf(session: string, name: string): string {
  return `${session}/${name}`;
}
