import type { Activity } from '../session/activity.ts';
import type { AgentQuestion, QuestionChoice } from '../session/agent-question.ts';
import { patternOf } from '../text/pattern.ts';
import type { NumberedDialogs } from './numbered-dialogs.ts';

/** A shell command that an agent asks to run: whole, by its own word. */
export interface AskedCommand {
  /** The agent's name for what runs it. */
  readonly tool: string;
  readonly command: string;
}

/**
 * The command that a dialog is about, and the choice that allows it this once. Three have to agree to the last letter: what the agent
 * says that it asks for, the line by which it says that it waits, and the rows on its screen. Undefined: they don't, or nobody knows.
 */
export function allowOnceOf(
  asked: AskedCommand | undefined,
  shown: {
    readonly activity: Pick<Activity, 'kind' | 'text'>;
    readonly body: readonly string[];
    readonly choices: readonly QuestionChoice[];
  },
  numbered: Pick<NumberedDialogs, 'commands'> | undefined,
): AgentQuestion['allows'] {
  const { activity, body, choices } = shown;
  const dialog = numbered?.commands;
  if (!asked || !dialog || activity.kind !== 'permission') return undefined;
  const { tool, command } = asked;
  if (activity.text !== `approve ${tool}: ${command}`) return undefined;
  const drawn = new RegExp(
    dialog.drawn.replace('{command}', () => patternOf(command)),
    'u',
  );
  if (!drawn.test(body.join('\n'))) return undefined;
  const once = new RegExp(dialog.once, 'u');
  const [choice, ...more] = choices.filter(
    ({ label, opens, holds }) => once.test(label) && !opens && holds === undefined,
  );
  return choice && more.length === 0 && choice.more === undefined ? { command, choice: choice.key } : undefined;
}
