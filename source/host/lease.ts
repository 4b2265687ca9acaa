import type { Lease } from '../protocol/host.ts';

export interface LeaseOptions {
  readonly now: () => number;
  readonly onChange: (lease: Lease) => void;
}

/** Who holds the keys. A person takes them by typing and keeps them until they are given back; automation never takes them. */
export class LeaseKeeper {
  readonly #options: LeaseOptions;
  #lease: Lease;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#lease = { holder: 'automation', since: options.now(), client: undefined };
  }

  get lease(): Lease {
    return this.#lease;
  }

  take(client: string): void {
    if (this.#lease.holder === 'automation') this.#set({ holder: 'person', since: this.#options.now(), client });
  }

  giveBack(): void {
    if (this.#lease.holder === 'person') {
      this.#set({ holder: 'automation', since: this.#options.now(), client: undefined });
    }
  }

  #set(lease: Lease): void {
    this.#lease = lease;
    this.#options.onChange(lease);
  }
}
