import { createHash } from 'node:crypto';
import { agentFor } from '../agents/described.ts';
import type { NumberedDialogs } from '../agents/numbered-dialogs.ts';
import { type QuestionOnScreen, readQuestion } from '../agents/read-question.ts';
import { holdsOf } from '../agents/standing-choices.ts';
import { TuttiError } from '../protocol/rpc.ts';
import type { AgentQuestion, QuestionChoice } from '../session/agent-question.ts';
import { type Ask, questionOfAsk } from '../session/ask.ts';
import type { Session } from '../session/session.ts';
import { killPoint } from '../system/kill-point.ts';
import { answerAsk, askAnswered } from './answer-ask.ts';
import { choiceNamed } from './choice-named.ts';
import type { Daemon } from './daemon.ts';
import { freshId } from './fresh-id.ts';
import { ANSWER_MS, type HostLink } from './hosts.ts';
import { activityOf } from './observe.ts';

/** A dialog is drawn in several steps, some of them after it was reported. */
const CALM_MS = 200;

/** So long a program may take to take an answer. */
const TAKEN_MS = 4000;

/** Rows of a screen whose question could not be read, for the user to see. */
const ROWS_SHOWN = 14;

interface Read {
  readonly question: AgentQuestion;
  readonly onScreen: QuestionOnScreen | undefined;
  readonly link: HostLink;
}

/** What the agent of a session asks the user now; undefined: it asks nothing. */
export async function questionOf(daemon: Daemon, session: Session): Promise<AgentQuestion | undefined> {
  const ask = askedNow(daemon, session);
  if (ask) return questionOfAsk(ask);
  return (await read(daemon, session))?.question;
}

export interface Answer {
  readonly operation: string;
  /** The id of the question that was shown; undefined: the one that stands there. */
  readonly question: string | undefined;
  /** Its key or its label. */
  readonly choice: string;
  /** Why it is refused, for the choice that gives the agent's input box back. */
  readonly reason?: string | undefined;
}

/**
 * Answers what the agent asks, by its key: bound to the question that was shown, which is read again before anything is sent, and looked
 * at once more by the host in the moment of the press. One at a time for each session (`inTurn`), so that of two the first one counts.
 */
export async function answerQuestion(daemon: Daemon, session: Session, answer: Answer): Promise<QuestionChoice> {
  const { operation, choice: said } = answer;
  const answered = askAnswered(daemon, session, operation);
  if (answered) return answered;
  killPoint('daemon:answer:asked');
  const { asks } = daemon.brain;
  const ask = answer.question === undefined ? askedNow(daemon, session) : asks.find(session.id, answer.question);
  if (ask && answer.reason !== undefined) throw takesNoReason(session);
  if (ask) return answerAsk(daemon, session, { ask, choice: said, operation });
  const link = linkOf(daemon, session);
  const done = await link?.connection.request('operation/find', { operation }, ANSWER_MS);
  if (done?.result?.outcome === 'submitted') {
    sendReason(daemon, session, answer);
    return { key: answer.choice, label: answer.choice, opens: false };
  }
  const found = await read(daemon, session);
  if (!found) throw refused(session, 'it asks nothing now: its question was answered, or is over');
  const { question, onScreen } = found;
  if (answer.question !== undefined && answer.question !== question.id) {
    throw refused(session, 'its question is another one than the one that was shown. Look at it again');
  }
  if (!onScreen) throw refused(session, 'its choices can only be made in its pane');
  const choice = choiceNamed(session, question, said);
  if (answer.reason !== undefined && choice.key !== question.denial) throw takesNoReason(session);
  killPoint('daemon:answer:read');
  const { outcome } = await found.link.connection.request(
    'keys/press',
    {
      operation,
      shows: onScreen.shows,
      base64: Buffer.from(choice.key).toString('base64'),
      timeoutMs: TAKEN_MS,
    },
    TAKEN_MS + ANSWER_MS,
  );
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
      throw refused(session, 'its question has changed in the last moment. Look at it again');
  }
}

/**
 * A refusal ends the agent's turn and gives its box back: the reason is its next prompt, and arrives as any other does. Written down once,
 * when the refusal is taken.
 */
function sendReason({ brain, loop }: Daemon, session: Session, { operation, reason }: Answer): void {
  const key = `${operation}/reason`;
  if (reason === undefined || brain.ledger.findOperation(key)) return;
  const prompt = freshId(brain.system);
  loop.happen(session.id, [{ type: 'promptQueued', prompt, text: reason, by: 'person', way: 'typed' }], key);
}

async function read(daemon: Daemon, session: Session): Promise<Read | undefined> {
  const link = linkOf(daemon, session);
  if (!link || activityNow(daemon, session).state !== 'waiting') return undefined;
  const { lines } = await link.connection.request('screen/read', { scrollback: 0, calmMs: CALM_MS }, ANSWER_MS);
  const numbered = await numberedNow(session, link);
  // It may have been answered meanwhile.
  const { state, kind, text, since } = activityNow(daemon, session);
  if (state !== 'waiting') return undefined;
  const onScreen = numbered && readQuestion(lines, numbered);
  const body = onScreen?.body ?? lines.filter(line => line.trim() !== '').slice(-ROWS_SHOWN);
  const choices = onScreen?.choices ?? [];
  const shown = JSON.stringify([since, onScreen ? [body, choices] : text]);
  const id = createHash('sha256').update(shown).digest('hex').slice(0, 10);
  const denial = kind === 'question' ? undefined : denialOf(choices, numbered);
  const told = kind === 'question' ? choices : choices.map(choice => withHolds(choice, numbered));
  const question = { id, kind, text: text ?? onScreen?.text ?? 'a question', body, choices: told };
  return { question: { ...question, ...(denial === undefined ? {} : { denial }) }, onScreen, link };
}

/** How its dialogs are drawn; undefined where the one that stands there is answered in its pane only. */
async function numberedNow({ agent }: Session, { connection }: HostLink): Promise<NumberedDialogs | undefined> {
  const { numbered } = agentFor(agent);
  const rule = numbered?.inPane;
  if (!rule) return numbered;
  return (await connection.request('screen/test', { rule }, ANSWER_MS)).holds ? undefined : numbered;
}

function withHolds(choice: QuestionChoice, numbered: NumberedDialogs | undefined): QuestionChoice {
  const holds = holdsOf(choice, numbered?.standing ?? []);
  return holds === undefined ? choice : { ...choice, holds };
}

function denialOf(choices: readonly QuestionChoice[], numbered: NumberedDialogs | undefined): string | undefined {
  const { refuses } = numbered ?? {};
  if (refuses === undefined) return undefined;
  const pattern = new RegExp(refuses, 'u');
  return choices.find(({ label, opens }) => !opens && pattern.test(label))?.key;
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

function refused({ title }: Session, why: string): TuttiError {
  return new TuttiError('conflict', `Could not answer "${title}": ${why}.`);
}
