import type { QuestionChoice } from '../session/agent-question.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import { patternOf } from '../text/pattern.ts';
import type { NumberedDialogs } from './numbered-dialogs.ts';

/** A dialog that waits for the digit of a choice, as it was read from a screen: all of it. */
export interface QuestionOnScreen {
  readonly text: string;
  readonly body: readonly string[];
  readonly choices: readonly QuestionChoice[];
  /** Holds while the same dialog stands there, row by row, whichever choice is marked. */
  readonly shows: ScreenRule;
}

/** What is drawn around a row, and what marks a choice. */
const FRAME = /^[\s│┃]+|[\s│┃]+$/gu;
const MARKED = /^[❯›>●]\s*(?=\d)/u;
const CHOICE = /^(?:[❯›>●]\s*)?(\d)[.)]\s+(\S.*)$/u;
const LINE = /^[\s─━═╌┄▔▁╭╮╰╯┌┐└┘┴┬-]{3,}$/u;

/** A line with a title in it, with which a dialog may begin: it says nothing of what is asked. */
const TITLED = /^[─━═]{2,} .* [─━═]{3,}$/u;

/** Choices after which the program waits for words. */
const OPENS =
  /^(?:type something|type your|enter a custom|chat about this|suggest changes|tell claude what|no, and tell copilot what|modify with external|none of the above)/iu;

/** A list of tabs, as claude draws for several questions at once: its digits mean something else there. */
const TABS = /[☐☒✔].*[☐☒✔].*→/u;

/** The program says that it left something out. */
const LEFT_OUT = /\blines? (?:hidden|omitted|truncated|not shown)\b|[+…] ?\d+ (?:more )?lines\b/iu;

/** Rows of text below the last choice: keys, and what a program has in its footer. */
const MOST_BELOW = 4;

/** Rows of one choice, where a narrow pane wraps it. */
const MOST_OF_CHOICE = 8;

/**
 * The dialog at the end of a screen. One choice has to be marked: a numbered list in a text is none. Undefined: there is none, or not all
 * of it can be seen, so that it can be answered in its pane only.
 */
export function readQuestion(
  rows: readonly string[],
  { begin, pick }: Pick<NumberedDialogs, 'begin' | 'pick'>,
): QuestionOnScreen | undefined {
  const end = rows.findLastIndex(row => row.trim() !== '') + 1;
  const inner = rows.slice(0, end).map(row => row.replace(FRAME, ''));
  const at = choiceRows(inner);
  const [first, last] = [at[0], at.at(-1)];
  if (first === undefined || last === undefined || !at.some(row => MARKED.test(inner[row] ?? ''))) return undefined;
  const isBegin = new RegExp(begin, 'u');
  const above = rows.slice(0, first);
  const top =
    pick === 'nearest' ? above.findLastIndex(row => isBegin.test(row)) : above.findIndex(row => isBegin.test(row));
  if (top === -1) return undefined;
  const body = inner.slice(top, first).filter((row, at) => isText(row) && !(at === 0 && TITLED.test(row)));
  const choices = at.map((row, index) => choiceIn(inner, row, at[index + 1]));
  const lastRow = last + rowsOf(inner, last, undefined).length - 1;
  const text = questionIn(body);
  if (
    text === undefined ||
    inner.slice(top).some(row => TABS.test(row) || LEFT_OUT.test(row)) ||
    choices.some(({ label, more, opens }) => !opens && `${label}${more ?? ''}`.endsWith('…')) ||
    at.some((row, index) => (at[index + 1] ?? lastRow + 1) - row > MOST_OF_CHOICE) ||
    inner.slice(lastRow + 1).filter(isText).length > MOST_BELOW
  ) {
    return undefined;
  }
  return { text, body, choices, shows: standsThere(inner.slice(top, lastRow + 1), end - top) };
}

/** The rows of the last list of choices, from 1 on. */
function choiceRows(inner: readonly string[]): readonly number[] {
  const found: number[] = [];
  let wanted: number | undefined;
  for (let row = inner.length - 1; row >= 0 && wanted !== 0; row--) {
    const digit = Number(CHOICE.exec(inner[row] ?? '')?.[1]);
    if (Number.isNaN(digit) || (wanted !== undefined && digit !== wanted)) continue;
    found.unshift(row);
    wanted = digit - 1;
  }
  return wanted === 0 && found.length > 1 ? found : [];
}

/** The rows of a choice: what stands below its first one describes it, or was wrapped. The last one ends where the dialog says no more. */
function rowsOf(inner: readonly string[], from: number, next: number | undefined): readonly string[] {
  if (next !== undefined) return inner.slice(from, next);
  const rest = inner.slice(from + 1).findIndex(row => !isText(row));
  return inner.slice(from, rest === -1 ? undefined : from + 1 + rest);
}

function choiceIn(inner: readonly string[], from: number, next: number | undefined): QuestionChoice {
  const [head = '', ...others] = rowsOf(inner, from, next);
  const [, key = '', label = ''] = CHOICE.exec(head) ?? [];
  const more = others.filter(isText).join(' ');
  return { key, label, ...(more === '' ? {} : { more }), opens: OPENS.test(label) };
}

function isText(row: string): boolean {
  return row !== '' && !LINE.test(row);
}

/** The row that asks: the last one with a question mark, else the one next to the choices. */
function questionIn(body: readonly string[]): string | undefined {
  return body.findLast(row => row.endsWith('?')) ?? body.at(-1);
}

/** These rows one below the other, `height` rows above the end of the screen. */
function standsThere(inner: readonly string[], height: number): ScreenRule {
  const rows = inner.map(row => {
    if (!isText(row)) return '[^\\n\\p{L}\\p{N}]*';
    const mark = CHOICE.test(row) ? '(?:[❯›>●] *)?' : '';
    return `[ \\t│┃]*${mark}${patternOf(row.replace(MARKED, ''))}[ \\t│┃]*`;
  });
  return {
    name: 'its question, as it was shown',
    matchText: `^${rows.join('\\n')}(?:\\n|$)`,
    region: { bottom: height },
  };
}
