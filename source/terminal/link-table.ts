import type { Core } from './xterm-core.ts';

export interface Link {
  readonly id: string | undefined;
  readonly uri: string;
}

/** As VTE does: a longer URI is taken for garbage. */
const LONGEST_URI = 2_083;

/**
 * Hyperlinks (OSC 8) by the number that cells carry. xterm's own table keeps a marker for each link and row, which grows without
 * bound when a full-screen program redraws its links, and slows every scroll down; this one drops what no cell shows any more.
 */
export class LinkTable {
  readonly #core: Core;
  readonly #byNumber = new Map<number, Link>();
  readonly #byKey = new Map<string, number>();
  #next = 1;
  #sweepAt = 1_024;

  constructor(core: Core) {
    this.#core = core;
  }

  /** The link's number; the same id and URI give the same one. 0 (no link) for a URI that is too long. */
  register(link: { readonly id?: string | undefined; readonly uri: string }): number {
    if (link.uri.length > LONGEST_URI) return 0;
    const id = link.id?.slice(0, 256);
    const key = `${id ?? ''};${link.uri}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#byNumber.size >= this.#sweepAt) this.#sweep();
    const number = this.#next++;
    this.#byNumber.set(number, { id, uri: link.uri });
    this.#byKey.set(key, number);
    return number;
  }

  get(number: number): Link | undefined {
    return this.#byNumber.get(number);
  }

  get size(): number {
    return this.#byNumber.size;
  }

  #sweep(): void {
    const used = new Set<number>([this.#core._inputHandler._curAttrData.extended._urlId]);
    for (const buffer of [this.#core.buffers.normal, this.#core.buffers.alt]) {
      for (let y = 0; y < buffer.lines.length; y++) {
        const line = buffer.lines.get(y);
        for (const x in line?._extendedAttrs) used.add(line?._extendedAttrs[Number(x)]?._urlId ?? 0);
      }
    }
    for (const [key, number] of this.#byKey) {
      if (used.has(number)) continue;
      this.#byKey.delete(key);
      this.#byNumber.delete(number);
    }
    this.#sweepAt = Math.max(1_024, this.#byNumber.size * 2);
  }
}
