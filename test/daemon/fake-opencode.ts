import { appendFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';

/**
 * Plays opencode's server and nothing else: asks one after the other what `--asks` lists, as soon as somebody listens, and writes each answer
 * that it takes into the file `answers`, and what else it is told. With `"goesOn"` as the last of them it works on then. `p` in its pane answers there, `d` draws a dialog there that its server does not know of.
 */

interface Asks {
  /** What it is asked about, without the id. */
  readonly permission?: string;
  readonly metadata?: object;
  readonly questions?: readonly object[];
  /** Tells of its answer so many milliseconds after it was taken. */
  readonly tellsAfterMs?: number;
  /** What waits can't be read, with this status. */
  readonly hides?: number;
  /** No question: it works until it is interrupted. */
  readonly goesOn?: true;
  /** Says no to the first answer, or to the first who interrupts it, with this status. */
  readonly refuses?: number;
}

const argument = (name: string) => process.argv[process.argv.indexOf(name) + 1] ?? '';

if (process.argv.includes('--version')) process.stdout.write('1.18.33\n');
else play(JSON.parse(argument('--asks')) as readonly Asks[]);

function play(all: readonly Asks[]): void {
  const password = process.env.OPENCODE_SERVER_PASSWORD ?? '';
  const streams: ServerResponse[] = [];
  const emit = (type: string, properties: object) => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify({ payload: { type, properties } })}\n\n`);
  };
  let stubborn = all.find(({ goesOn }) => goesOn)?.refuses;
  let at = -1;
  let pending: (Asks & { readonly id: string; refuses?: number }) | undefined;
  const status = (type: string) => emit('session.status', { sessionID: 'ses_1', status: { type } });
  const next = () => {
    at += 1;
    const asks = all[at];
    if (!asks) return status('idle');
    if (asks.goesOn) return undefined;
    pending = {
      id: `${asks.questions ? 'que' : 'per'}_${at}`,
      patterns: [],
      always: ['touch *'],
      ...asks,
    } as typeof pending;
    emit(asks.questions ? 'question.asked' : 'permission.asked', pending ?? {});
  };
  const take = (how: string, body: string) => {
    const { id, questions, tellsAfterMs = 0 } = pending ?? { id: '' };
    pending = undefined;
    appendFileSync('answers', `${how} ${id} ${body}\n`);
    setTimeout(() => {
      emit(questions ? 'question.replied' : 'permission.replied', { requestID: id, ...JSON.parse(body) });
      next();
    }, tellsAfterMs);
  };
  const listOf = (url: string) =>
    pending && url.startsWith('/question') === Boolean(pending.questions) ? [pending] : [];
  createServer((request, response) => {
    const { url = '', headers } = request;
    if (headers.authorization !== `Basic ${Buffer.from(`tutti:${password}`).toString('base64')}`)
      return void response.writeHead(401).end();
    if (request.method === 'POST') {
      let body = '';
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () => {
        if (url === '/session/ses_1/abort') {
          if (stubborn !== undefined) {
            response.writeHead(stubborn).end('no');
            stubborn = undefined;
            return;
          }
          appendFileSync('answers', 'interrupted\n');
          status('idle');
          return void response.end('true');
        }
        if (!pending || url.split('/')[2] !== pending.id) return void response.writeHead(404).end('{}');
        const { refuses } = pending;
        if (refuses !== undefined) {
          pending = { ...pending, refuses: undefined } as unknown as typeof pending;
          return void response.writeHead(refuses).end('no');
        }
        response.end('true');
        take('server', body);
      });
      return undefined;
    }
    if (pending?.hides !== undefined && !url.startsWith('/global')) return void response.writeHead(pending.hides).end();
    if (url !== '/global/event') return void response.end(JSON.stringify(listOf(url)));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    streams.push(response);
    if (at >= 0 || all.length === 0) return undefined;
    emit('session.created', { info: { id: 'ses_1' } });
    status('busy');
    return next();
  }).listen(Number(argument('--port')), '127.0.0.1');
  process.stdin.setRawMode(true).on('data', bytes => {
    if (bytes.includes('p') && pending) take('pane', '{"reply":"once"}');
    if (bytes.includes('d')) process.stdout.write('△ Permission required\r\n');
  });
}
