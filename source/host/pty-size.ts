export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** `typed` and `focused` say that a person is at this client; `selected` that the pane is merely looked at. */
export type ResizeReason = 'typed' | 'focused' | 'selected';

/**
 * The size of a PTY is that of the client that typed or focused last. A client that only selected the pane is obeyed unless
 * another one typed or focused later and is still there. Who leaves leaves the size as it is.
 */
export class PtySize {
  readonly #wanted = new Map<string, Size>();
  #owner: string | undefined;
  #size: Size;

  constructor(size: Size) {
    this.#size = size;
  }

  get size(): Size {
    return this.#size;
  }

  /** True when the size is another one now. */
  ask(client: string, size: Size, why: ResizeReason): boolean {
    this.#wanted.set(client, size);
    if (why !== 'selected') this.#owner = client;
    return this.#owner === undefined || this.#owner === client ? this.#set(size) : false;
  }

  /** This client has typed: its own size counts from now on, if it ever asked for one. */
  typed(client: string): boolean {
    const wanted = this.#wanted.get(client);
    if (!wanted) return false;
    this.#owner = client;
    return this.#set(wanted);
  }

  left(client: string): void {
    this.#wanted.delete(client);
    if (this.#owner === client) this.#owner = undefined;
  }

  #set(size: Size): boolean {
    const same = size.columns === this.#size.columns && size.rows === this.#size.rows;
    this.#size = size;
    return !same;
  }
}
