import type { QuestionChoice } from '../session/agent-question.ts';
import { type Ask, questionOfAsk } from '../session/ask.ts';
import type { Session } from '../session/session.ts';
import { type BoundChoice, choiceNamed } from './choice-named.ts';
import type { Daemon } from './daemon.ts';

/** Answers a question that an agent waits with: written down first, so that who asks again after a crash is told. */
export function answerAsk(
  { brain, loop }: Daemon,
  session: Session,
  { ask, answer }: { readonly ask: Ask; readonly answer: BoundChoice & { readonly operation: string } },
): QuestionChoice {
  const { operation } = answer;
  const choice = choiceNamed(session, questionOfAsk(ask), answer);
  brain.asks.close(session.id, ask.id);
  try {
    loop.happen(session.id, [{ type: 'askAnswered', ask: ask.id, question: ask.lines[0] ?? '', choice }], operation);
  } catch (thrown) {
    brain.asks.open(session.id, ask);
    throw thrown;
  }
  return choice;
}

/** Who answers again after a crash finds it among so many of the newest events. */
const HISTORY = 200;

/** What this operation has answered already: asked for again, it is told and not repeated. */
export function askAnswered(
  { brain: { ledger } }: Pick<Daemon, 'brain'>,
  { id }: Session,
  operation: string,
): QuestionChoice | undefined {
  if (!ledger.findOperation(operation)) return undefined;
  const event = ledger.history(id, HISTORY).find(each => each.operation === operation);
  return event?.type === 'askAnswered' ? event.choice : undefined;
}
