import type { ServerResponse } from 'node:http';
import type { Part } from './answer.ts';

/** An answer on its way: events of a stream, with the pauses that its parts ask for. */
export class Reply {
  readonly #response: ServerResponse;
  readonly #held: () => Promise<void>;
  #gone = false;

  constructor(response: ServerResponse, held: () => Promise<void>) {
    this.#response = response;
    this.#held = held;
    response.on('close', () => {
      this.#gone = true;
    });
  }

  /** The client hung up: it was interrupted. */
  get gone(): boolean {
    return this.#gone;
  }

  begin(): void {
    this.#response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
    this.#response.flushHeaders();
  }

  event(type: string, data: object): void {
    this.#write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  }

  data(data: object | '[DONE]'): void {
    this.#write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  }

  hold(): Promise<void> {
    return this.#gone ? Promise.resolve() : this.#held();
  }

  /** The text in pieces over its time. */
  async *pieces(part: Extract<Part, { kind: 'text' }>): AsyncGenerator<string> {
    const pieces = part.text.match(/[\s\S]{1,24}/gu) ?? [];
    for (const piece of pieces) {
      if (this.#gone) return;
      yield piece;
      if (part.ms > 0) await new Promise(done => setTimeout(done, part.ms / pieces.length));
    }
  }

  end(): void {
    if (!this.#gone) this.#response.end();
  }

  #write(text: string): void {
    if (!this.#gone) this.#response.write(text);
  }
}

export function callsOf(parts: readonly Part[]): readonly Extract<Part, { kind: 'call' }>[] {
  return parts.filter(part => part.kind === 'call');
}

export function wordsOf(parts: readonly Part[]): string {
  return parts.map(part => (part.kind === 'text' ? part.text : '')).join('');
}
