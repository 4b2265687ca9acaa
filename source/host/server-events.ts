import { type ClientRequest, get } from 'node:http';
import type { ProgramServer } from '../protocol/host.ts';
import { cutJson } from './cut-json.ts';
import type { EventRing } from './event-ring.ts';

export interface ServerEventsOptions {
  readonly server: ProgramServer;
  readonly events: Pick<EventRing, 'add'>;
  readonly now: () => number;
  readonly say: (line: string) => void;
}

/** A program opens its port some seconds after its start, and what is asked at that very moment is never answered. */
const ASK_MS = 300;

/** So long it may take until then, or until it is there again; after it the program's screen has to do. */
const WITHIN_MS = 60_000;

/** After its stream has broken off while the program lives on. */
const AGAIN_MS = 1000;

/** Longer ones are no news of a state. */
const MOST_EVENT = 1024 * 1024;

/**
 * Follows the events of the server that a program has on loopback (server-sent, JSON), and keeps those that its adapter wants as reports of
 * the program: the same that hooks are for others, and like them kept while no daemon looks.
 */
export class ServerEvents {
  readonly #options: ServerEventsOptions;
  /** Its start, or when it was heard last. */
  #since: number;
  #request: ClientRequest | undefined;
  #timer: NodeJS.Timeout | undefined;
  #last = '';
  #count = 0;
  #stopped = false;

  constructor(options: ServerEventsOptions) {
    this.#options = options;
    this.#since = options.now();
    this.#await();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#request?.destroy();
  }

  /** Until it is up: nothing else tells that it is. */
  #await(): void {
    const { server } = this.#options;
    if (this.#stopped) return;
    this.#ask(server.health, ASK_MS, response => {
      response.resume();
      if (response.statusCode === 200) this.#follow();
      else this.#failed(`it answers ${response.statusCode}`);
    });
    this.#request?.on('error', () => this.#failed('it does not answer'));
  }

  #follow(): void {
    const { server, now } = this.#options;
    let text = '';
    this.#ask(server.events, undefined, response => {
      if (response.statusCode !== 200) {
        response.resume();
        return this.#failed(`it answers ${response.statusCode}`);
      }
      this.#since = now();
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        this.#since = now();
        text += chunk;
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        if (text.length > MOST_EVENT) text = '';
        for (const line of lines) if (line.startsWith('data:')) this.#take(line.slice('data:'.length));
      });
      response.on('close', () => this.#again(AGAIN_MS));
    });
    this.#request?.on('error', () => this.#failed('it does not answer'));
  }

  /** It may be another program's port by now, or an answer that will never be another one: not tried for ever. */
  #failed(why: string): void {
    const { now, say } = this.#options;
    if (this.#stopped) return;
    if (now() - this.#since < WITHIN_MS) this.#again(ASK_MS);
    else {
      this.#stopped = true;
      say(`what it reports on its own server is not heard: ${why}`);
    }
  }

  #ask(path: string, timeout: number | undefined, onResponse: Parameters<typeof get>[2]): void {
    const { url, user, password } = this.#options.server;
    // A connection of its own: those that node shares are ended after five silent seconds, and what was told meanwhile would be lost.
    const options = { agent: false, auth: `${user}:${password}`, ...(timeout === undefined ? {} : { timeout }) };
    this.#request = get(new URL(path, url), options, onResponse);
    this.#request.on('timeout', () => this.#request?.destroy(new Error('it did not answer')));
  }

  #again(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => this.#await(), ms);
  }

  #take(line: string): void {
    const { server, events, now } = this.#options;
    const event = parsed(line);
    if (!event || !server.wanted.includes(event.type)) return;
    const data = cutJson(event.properties) as Readonly<Record<string, unknown>>;
    const said = `${event.type} ${JSON.stringify(data)}`;
    // Some are said again and again while nothing changes.
    if (said === this.#last) return;
    this.#last = said;
    this.#count += 1;
    events.add({
      type: 'hook',
      report: { id: `server-${this.#count}`, name: event.type, at: now(), asks: false, data },
    });
  }
}

/** `{payload: {type, properties}}`, or that alone. Undefined: no event. */
function parsed(line: string): { readonly type: string; readonly properties: unknown } | undefined {
  try {
    const value = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const event = (value.payload ?? value) as Readonly<Record<string, unknown>>;
    return typeof event.type === 'string' && typeof event.properties === 'object'
      ? { type: event.type, properties: event.properties ?? {} }
      : undefined;
  } catch {
    return undefined;
  }
}
