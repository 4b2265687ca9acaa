import { EXIT_CODES } from '../protocol/exit-code.ts';
import { TuttiError, toErrorBody } from '../protocol/rpc.ts';
import { type AgentQuestion, choiceOf } from '../session/agent-question.ts';
import { isAlike, mayAskAlike, saysTheSame } from '../session/alike.ts';
import { unseenRisk } from '../session/unseen-risk.ts';
import { plain } from '../text/plain.ts';
import { answered } from './answered.ts';
import type { Client, Context } from './context.ts';
import { nameOf } from './session-row.ts';

interface Wanted {
  readonly session: string;
  readonly choice: string;
  readonly question: string | undefined;
  readonly reason: string | undefined;
  readonly json: boolean | undefined;
}

/** Gives the same answer to all that ask the same; one that refuses it says why and does not keep the others from it. */
export async function answerAlike(
  { terminal }: Pick<Context, 'terminal'>,
  client: Client,
  { session: name, choice: said, question: shown, reason, json }: Wanted,
): Promise<number | undefined> {
  const view = await client.request('session/show', { session: name });
  const { id: session } = view.session;
  const { question } = await client.request('question/read', { session });
  // Another question than the one that was seen: it is refused, and nobody else is asked.
  const isSeen = shown === undefined || shown === question?.id;
  const choice = question && isSeen ? choiceOf(question, said) : undefined;
  const risk = shown === undefined && question && choice ? unseenRisk(question, choice) : undefined;
  if (risk !== undefined) throw new TuttiError('conflict', `Nobody was answered: ${risk}.`);
  const others = question && choice ? await askAlike(client, { session, question }) : [];
  if (choice?.opens && others.length > 0) throw refused('words have to follow this choice in each pane');
  const differs = others.filter(other => choice && !saysTheSame(choice, other.question));
  if (choice && differs.length > 0) {
    const names = differs.map(other => nameOf(other.view)).join(', ');
    throw refused(`"${plain(choice.label)}" is not the same for ${names}`);
  }
  const asks = [
    { session, question: shown ?? question?.id },
    ...others.map(each => ({ session: each.view.session.id, question: each.question.id })),
  ];
  const taken = [];
  let failed: number | undefined;
  for (const ask of asks) {
    try {
      // Labels may be numbers too: what was found by its label is sent as the key that it is.
      const named = choice ? { choice: choice.key, byKey: true as const } : { choice: said };
      const done = await client.request('question/answer', {
        operation: client.operation(),
        ...ask,
        ...named,
        reason,
      });
      taken.push({ session: ask.session, ...done.choice });
      if (!json) terminal.out(`${answered(done, reason)}\n`);
    } catch (thrown) {
      const body = toErrorBody(thrown);
      terminal.err(`${body.message}\n`);
      failed ??= EXIT_CODES[body.data?.kind ?? 'failed'];
    }
  }
  if (json) terminal.out(`${JSON.stringify(taken, undefined, 2)}\n`);
  return failed;
}

function refused(why: string): TuttiError {
  return new TuttiError('conflict', `Nobody was answered: ${why}. Answer them one by one.`);
}

/** Who asks the same as this session, with what was read there. Whose screen can't be read is answered by itself. */
async function askAlike(
  client: Client,
  { session, question }: { readonly session: string; readonly question: AgentQuestion },
) {
  const { sessions } = await client.request('fleet/list', { all: true });
  const asks = sessions.find(each => each.session.id === session);
  const read = (asks ? mayAskAlike(asks, sessions) : []).map(async view => {
    const found = await client.request('question/read', { session: view.session.id }).catch(() => undefined);
    return found?.question && isAlike(question, found.question) ? [{ view, question: found.question }] : [];
  });
  return (await Promise.all(read)).flat();
}
