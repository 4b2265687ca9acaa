import { createHash } from 'node:crypto';
import * as z from 'zod';
import { TuttiError } from '../../protocol/rpc.ts';
import type { QuestionChoice } from '../../session/agent-question.ts';
import { checkAsk } from '../../session/ask.ts';
import { isDown } from '../../session/reduce-host.ts';
import { isEnding } from '../../session/reduce-life.ts';
import { checkReport, REPORT_STATES } from '../../session/report.ts';
import type { Session } from '../../session/session.ts';
import type { ClientLink } from '../client-link.ts';
import type { Daemon } from '../daemon.ts';
import type { MethodTable, Params } from './method.ts';
import { operation } from './params.ts';

/** What an agent does for its own session, by a `tutti` of its own. */
export const ownMethods: MethodTable<'session/ask' | 'session/report'> = {
  'session/ask': {
    schema: z.object({
      operation,
      question: z.string().min(1).max(10_000),
      choices: z.array(z.string().max(1000)).max(50),
      askedAt: z.number().min(0).exactOptional(),
    }),
    answer: async (daemon, params, client) => ({ choice: await ask(daemon, params, client) }),
  },
  'session/report': {
    schema: z.object({ state: z.enum(REPORT_STATES), message: z.string().max(10_000).exactOptional() }),
    answer: (daemon, params, client) => report(daemon, params, client),
  },
};

/** Answers when the user has. Asked again (a client that lost its daemon), an answer that was written down is told. */
async function ask(daemon: Daemon, params: Params<'session/ask'>, client: ClientLink): Promise<QuestionChoice> {
  const { brain, loop, waiters } = daemon;
  const { id: session, title } = own(daemon, client, 'ask');
  const checked = checkAsk(params.question, params.choices);
  if ('problem' in checked) throw new TuttiError('usage', checked.problem);
  const { askedAt, ...asked } = params;
  // Without the time: an older daemon has made it of these alone.
  const id = createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 10);
  const answered = () => {
    const now = brain.ledger.session(session);
    const answer = now?.answers?.find(each => each.ask === id);
    if (answer) return answer.choice;
    // A quick agent asks before its host has told the daemon that it runs.
    if (now && !isDown(now.host) && !isEnding(now.life)) return undefined;
    throw new TuttiError('conflict', `"${title}" has ended, so nobody answers its question.`);
  };
  const known = answered();
  if (known) return known;
  const now = brain.system.now();
  brain.asks.open(session, { ...checked, id, at: Math.min(askedAt ?? now, now) });
  try {
    loop.settle(session);
    return await waiters.until(session, answered, client.left);
  } finally {
    brain.asks.close(session, id);
    loop.awake(session);
  }
}

function report(daemon: Daemon, params: Params<'session/report'>, client: ClientLink): null {
  const { id, host, report: last } = own(daemon, client, 'report');
  const checked = checkReport(params.message);
  if ('problem' in checked) throw new TuttiError('usage', checked.problem);
  const { text } = checked;
  const { state } = params;
  if (host.state === 'none' || (last?.host === host.name && last.state === state && last.text === text)) return null;
  daemon.loop.happen(id, [{ type: 'reported', state, text, host: host.name }]);
  return null;
}

function own({ brain }: Daemon, { session: id }: ClientLink, verb: string): Session {
  const session = id === undefined ? undefined : brain.ledger.session(id);
  if (session) return session;
  throw new TuttiError('usage', `tutti ${verb} is for the agent of a session, and this is no session's program.`);
}
