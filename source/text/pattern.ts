/** A text as a pattern of a regular expression that matches it and nothing else, also with the flag `u`. */
export function patternOf(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
