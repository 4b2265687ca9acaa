import type { QuestionChoice } from '../session/agent-question.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import { patternOf } from '../text/pattern.ts';

/** A numbered list that waits for an answer, as it was read from a screen. */
export interface QuestionOnScreen {
  readonly text: string;
  readonly body: readonly string[];
  readonly choices: readonly QuestionChoice[];
  /** Holds while the same question with the same choices stands there, whichever is marked. */
  readonly shows: ScreenRule;
}

/** Rows of frames, and what marks a choice. */
const FRAME = /^[\s│┃|]+|[\s│┃|]+$/gu;
const MARKED = /^[❯›>●]\s*(?=\d)/u;
const CHOICE = /^(?:[❯›>●]\s*)?(\d)[.)]\s+(\S.*)$/u;
const FRAMED = /^\s*[│┃]/u;
const TITLED = /^[─━═]{2,} .* [─━═]{3,}$/u;
const DRAWN = /[─━═▔▁]/u;
const LINE = /^[\s─━═╌┄▔▁╭╮╰╯┌┐└┘┴┬-]{3,}$/u;

/** Choices after which the program waits for words. */
const OPENS =
  /^(?:type something|type your|enter a custom|chat about this|suggest changes|tell claude what|modify with external|none of the above)/iu;

/** A list of tabs, as claude draws for several questions at once: its digits mean something else there. */
const TABS = /[☐☒✔].*[☐☒✔].*→/u;

/** Rows between two choices (a description), and above the first one. */
const MOST_BETWEEN = 3;
const MOST_BODY = 40;

/**
 * The question at the end of a screen, for programs that take a choice by its digit. One choice has to be marked: a numbered list in
 * a text is none. Undefined: there is no such list, or the digits would not be answers.
 */
export function readQuestion(rows: readonly string[]): QuestionOnScreen | undefined {
  const inner = rows.map(row => row.replace(FRAME, ''));
  if (inner.some(row => TABS.test(row))) return undefined;
  const at = choiceRows(inner);
  const first = at[0];
  if (first === undefined || at.length < 2 || !at.some(row => MARKED.test(inner[row] ?? ''))) return undefined;
  const above = bodyAbove(rows, inner, first);
  const text = questionIn(above);
  if (text === undefined) return undefined;
  return {
    text,
    body: above,
    choices: at.map(row => choiceOn(inner[row] ?? '')),
    shows: { all: [...above, ...at.map(row => (inner[row] ?? '').replace(MARKED, ''))].map(standsThere) },
  };
}

/** The rows of the last list of choices, from 1 on. */
function choiceRows(inner: readonly string[]): readonly number[] {
  const found: number[] = [];
  let wanted: number | undefined;
  for (let row = inner.length - 1; row >= 0 && wanted !== 0; row--) {
    const digit = Number(CHOICE.exec(inner[row] ?? '')?.[1]);
    const gap = (found[0] ?? row) - row;
    if (wanted !== undefined && gap > MOST_BETWEEN + 1) return [];
    if (Number.isNaN(digit) || (wanted !== undefined && digit !== wanted)) continue;
    found.unshift(row);
    wanted = digit - 1;
  }
  return wanted === 0 ? found : [];
}

/**
 * What stands above the choices, as far as it belongs to them: to the end of the frame that they are in; without one up to a drawn line,
 * or to a gap of two rows. A dotted line stands around what is asked about.
 */
function bodyAbove(rows: readonly string[], inner: readonly string[], first: number): readonly string[] {
  const isFramed = FRAMED.test(rows[first] ?? '');
  const body: string[] = [];
  let blanks = 0;
  for (let row = first - 1; row >= 0 && body.length < MOST_BODY; row--) {
    const text = inner[row] ?? '';
    // A line may have a title in it.
    const isLine = LINE.test(text) || TITLED.test(text);
    if (isFramed ? !FRAMED.test(rows[row] ?? '') : body.length > 0 && (blanks > 1 || (isLine && DRAWN.test(text))))
      break;
    blanks = text === '' ? blanks + 1 : 0;
    if (text !== '' && !isLine) body.unshift(text);
  }
  return body;
}

/** The row that asks: the last one with a question mark, else the one next to the choices. */
function questionIn(body: readonly string[]): string | undefined {
  return body.findLast(row => row.endsWith('?')) ?? body.at(-1);
}

function choiceOn(row: string): QuestionChoice {
  const [, key = '', label = ''] = CHOICE.exec(row) ?? [];
  return { key, label, opens: OPENS.test(label) };
}

function standsThere(text: string): ScreenRule {
  return { match: `^[\\s│┃|❯›>●]*${patternOf(text)}[\\s│┃|]*$` };
}
