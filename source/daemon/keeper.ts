import type { HostEvent } from '../protocol/host.ts';
import type { Brain } from './brain.ts';
import { discardHost } from './bury.ts';
import { dismiss } from './end-hosts.ts';
import { enteredFacts } from './entered-facts.ts';
import { exitFacts } from './exit-facts.ts';
import { findHost } from './find-host.ts';
import type { HostLink } from './hosts.ts';
import type { Loop } from './loop.ts';
import { lostBy } from './recovery.ts';

/** A host that lives and does not answer is dialled again after this. */
const REDIAL_MS = 5000;

export interface KeeperOptions {
  readonly brain: Brain;
  readonly loop: Loop;
  /** What is seen of a session has changed without an event of its own: a shell. */
  readonly onSeen: (session: string) => void;
}

/** Minds what hosts do by themselves: they say something, they end, they go silent. */
export class Keeper {
  readonly #options: KeeperOptions;
  readonly #redials = new Set<NodeJS.Timeout>();

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  happened(link: HostLink, event: HostEvent): void {
    if (link.status.role === 'shell' && event.type === 'exited') void this.#shellEnded(link);
    else this.#options.loop.settle(link.session);
  }

  /** The connection broke: its host has gone, or only the connection has. */
  async lost({ session: id, name, status }: Pick<HostLink, 'session' | 'name' | 'status'>): Promise<void> {
    const { brain, loop, onSeen } = this.#options;
    const found = await findHost(brain, id, name);
    const session = brain.ledger.session(id);
    const isAgent = session?.host.state === 'running' && session.host.name === name;
    switch (found.state) {
      case 'running':
        return loop.awake(id);
      case 'mute':
        return this.#redial({ session: id, name, status });
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
    if (status.role === 'shell') discardHost(brain, id, name);
    loop.awake(id);
    onSeen(id);
  }

  stop(): void {
    for (const timer of this.#redials) clearTimeout(timer);
    this.#redials.clear();
  }

  #redial(link: Pick<HostLink, 'session' | 'name' | 'status'>): void {
    const timer = setTimeout(() => {
      this.#redials.delete(timer);
      void this.lost(link);
    }, REDIAL_MS);
    this.#redials.add(timer);
  }

  async #shellEnded({ session, name }: HostLink): Promise<void> {
    const { brain, onSeen } = this.#options;
    await dismiss(brain, session, name);
    discardHost(brain, session, name);
    onSeen(session);
  }
}
