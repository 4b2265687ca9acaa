import type { SessionView } from '../protocol/daemon.ts';
import { TuttiError } from '../protocol/rpc.ts';
import type { Client } from './context.ts';
import { RESTING } from './final-status.ts';

/** A program that was just started or prompted has said nothing yet: `unknown` is believed after this. */
const BELIEVED_MS = 5_000;

/** Milliseconds until a session is at rest if nothing changes: 0 now, Infinity never. A prompt on its way is not rest. */
export function restsIn(view: SessionView, now: number): number {
  const { status, since, session } = view;
  if (!RESTING.includes(status)) return Number.POSITIVE_INFINITY;
  if (status !== 'idle' && status !== 'unknown') return 0;
  const states = session.outbox.map(prompt => prompt.state);
  if (states.includes('queued')) return Number.POSITIVE_INFINITY;
  const doubtful = status === 'unknown' || states.includes('submitted');
  return doubtful ? Math.max(0, since + BELIEVED_MS - now) : 0;
}

/** Resolves when a session is at rest. Looks at each change, and once when silence is to be believed. */
export function atRest(options: {
  readonly client: Client;
  readonly session: string;
  readonly now: () => number;
}): Promise<SessionView> {
  const { client, session, now } = options;
  return new Promise((resolve, reject) => {
    let deadline: NodeJS.Timeout | undefined;
    const look = (view: SessionView | undefined) => {
      if (view && view.session.id !== session) return;
      clearTimeout(deadline);
      if (!view) return reject(new TuttiError('notFound', `The session ${session} is gone.`));
      const left = restsIn(view, now());
      if (left === 0) resolve(view);
      else if (left !== Number.POSITIVE_INFINITY) deadline = setTimeout(() => look(view), left);
    };
    const show = () =>
      client.request('session/show', { session }).then(look, (error: unknown) => {
        clearTimeout(deadline);
        reject(error);
      });
    client.on('session/changed', look);
    client.on('session/removed', ({ id }) => {
      if (id === session) look(undefined);
    });
    client.on('connected', () => void show());
    void show();
  });
}
