import type { HostEvent } from '../protocol/host.ts';
import type { Brain } from './brain.ts';
import { discardHost } from './bury.ts';
import { dismiss } from './end-hosts.ts';
import { enteredFacts } from './entered-facts.ts';
import { exitFacts } from './exit-facts.ts';
import { findHost } from './find-host.ts';
import type { HostLink } from './hosts.ts';
import type { Loop } from './loop.ts';
import { lostBy } from './lost-by.ts';

/** A host that lives and does not answer is dialled again after this. */
const REDIAL_MS = 5000;

export interface KeeperOptions {
  readonly brain: Brain;
  readonly loop: Loop;
  /** What is seen of a session has changed without an event of its own: a shell. */
  readonly onSeen: (session: string) => void;
}

/** A host's name, with that of its session. */
type HostName = Pick<HostLink, 'session' | 'name'>;

/** Minds what hosts do by themselves: they say something, they end, they go silent. */
export class Keeper {
  readonly #options: KeeperOptions;
  readonly #redials = new Map<string, NodeJS.Timeout>();
  #stopped = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  happened(link: HostLink, event: HostEvent): void {
    if (link.status.role === 'shell' && event.type === 'exited') this.#mind(link, () => this.#shellEnded(link));
    else this.#options.loop.settle(link.session);
  }

  /** The connection broke: its host has gone, or only the connection has. */
  lost(host: HostName): void {
    this.#mind(host, () => this.#look(host));
  }

  /** A host that lives and does not answer is dialled again until it does, or lives no more. */
  redial({ session, name }: HostName): void {
    const key = `${session}/${name}`;
    if (this.#stopped || this.#redials.has(key)) return;
    const timer = setTimeout(() => {
      this.#redials.delete(key);
      this.lost({ session, name });
    }, REDIAL_MS);
    this.#redials.set(key, timer);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#redials.values()) clearTimeout(timer);
    this.#redials.clear();
  }

  /** What can't be done now (a full disk) is tried again. */
  #mind(host: HostName, act: () => Promise<void>): void {
    act().catch(err => {
      this.#options.brain.log.error({ ...host, err }, 'a host could not be minded');
      this.redial(host);
    });
  }

  async #look({ session: id, name }: HostName): Promise<void> {
    const { brain, loop, onSeen } = this.#options;
    const found = await findHost(brain, id, name);
    const session = brain.ledger.session(id);
    const isAgent = session?.host.state === 'running' && session.host.name === name;
    switch (found.state) {
      case 'running':
        return loop.awake(id);
      case 'mute':
        return;
      case 'exited':
        if (isAgent) {
          const ended = exitFacts(session, { name, exit: found.exit }, brain.system);
          loop.happen(id, [...enteredFacts(brain, session, name), ...ended]);
        }
        break;
      case 'lost':
        if (isAgent) {
          const lost = { type: 'hostLost', name, cause: lostBy(brain, found.record) } as const;
          loop.happen(id, [...enteredFacts(brain, session, name), lost]);
        }
        break;
      case 'absent':
      case 'halfMade':
        if (isAgent) loop.happen(id, [{ type: 'hostLost', name, cause: 'crash' }]);
        break;
      default:
        return found satisfies never;
    }
    if (name.startsWith('shell-')) discardHost(brain, id, name);
    loop.awake(id);
    onSeen(id);
  }

  async #shellEnded({ session, name }: HostName): Promise<void> {
    const { brain, onSeen } = this.#options;
    await dismiss(brain, session, name);
    discardHost(brain, session, name);
    onSeen(session);
  }
}
