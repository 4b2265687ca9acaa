import type { ScreenRule } from '../terminal/screen-rule.ts';
import { patternOf } from '../text/pattern.ts';

/**
 * Text that a program would take for a command is made inert by a blank before and after, which it trims: `!` runs a shell without
 * asking, `/` is a command, a trailing `@word` or `$word` opens a list whose first entry Enter takes.
 */
export function withBlanks(text: string): string {
  return /^[!/?@$]/u.test(text) || /(?:^|\s)[@$]\S*$/u.test(text) ? ` ${text} ` : text;
}

/** The beginning of a text as it stands in an input box: short enough not to be wrapped, blanks as they come. */
function beginning(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return [...line.trim()].slice(0, 12).join('').trim().split(/\s+/u).map(patternOf).join('\\s+');
}

/** Holds when `before` (a pattern of the box's start) is followed by the text's beginning, or by what stands for a long paste. */
export function startsInBox(options: {
  readonly text: string;
  readonly before: string;
  /** What the program draws instead of a long text. */
  readonly pasted: string;
}): ScreenRule {
  return {
    name: 'the text in its input box',
    matchText: `${options.before}\\s*(?:${beginning(options.text)}|${options.pasted})`,
  };
}
