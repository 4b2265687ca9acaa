import { allowOnceOf } from '../agents/allow-once.ts';
import { agentFor } from '../agents/described.ts';
import type { NumberedDialogs } from '../agents/numbered-dialogs.ts';
import { type QuestionOnScreen, readQuestion } from '../agents/read-question.ts';
import { holdsOf } from '../agents/standing-choices.ts';
import type { HostStatus } from '../protocol/host.ts';
import type { Activity } from '../session/activity.ts';
import type { QuestionChoice } from '../session/agent-question.ts';
import type { Session } from '../session/session.ts';
import { ANSWER_MS, type HostLink } from './hosts.ts';
import { questionId } from './question-id.ts';
import { type StandingQuestion, TAKEN_MS } from './standing-question.ts';

/** A dialog is drawn in several steps, some of them after it was reported. */
const CALM_MS = 200;

/** What can't be read may be half of it: its pane has just got another size, and its program is slow to draw it anew. */
const REDRAWN_MS = 800;

/** Rows of a screen whose question could not be read, for the user to see. */
const ROWS_SHOWN = 14;

/**
 * What stands on an agent's screen and is answered by the digit of a choice, which its host presses only while the very same stands there.
 * Undefined: it has been answered while it was read.
 */
export async function questionOnScreen(
  { session, link }: { readonly session: Session; readonly link: HostLink },
  activity: () => Activity,
): Promise<StandingQuestion | undefined> {
  const read = async (calmMs: number) =>
    (await link.connection.request('screen/read', { scrollback: 0, calmMs }, ANSWER_MS)).lines;
  let lines = await read(CALM_MS);
  const numbered = await numberedNow(session, link);
  let onScreen = numbered && readQuestion(lines, numbered);
  if (numbered && !onScreen) {
    lines = await read(REDRAWN_MS);
    onScreen = readQuestion(lines, numbered);
  }
  const { state, kind, text, since } = activity();
  if (state !== 'waiting') return undefined;
  const body = onScreen?.body ?? lines.filter(line => line.trim() !== '').slice(-ROWS_SHOWN);
  const choices = onScreen?.choices ?? [];
  const id = questionId([since, onScreen ? [body, choices] : text, askedAt(link.status)]);
  const denial = kind === 'question' ? undefined : denialOf(choices, numbered);
  const told = choices.map(choice => withHolds(choice, numbered));
  const asked = agentFor(session.agent).commandAsked?.(link.status, text);
  const allows = onScreen && allowOnceOf(asked, { activity: { kind, text }, body, choices: told }, numbered);
  const question = { id, kind, text: text ?? onScreen?.text ?? 'a question', body, choices: told };
  return {
    question: { ...question, ...(denial === undefined ? {} : { denial }), ...(allows ? { allows } : {}) },
    send: onScreen && (({ operation, choice }) => press(link, { operation, onScreen, key: choice.key })),
  };
}

/**
 * The number of its newest word that somebody of it waits. Two of its sub-agents that ask the very same one after the other look like one
 * question that stands: its state does not change between them.
 */
function askedAt({ events }: Pick<HostStatus, 'events'>): number | undefined {
  return events.findLast(event => event.type === 'status' && event.record.state === 'blocked')?.n;
}

async function press(
  { connection }: HostLink,
  {
    operation,
    onScreen,
    key,
  }: { readonly operation: string; readonly onScreen: QuestionOnScreen; readonly key: string },
) {
  const base64 = Buffer.from(key).toString('base64');
  const keys = { operation, shows: onScreen.shows, base64, timeoutMs: TAKEN_MS };
  return (await connection.request('keys/press', keys, TAKEN_MS + ANSWER_MS)).outcome;
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
