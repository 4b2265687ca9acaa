import { agentFor } from '../agents/described.ts';
import { TuttiError } from '../protocol/rpc.ts';
import type { AgentQuestion, QuestionChoice } from '../session/agent-question.ts';
import { type Ask, questionOfAsk } from '../session/ask.ts';
import type { Session } from '../session/session.ts';
import { killPoint } from '../system/kill-point.ts';
import { answerAsk, askAnswered } from './answer-ask.ts';
import { type BoundChoice, choiceNamed } from './choice-named.ts';
import type { Daemon } from './daemon.ts';
import { freshId } from './fresh-id.ts';
import { ANSWER_MS, type HostLink } from './hosts.ts';
import { activityOf } from './observe.ts';
import { questionByServer } from './question-by-server.ts';
import { questionOnScreen } from './question-on-screen.ts';
import type { StandingQuestion } from './standing-question.ts';

/** What the agent of a session asks the user now; undefined: it asks nothing. */
export async function questionOf(daemon: Daemon, session: Session): Promise<AgentQuestion | undefined> {
  const ask = askedNow(daemon, session);
  if (ask) return questionOfAsk(ask);
  return (await read(daemon, session))?.question;
}

export interface Answer extends BoundChoice {
  readonly operation: string;
  /** Why it is refused, for the choice that takes a reason. */
  readonly reason?: string | undefined;
}

/**
 * Answers what the agent asks, by its own server where it has one that knows of it, else by the key of the choice. Bound to the question that
 * was shown, which is read again before anything is sent; the server knows by its id what it is for, and for a key the host looks once
 * more in the moment of the press. One at a time for each session (`inTurn`), so that of two the first one counts.
 */
export async function answerQuestion(daemon: Daemon, session: Session, answer: Answer): Promise<QuestionChoice> {
  const { operation } = answer;
  const answered = askAnswered(daemon, session, operation);
  if (answered) return answered;
  killPoint('daemon:answer:asked');
  const { asks } = daemon.brain;
  const ask = answer.question === undefined ? askedNow(daemon, session) : asks.find(session.id, answer.question);
  if (ask && answer.reason !== undefined) throw takesNoReason(session);
  if (ask) return answerAsk(daemon, session, { ask, answer });
  const link = linkOf(daemon, session);
  const done = await link?.connection.request('operation/find', { operation }, ANSWER_MS);
  if (done?.result?.outcome === 'submitted') {
    sendReason(daemon, session, answer);
    return { key: answer.choice, label: answer.choice, opens: false };
  }
  const found = await read(daemon, session);
  if (!found) throw refused(session, 'it asks nothing now: its question was answered, or is over');
  const { question, send } = found;
  if (answer.question !== undefined && answer.question !== question.id) {
    throw refused(session, 'its question is another one than the one that was shown. Look at it again');
  }
  if (!send) throw refused(session, `its choices can only be made in its pane${because(question)}`);
  const choice = choiceNamed(session, question, answer);
  if (answer.reason !== undefined && choice.key !== question.denial) throw takesNoReason(session);
  killPoint('daemon:answer:read');
  const outcome = await send({ operation, choice, reason: answer.reason }).catch(thrown => {
    throw notSent(session, thrown);
  });
  killPoint('daemon:answer:pressed');
  switch (outcome) {
    case 'submitted':
      sendReason(daemon, session, answer);
      return choice;
    case 'exited':
      throw refused(session, 'its agent has ended');
    case 'notSeen':
      // What opens a field may leave the choices where they are.
      if (choice.opens) return choice;
      throw refused(session, 'its agent did not take the answer, or asks the same again. Look at its pane');
    default:
      throw refused(session, 'its question has changed or was answered in the last moment. Look at it again');
  }
}

/**
 * A refusal by key ends the agent's turn and gives its box back: the reason is its next prompt, and arrives as any other does. Written down
 * once, when the refusal is taken. To a server it went along.
 */
function sendReason({ brain, loop }: Daemon, session: Session, { operation, reason }: Answer): void {
  const key = `${operation}/reason`;
  if (reason === undefined || agentFor(session.agent).serverAsks || brain.ledger.findOperation(key)) return;
  const prompt = freshId(brain.system);
  loop.happen(session.id, [{ type: 'promptQueued', prompt, text: reason, by: 'person', way: 'typed' }], key);
}

/** By its own server first: what that does not know of stands on its screen only. */
async function read(daemon: Daemon, session: Session): Promise<StandingQuestion | undefined> {
  const link = linkOf(daemon, session);
  const activity = () => activityNow(daemon, session);
  const { state, since, evidence } = activity();
  if (!link || state !== 'waiting') return undefined;
  const asked = await questionByServer(session, link);
  if (typeof asked === 'object' && 'question' in asked) return asked;
  // Its server's list is newer than its last word: it was answered, or has asked the next question since.
  if (asked === 'nothing' && evidence[0]?.source === 'server') {
    return activity().since === since ? undefined : read(daemon, session);
  }
  const found = await questionOnScreen({ session, link }, activity);
  if (!found || !asked) return found;
  const inPane = asked === 'nothing' ? 'its own server does not know of it' : asked.inPane;
  return { ...found, question: { ...found.question, inPane } };
}

/** Its own `tutti ask`, where nothing on its screen comes first. */
function askedNow(daemon: Daemon, session: Session): Ask | undefined {
  const [first] = activityNow(daemon, session).evidence;
  return first?.source === 'ask' ? daemon.brain.asks.first(session.id) : undefined;
}

function activityNow(daemon: Daemon, session: Session) {
  const now = daemon.brain.ledger.session(session.id) ?? session;
  return activityOf(now, daemon.loop.sight(now));
}

function linkOf({ brain }: Daemon, { id, host }: Session): HostLink | undefined {
  return host.state === 'running' ? brain.hosts.find(id, host.name) : undefined;
}

function takesNoReason({ title }: Session): TuttiError {
  const text = 'a reason goes with the choice that refuses, where its agent takes words after it: this is none';
  return new TuttiError('usage', `Could not answer "${title}": ${text}. Answer without a reason, or in its pane.`);
}

function because({ inPane }: AgentQuestion): string {
  return inPane === undefined ? '' : `: ${inPane}`;
}

/** What failed has approved nothing, as far as it was told. */
function notSent({ title }: Session, thrown: unknown): unknown {
  if (!(thrown instanceof TuttiError)) return thrown;
  return new TuttiError(thrown.kind, `Could not answer "${title}". ${thrown.message}`, { cause: thrown });
}

function refused({ title }: Session, why: string): TuttiError {
  return new TuttiError('conflict', `Could not answer "${title}": ${why}.`);
}
