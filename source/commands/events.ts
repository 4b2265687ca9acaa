import type { Fleet, Notice, SessionView } from '../protocol/daemon.ts';
import { defineCommand } from './command.ts';
import { type Context, scopeOf } from './context.ts';
import { sessionJson } from './session-json.ts';
import { withClient } from './with-client.ts';

export const events = defineCommand({
  name: 'events',
  positionals: '',
  summary: 'streams what happens as lines of JSON, until it is interrupted',
  details:
    'First a line for each session as it is, then one for each change. It goes on where the daemon is started anew, and tells then\nwhat has changed meanwhile.',
  examples: [
    'tutti events --all',
    'tutti events | jq --unbuffered -r \'select(.session.status == "needsYou") | .session.title\'',
  ],
  arguments: {},
  options: { all: { type: 'boolean', describe: 'of every repository' } },
  run: (context, { all }) =>
    withClient(context, client => {
      const told = new Told(context);
      client.on('session/changed', view => told.session(view));
      client.on('session/removed', ({ id }) => told.removed(id));
      client.on('notice/raised', notice => told.notice(notice));
      const watch = async () => told.fleet(await client.request('fleet/watch', scopeOf(context, all)));
      return new Promise<undefined>((_, reject) => {
        // A daemon that came back knows nothing of who watches.
        client.on('connected', () => void watch().catch(reject));
        watch().catch(reject);
      });
    }),
});

/** What has been told, so that each change is told once, whichever daemon tells of it. */
class Told {
  readonly #context: Pick<Context, 'terminal' | 'system'>;
  readonly #sessions = new Map<string, string>();
  /** When the newest notice was raised, milliseconds since the epoch. Those of before are no news. */
  #noticeAt: number;

  constructor(context: Pick<Context, 'terminal' | 'system'>) {
    this.#context = context;
    this.#noticeAt = context.system.now();
  }

  fleet({ sessions, notices }: Fleet): void {
    const there = new Set(sessions.map(({ session }) => session.id));
    for (const id of [...this.#sessions.keys()].filter(id => !there.has(id))) this.removed(id);
    for (const view of sessions) this.session(view);
    for (const notice of notices.filter(({ at }) => at > this.#noticeAt)) this.notice(notice);
  }

  session(view: SessionView): void {
    const session = sessionJson(view);
    const text = JSON.stringify(session);
    if (this.#sessions.get(session.id) === text) return;
    this.#sessions.set(session.id, text);
    this.#tell({ event: 'session', session });
  }

  removed(id: string): void {
    if (this.#sessions.delete(id)) this.#tell({ event: 'removed', id });
  }

  notice({ at, tone, text, session }: Notice): void {
    this.#noticeAt = Math.max(this.#noticeAt, at);
    this.#tell({ event: 'notice', tone, text, session: session ?? null });
  }

  #tell(event: object): void {
    this.#context.terminal.out(`${JSON.stringify({ at: this.#context.system.now(), ...event })}\n`);
  }
}
