import { isVisible, withoutInvisible } from '../text/invisible.ts';
import { plainLines } from '../text/plain.ts';

/** Longest title, characters: what is longer is a prompt, not a name. */
export const LONGEST_TITLE = 120;

/** Longest title made of a prompt. */
const LONGEST_MADE = 60;

/** Text from outside as one plain line: no controls, nothing invisible, no joiners either, which would let a title lie about what it says. */
function plainLine(text: string): string {
  return withoutInvisible(text.replace(/[\n\r\t]+/g, ' '))
    .replace(/[\p{Cc}\u200c\u200d]/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** A title as it is kept, or why it can't be one. */
export function checkTitle(text: string): { readonly title: string } | { readonly problem: string } {
  const title = plainLine(text);
  if (!isVisible(title)) return { problem: 'A title needs at least one visible character.' };
  if ([...title].length > LONGEST_TITLE)
    return { problem: `A title may have ${LONGEST_TITLE} characters, this one has ${[...title].length}.` };
  return { title };
}

/** A title from the first line of a prompt, cut at a word; without any model. */
export function titleOfPrompt(prompt: string): string {
  const first = plainLine(prompt.split('\n').find(line => isVisible(plainLine(line))) ?? '');
  if ([...first].length <= LONGEST_MADE) return first === '' ? 'Untitled' : first;
  const cut = [...first].slice(0, LONGEST_MADE).join('');
  const word = cut.lastIndexOf(' ');
  return `${word > LONGEST_MADE / 2 ? cut.slice(0, word) : cut}…`;
}

/** The same of a prompt that stands in an agent's own record: without the escapes of others. */
export function titleOfRecorded(prompt: string): string {
  return titleOfPrompt(plainLines(prompt).join('\n'));
}
