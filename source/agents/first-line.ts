/** The first line of a text that says something, without the marks of Markdown; undefined where there is none. */
export function firstLine(text: string): string | undefined {
  const lines = text.split('\n').map(line =>
    line
      .replace(/^[\s>]*(?:#+\s+|[-*+]\s+|\d+[.)]\s+)?/u, '')
      .replace(/\*\*|__|`/gu, '')
      .trim(),
  );
  return lines.find(line => /[\p{L}\p{N}]/u.test(line));
}
