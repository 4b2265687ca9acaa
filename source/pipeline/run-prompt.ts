import type { CheckResult } from './run.ts';

/** What goes back to an agent is bounded: its context is worth more than a whole log. The end of a log says most. */
const MOST_LINES = 80;
const MOST_CHARACTERS = 6000;

/** The first prompt of a run: the goal as the user wrote it, and what happens when the turn ends. */
export function promptOfGoal(goal: string, check: string | undefined): string {
  const end = 'Do not commit: what you leave in the worktree is committed for you.';
  if (check === undefined) return `${goal}\n\n${end}`;
  return `${goal}\n\nWhen you end your turn, this check is run here: ${check}\n${end}`;
}

/** The prompt of a red check, or of commit hooks that refused. */
export function promptOfRed(result: CheckResult): string {
  const what = result.host.startsWith('commit-')
    ? 'The commit was refused by a hook'
    : `The check failed: ${result.command}`;
  const exit = result.code === undefined ? '' : ` (exit code ${result.code})`;
  return `${what}${exit}. Find the cause, mend it and end your turn; it will be run again.\n\n${outputOf(result.output)}`;
}

/** What an agent is told that was stopped by a limit of its account. */
export function promptAfterLimit(): string {
  return 'The usage limit that stopped you no longer holds. Go on with what you were doing; what is done already is not to be done again.';
}

function outputOf(output: readonly string[]): string {
  const tail = tailOf(output).trim();
  return tail === '' ? 'It printed nothing.' : `Its last output:\n\n${tail}`;
}

function tailOf(output: readonly string[]): string {
  const lines = output.slice(-MOST_LINES);
  while (lines.length > 1 && lines.join('\n').length > MOST_CHARACTERS) lines.shift();
  return lines.join('\n').slice(-MOST_CHARACTERS);
}
