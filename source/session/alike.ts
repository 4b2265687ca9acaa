import type { SessionView } from '../protocol/daemon.ts';
import { type AgentQuestion, type QuestionChoice, wholeLabel } from './agent-question.ts';

/**
 * Who may wait with the same question as this one, by what is known without a look at their screens: the same agent program asks in the
 * same words, in the same repository; elsewhere the same command is another one. What was put away is left alone.
 */
export function mayAskAlike(asks: SessionView, others: Iterable<SessionView>): readonly SessionView[] {
  const { session, activity } = asks;
  if (activity.state !== 'waiting') return [];
  return [...others].filter(
    other =>
      other.session.id !== session.id &&
      other.status === 'needsYou' &&
      other.activity.state === 'waiting' &&
      other.activity.kind === activity.kind &&
      other.activity.text === activity.text &&
      other.session.agent.kind === session.agent.kind &&
      other.session.repository.gitDir === session.repository.gitDir,
  );
}

/**
 * Two questions of the same agent program that ask the same: each row of what they are about, and each choice. Only choices that hold for
 * longer than once may differ, as they name what they hold for; `saysTheSame` tells of each whether it does.
 */
export function isAlike(one: AgentQuestion, other: AgentQuestion): boolean {
  return (
    one.kind === other.kind &&
    one.text === other.text &&
    isSame(one.body, other.body) &&
    one.denial === other.denial &&
    one.goesOn === other.goesOn &&
    isSame(one.choices.map(gist), other.choices.map(gist))
  );
}

/** The choice of that key is the same one in another question, to the last letter. */
export function saysTheSame(choice: QuestionChoice, other: Pick<AgentQuestion, 'choices'>): boolean {
  const there = other.choices.find(({ key }) => key === choice.key);
  return there !== undefined && wholeLabel(there) === wholeLabel(choice) && there.holds === choice.holds;
}

function gist(choice: QuestionChoice): string {
  const { key, opens, holds } = choice;
  return JSON.stringify([key, opens, holds === undefined ? wholeLabel(choice) : null]);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((row, at) => row === other[at]);
}
