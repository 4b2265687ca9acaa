import { plain } from './plain.ts';

/** So many characters before a word are told with it: also where a line is cut at 80 cells, behind a title, the word is in sight. */
const BEFORE = 30;

/** So many characters are told in all: more than one reads at a glance says nothing about where one is. */
const LONGEST = 200;

/** One line of a text around the first place of a word, from word to word, with … where it is cut; undefined: it has no such word. */
export function excerptAround(text: string, word: string): string | undefined {
  const line = plain(text.trim().replace(/\s+/gu, ' '));
  const at = line.toLowerCase().indexOf(word.toLowerCase());
  if (at === -1) return undefined;
  const start = at <= BEFORE ? 0 : beginOfWord(line, at - BEFORE, at);
  const end = endOfWord(line, start + LONGEST, at + word.length);
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

/** The first place from here on where a word begins; where none does before `last`, the text has no blanks and is cut anywhere. */
function beginOfWord(line: string, from: number, last: number): number {
  const blank = line.indexOf(' ', from - 1);
  return blank !== -1 && blank < last ? blank + 1 : wholeCharacter(line, from);
}

/** The last place up to here where a word ends, but none before `least`. */
function endOfWord(line: string, to: number, least: number): number {
  if (line.length <= to) return line.length;
  const blank = line.lastIndexOf(' ', to);
  return blank >= least ? blank : Math.max(least, wholeCharacter(line, to));
}

/** A character of two units is not cut in two. */
function wholeCharacter(line: string, at: number): number {
  return /[\udc00-\udfff]/.test(line.charAt(at)) ? at - 1 : at;
}
