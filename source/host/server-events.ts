import type { ClientRequest, IncomingMessage } from 'node:http';
import type { ProgramServer } from '../protocol/program-server.ts';
import { readJson } from './ask-server.ts';
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

/** A busy machine answers later than that: whoever is not answered asks with twice as much patience, up to this. */
const MOST_ASK_MS = 5000;

/** So long it may take until then, or until it is there again; after it the program's screen has to do. */
const WITHIN_MS = 60_000;

/** After its stream has broken off while the program lives on. */
const AGAIN_MS = 1000;

/** So long what is true now may take, once its stream is back. */
const PRESENT_MS = 5000;

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
  /** It was heard, and then its stream broke off: what it said meanwhile is not known. */
  #lost = false;
  #brokenAt = 0;
  #patience = ASK_MS;
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
    const request = this.#ask(server.health, this.#patience, response => {
      this.#patience = ASK_MS;
      // That it answers is all of its answer: what follows may come late, or never.
      request.destroy();
      if (response.statusCode === 200) this.#follow();
      else this.#failed(`it answers ${response.statusCode}`);
    });
  }

  #follow(): void {
    const { server, now } = this.#options;
    let text = '';
    const request = this.#ask(server.events, undefined, response => {
      if (response.statusCode !== 200) {
        request.destroy();
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
      response.on('close', () => {
        this.#lost = true;
        this.#since = now();
        this.#brokenAt = this.#since;
        this.#again(AGAIN_MS);
      });
      // After the stream, so that nothing falls between the two.
      if (this.#lost) void this.#find(request);
    });
  }

  /** What is true now, after a break in which nobody listened. Where that can't be read, be it asked again and again, it stays unknown. */
  async #find(stream: ClientRequest): Promise<void> {
    const { server, now } = this.#options;
    const ended = new AbortController();
    stream.once('close', () => ended.abort());
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(PRESENT_MS)]);
    const paths = Object.entries(server.present ?? {});
    const read = async (path: string) =>
      (await readJson(server, { path, signal, most: MOST_EVENT }).catch(() => undefined)) ?? undefined;
    const found = await Promise.all(paths.map(async ([name, path]) => [name, await read(path)] as const));
    if (stream.destroyed) return;
    if (!found.some(([, value]) => value === undefined)) {
      this.#lost = false;
      this.#report('server.found', Object.fromEntries(found));
    } else if (now() - this.#brokenAt < WITHIN_MS) {
      this.#timer = setTimeout(() => void this.#find(stream), AGAIN_MS);
    }
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

  /** The request, which is the only one that is open: the one before it has been answered or has failed. */
  #ask(path: string, timeout: number | undefined, onResponse: (response: IncomingMessage) => void): ClientRequest {
    const { url, user, password } = this.#options.server;
    // A connection of its own: those that node shares are ended after five silent seconds, and what was told meanwhile would be lost.
    const options = { agent: false, auth: `${user}:${password}`, ...(timeout === undefined ? {} : { timeout }) };
    let answered = false;
    const request = process.getBuiltinModule('node:http').get(new URL(path, url), options, response => {
      answered = true;
      onResponse(response);
    });
    request.on('timeout', () => {
      this.#patience = Math.min(2 * this.#patience, MOST_ASK_MS);
      request.destroy(new Error('it did not answer'));
    });
    // The end of an answer that has begun is that answer's own.
    request.on('error', () => answered || this.#failed('it does not answer'));
    this.#request = request;
    return request;
  }

  #again(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      // Not at once: it breaks off at its program's end too, of which its host tells by itself.
      if (this.#lost) this.#report('server.lost', {});
      this.#await();
    }, ms);
  }

  #take(line: string): void {
    const event = parsed(line);
    if (event && this.#options.server.wanted.includes(event.type)) this.#report(event.type, event.properties);
  }

  #report(name: string, properties: unknown): void {
    const { events, now } = this.#options;
    const data = cutJson(properties) as Readonly<Record<string, unknown>>;
    const said = `${name} ${JSON.stringify(data)}`;
    // Some are said again and again while nothing changes.
    if (said === this.#last) return;
    this.#last = said;
    this.#count += 1;
    events.add({
      type: 'hook',
      report: { id: `server-${this.#count}`, name, at: now(), asks: false, data },
    });
  }
}

/** `{payload: {type, properties}}`, or that alone. Undefined: no event. */
function parsed(line: string): { readonly type: string; readonly properties: unknown } | undefined {
  const value = json(line) as { readonly payload?: unknown } | undefined;
  const event = (value?.payload ?? value) as Readonly<Record<string, unknown>> | undefined;
  return typeof event?.type === 'string' && typeof event.properties === 'object'
    ? { type: event.type, properties: event.properties ?? {} }
    : undefined;
}

/** Undefined: it is none, or says nothing. */
function json(text: string): unknown {
  try {
    return (JSON.parse(text) as unknown) ?? undefined;
  } catch {
    return undefined;
  }
}
