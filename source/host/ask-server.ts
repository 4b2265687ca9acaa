import type { DeliveryResult } from '../protocol/host.ts';
import type { ProgramServer, ServerAnswer } from '../protocol/program-server.ts';
import { TuttiError } from '../protocol/rpc.ts';

/** What is read has to fit into the frame in which it is told. */
const MOST_TEXT = 512 * 1024;

/** What lies at paths of a program's own server, as JSON, in their order. @throws `unavailable` where one of them can't be read. */
export async function readServer(
  server: ProgramServer,
  { paths, timeoutMs }: { readonly paths: readonly string[]; readonly timeoutMs: number },
): Promise<readonly unknown[]> {
  return Promise.all(
    paths.map(async path => {
      try {
        return await readJson(server, { path, signal: AbortSignal.timeout(timeoutMs), most: MOST_TEXT });
      } catch (cause) {
        throw new TuttiError('unavailable', `The program's own server can't be asked for ${path}: ${why(cause)}.`, {
          cause,
        });
      }
    }),
  );
}

/** The same of one path, of so many characters at most. @throws whatever stood in the way. */
export async function readJson(server: ProgramServer, asked: Omit<Asked, 'body'>): Promise<unknown> {
  const { status, text } = await ask(server, asked);
  if (status === 200) return JSON.parse(text);
  throw new Error(`it answers ${status}`);
}

/**
 * Gives an answer to a program's own server: `submitted` where that says that it has taken it, `notReady` where what it was for is not
 * there any more. @throws `failed` where it refuses it, `unavailable` where it says nothing: whether it was taken is not known then.
 */
export async function answerServer(
  server: ProgramServer,
  { path, body, taken, timeoutMs }: ServerAnswer,
  now: () => number,
): Promise<DeliveryResult> {
  const signal = AbortSignal.timeout(timeoutMs);
  const said = await ask(server, { path, body: body ?? {}, signal, most: MOST_TEXT }).catch(cause => {
    const text = `The program's own server did not say that it has taken the answer: ${why(cause)}. Look at its pane.`;
    throw new TuttiError('unavailable', text, { cause });
  });
  if (said.status === 404) return { outcome: 'notReady', at: now(), detail: 'it does not ask this any more' };
  if (said.status === 200 && said.text.trim() === taken) return { outcome: 'submitted', at: now() };
  const words = `${said.status} ${said.text.trim().slice(0, MOST_WORDS)}`.trim();
  throw new TuttiError('failed', `The program's own server has not taken the answer: ${words}. Look at its pane.`);
}

/** Of what it says instead, in an error. */
const MOST_WORDS = 200;

interface Asked {
  readonly path: string;
  /** Undefined: it is only read. */
  readonly body?: unknown;
  /** Gives it up. */
  readonly signal: AbortSignal;
  /** Characters of what is said, beyond which it is given up. */
  readonly most: number;
}

function ask(
  server: ProgramServer,
  { path, body, signal, most }: Asked,
): Promise<{ readonly status: number; readonly text: string }> {
  const { url, user, password } = server;
  const { promise, resolve, reject } = Promise.withResolvers<{ readonly status: number; readonly text: string }>();
  const options = {
    method: body === undefined ? 'GET' : 'POST',
    auth: `${user}:${password}`,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    // A connection of its own: one that was kept may be closed by the program at that very moment.
    agent: false,
    signal,
  } as const;
  // Loaded when it is needed: of a host without such a program it would be a tenth of the start.
  const { request } = process.getBuiltinModule('node:http');
  const asked = request(new URL(path, url), options, response => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > most) asked.destroy(new Error('it says more than can be shown'));
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    response.on('error', reject);
  });
  asked.on('error', reject);
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}

function why(cause: unknown): string {
  const { name, message } = cause as Error;
  return name === 'AbortError' || name === 'TimeoutError' ? 'it did not answer in time' : message;
}
