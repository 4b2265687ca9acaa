/** A title in a sentence: it may end in a mark of its own, or be words that the sentence could be read with. */
export function quoted(title: string): string {
  return `"${title}"`;
}
