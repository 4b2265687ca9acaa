import type { SessionView } from '../protocol/daemon.ts';
import { EXIT_CODES } from '../protocol/exit-code.ts';
import { toErrorBody } from '../protocol/rpc.ts';
import { plain } from '../text/plain.ts';
import type { Client, Context } from './context.ts';
import { sessionJson } from './session-json.ts';
import { nameOf } from './session-row.ts';
import { withClient } from './with-client.ts';

/** Does the same to several sessions, one after another; one that fails says so and does not keep the others from it. */
export function eachSession(
  context: Context,
  options: {
    readonly sessions: readonly string[];
    readonly json: boolean | undefined;
    readonly act: (client: Client, session: string) => Promise<SessionView>;
    /** `paused`, for the line that tells it. */
    readonly done: string;
    readonly hint?: (view: SessionView) => string;
    /** A last line for people, about all to which it was done. */
    readonly sum?: (views: readonly SessionView[]) => string | undefined;
  },
): Promise<number | undefined> {
  const { sessions, json, act, done, hint, sum } = options;
  const { terminal } = context;
  return withClient(context, async client => {
    const views: SessionView[] = [];
    let failed: number | undefined;
    for (const session of sessions) {
      try {
        const view = await act(client, session);
        views.push(view);
        if (!json) terminal.out(`${done} ${nameOf(view)}${hint ? `; ${plain(hint(view))}` : ''}\n`);
      } catch (thrown) {
        const body = toErrorBody(thrown);
        terminal.err(`${body.message}\n`);
        failed ??= EXIT_CODES[body.data?.kind ?? 'failed'];
      }
    }
    const summed = json ? undefined : sum?.(views);
    if (summed !== undefined) terminal.out(`${summed}\n`);
    if (json) terminal.out(`${JSON.stringify(views.map(sessionJson), undefined, 2)}\n`);
    return failed;
  });
}
