import { agentFor } from '../agents/described.ts';
import type { AskedByServer } from '../agents/server-asks.ts';
import type { DeliveryResult } from '../protocol/host.ts';
import { TuttiError } from '../protocol/rpc.ts';
import type { Session } from '../session/session.ts';
import { ANSWER_MS, type HostLink } from './hosts.ts';
import { questionId } from './question-id.ts';
import { type SentChoice, type StandingQuestion, TAKEN_MS } from './standing-question.ts';

/** On loopback, from memory. */
const READ_MS = 2000;

/**
 * What an agent asks by its own server, and is answered there: by the id that it has there. `nothing`: its server knows of nothing that waits.
 * Where that can't be asked it is answered in the pane: then why. Undefined: it has no such server.
 */
export async function questionByServer(
  session: Session,
  link: HostLink,
): Promise<StandingQuestion | { readonly inPane: string } | 'nothing' | undefined> {
  const asks = agentFor(session.agent).serverAsks;
  if (!asks) return undefined;
  const { connection } = link;
  try {
    const paths = { paths: asks.pending, timeoutMs: READ_MS };
    const { found } = await connection.request('server/read', paths, READ_MS + ANSWER_MS);
    const asked = asks.asked(found, link.status);
    if (!asked) return 'nothing';
    const { id, question } = asked;
    const send = (sent: SentChoice) => answer(connection, asked, sent);
    return {
      question: { id: questionId([id, question]), ...question },
      send: question.choices.length > 0 ? send : undefined,
    };
  } catch (thrown) {
    if (thrown instanceof TuttiError) return { inPane: thrown.message.replace(/\.$/u, '') };
    throw thrown;
  }
}

async function answer(
  connection: HostLink['connection'],
  asked: AskedByServer,
  { operation, choice, reason }: SentChoice,
): Promise<DeliveryResult['outcome']> {
  const reply = asked.reply(choice.key, reason);
  if (!reply) throw new TuttiError('bug', `Nothing says the choice ${choice.key} to the program's own server.`);
  const given = { operation, ...reply, timeoutMs: TAKEN_MS };
  return (await connection.request('server/answer', given, TAKEN_MS + ANSWER_MS)).outcome;
}
