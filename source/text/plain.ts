/**
 * Text that others wrote (agents, branches, titles, forges) as it may be drawn: one line, no escapes, no control characters, no
 * marks that turn the direction of writing. Everything that reaches the screen goes through here.
 */
export function plain(text: string): string {
  if (SAFE.test(text)) return text;
  return text
    .replace(ESCAPES, '')
    .replace(/[\t\n\r\v\f\u2028\u2029]+/g, ' ')
    .replace(UNDRAWABLE, '');
}

/** As `plain`, but lines stay lines and a tab is two spaces: for prompts and the output of checks. */
export function plainLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).map(line => plain(line.replaceAll('\t', '  ')));
}

const SAFE = /^[\x20-\x7e\u00a1-\u05ff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff]*$/;
// CSI, OSC and the other string sequences, then two-byte escapes.
const ESCAPES = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?/g;
const UNDRAWABLE = /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
