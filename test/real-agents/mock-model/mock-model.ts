import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { asksForWork, type Part, Script } from './answer.ts';
import { messageError, readMessages, streamMessage, wholeMessage } from './anthropic.ts';
import { readChat, streamChat, wholeChat } from './chat.ts';
import { type Asked, type Conversation, earlierPrompts, locate } from './conversation.ts';
import { contentError, contentLimit, readContents, streamContent, wholeContent } from './gemini.ts';
import type { Json } from './json.ts';
import { Reply } from './reply.ts';
import { readResponses, responseError, responseLimit, streamResponse, wholeResponse } from './responses.ts';
import { saidBy } from './said.ts';

interface Api {
  readonly read: (body: Json, pathname: string) => Conversation;
  readonly stream: (parts: readonly Part[], asked: Asked, reply: Reply) => Promise<void>;
  readonly whole: (parts: readonly Part[], asked: Asked) => object;
  readonly error: (status: number) => object;
  /** That the account's share is used up until then, in seconds. */
  readonly limit?: (resetsAt: number) => object;
}

const APIS: readonly (readonly [path: RegExp, api: Api])[] = [
  [/\/messages$/u, { read: readMessages, stream: streamMessage, whole: wholeMessage, error: messageError }],
  [
    /\/responses$/u,
    { read: readResponses, stream: streamResponse, whole: wholeResponse, error: responseError, limit: responseLimit },
  ],
  [/\/chat\/completions$/u, { read: readChat, stream: streamChat, whole: wholeChat, error: responseError }],
  [
    /:(?:streamG|g)enerateContent$/u,
    { read: readContents, stream: streamContent, whole: wholeContent, error: contentError, limit: contentLimit },
  ],
];

interface Request {
  readonly prompt: string;
  /** Those that were answered then. */
  readonly calls: number;
  /** Prompts that the client remembers. */
  readonly earlier: readonly string[];
  /** The user's turns as they came, with what the client put around them. */
  readonly said: readonly string[];
}

/** A stand-in for the models of the agents, on loopback, in this process: it answers what the prompt's directives say. */
export class MockModel {
  readonly url: string;
  /** Prompts that reached it, in order. */
  readonly requests: Request[] = [];
  /** What came of the calls, as the newest request has them. */
  results: readonly string[] = [];
  /** So long it takes to begin an answer, milliseconds, as a model does. */
  thinksMs = 0;
  /** When the last answer for work, or after `holdAll` any, went out whole, by `performance.now()`. */
  answeredAt = 0;
  /** When a client hung up on an answer that was held, by `performance.now()`: it was interrupted. */
  hungUpAt = 0;
  #holdsAll = false;
  #mindsAll = false;
  readonly #server: Server;
  readonly #script = new Script();
  #answers = 0;
  readonly #holding = new Set<() => void>();
  readonly #watching = new Set<() => void>();

  static async start(): Promise<MockModel> {
    const server = createServer();
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return new MockModel(server);
  }

  constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500);
        response.end(String(error));
      });
    });
  }

  /** From now on every answer is held before its first word, also to what clients ask for themselves. */
  holdAll(): void {
    this.#holdsAll = true;
    this.#mindsAll = true;
  }

  /** Lets every answer go on that is held, now and until the next one. */
  release(): void {
    this.#holdsAll = false;
    for (const go of [...this.#holding]) go();
  }

  /** Resolves when an answer stands at a `[[hold]]`. @throws when none does in a minute and a half. */
  async held(): Promise<void> {
    if (this.#holding.size > 0) return;
    await new Promise<void>((done, fail) => {
      const late = setTimeout(() => {
        this.#watching.delete(look);
        const asked = this.requests.map(({ prompt, calls }) => `${calls} ${prompt}`).join('\n');
        fail(new Error(`waited in vain until an answer stands at a hold. Asked were:\n${asked}`));
      }, 90_000);
      const look = () => {
        clearTimeout(late);
        this.#watching.delete(look);
        done();
      };
      this.#watching.add(look);
    });
  }

  /** How often a client has begun to ask for an answer to a prompt with these words: once for each one that was sent. */
  received(words: string): number {
    return this.requests.filter(({ prompt, calls }) => calls === 0 && prompt.includes(words)).length;
  }

  /** The prompts that the client remembered when it asked about this one. */
  remembered(words: string): readonly string[] {
    return this.requests.find(({ prompt }) => prompt.includes(words))?.earlier ?? [];
  }

  async end(): Promise<void> {
    this.release();
    this.#server.closeAllConnections();
    await new Promise(done => this.#server.close(done));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.url);
    const body = await bodyOf(request);
    if (pathname.endsWith('/count_tokens')) return sendJson(response, 200, { input_tokens: 10 });
    if (pathname.endsWith(':countTokens')) return sendJson(response, 200, { totalTokens: 10 });
    if (pathname.endsWith('/models')) return sendJson(response, 200, { object: 'list', data: [], has_more: false });
    const api = APIS.find(([path]) => path.test(pathname))?.[1];
    if (!api) return sendJson(response, 404, { error: { message: `the mock has no ${pathname}` } });

    const conversation = api.read(body, pathname);
    const position = locate(conversation.turns);
    const isWork = asksForWork(conversation, position);
    if (isWork || this.#mindsAll) {
      response.once('finish', () => {
        this.answeredAt = performance.now();
      });
    }
    if (isWork) {
      const { prompt, calls } = position;
      this.requests.push({ prompt, calls, earlier: earlierPrompts(conversation.turns), said: saidBy(body) });
      this.results = conversation.turns.flatMap(turn => (turn.role === 'result' ? [turn.text] : []));
    }
    const answer = this.#script.answer(conversation, position);
    // Clients take two messages with one id for one.
    const id = `mock_${++this.#answers}`;
    if ('error' in answer) {
      const { error, limit } = answer;
      if (limit === undefined) return sendJson(response, error, api.error(error));
      const resetsAt = Math.round(Date.now() / 1000) + limit;
      return sendJson(response, error, api.limit?.(resetsAt) ?? api.error(error), usedUp(limit, resetsAt));
    }
    if (this.#holdsAll) await this.#hold(response);
    if (!conversation.stream) return sendJson(response, 200, api.whole(answer.parts, { ...conversation, id }));
    if (this.thinksMs > 0) await delay(this.thinksMs);
    const reply = new Reply(response, () => this.#hold(response));
    reply.begin();
    await api.stream(answer.parts, { ...conversation, id }, reply);
    reply.end();
  }

  /** Until it is released, or the client hangs up. */
  #hold(response: ServerResponse): Promise<void> {
    return new Promise(done => {
      const go = () => {
        this.#holding.delete(go);
        done();
      };
      this.#holding.add(go);
      response.once('close', () => {
        if (this.#holding.has(go)) this.hungUpAt = performance.now();
        go();
      });
      for (const look of [...this.#watching]) look();
    });
  }
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as Json;
  } catch {
    return null;
  }
}

/** What Anthropic says of an account of a subscription whose five hours are used up, for so many seconds. */
function usedUp(seconds: number, resetsAt: number): Readonly<Record<string, string>> {
  const reset = String(resetsAt);
  const said = {
    status: 'rejected',
    reset,
    'representative-claim': 'five_hour',
    '5h-status': 'rejected',
    '5h-reset': reset,
    '5h-utilization': '1.0',
    'overage-status': 'rejected',
  };
  return {
    ...Object.fromEntries(Object.entries(said).map(([name, value]) => [`anthropic-ratelimit-unified-${name}`, value])),
    'retry-after': String(seconds),
    'x-should-retry': 'false',
  };
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  // Asked to wait no longer than a second, so that a test of retries is short.
  const more = status === 429 ? { 'retry-after': '1' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...more, ...headers });
  response.end(JSON.stringify(body));
}
