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

/** The end of a text in the same way; what an input box draws at the beginning of its rows may come between two words. */
function ending(text: string): string {
  const line = text.trim().split('\n').at(-1) ?? '';
  return [...line.trim()].slice(-12).join('').trim().split(/\s+/u).map(patternOf).join('[\\s┃]+');
}

/** Holds when `before` (a pattern of the box's start) is followed by the text's beginning, or by what stands for a long paste; or when its end stands before `after`. */
export function startsInBox(options: {
  readonly text: string;
  readonly before: string;
  /** What the program draws instead of a long text. */
  readonly pasted: string;
  /** A pattern of the box's end, of one that is not tall enough for a long text and shows its end then. */
  readonly after?: string;
}): ScreenRule {
  const { text, before, pasted, after } = options;
  const begins = `${before}\\s*(?:${beginning(text)}|${pasted})`;
  return {
    name: 'the text in its input box',
    matchText: after === undefined ? begins : `${begins}|${ending(text)}\\s*${after}`,
  };
}
