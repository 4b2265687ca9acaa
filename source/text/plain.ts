import { withoutInvisible } from './invisible.ts';

/**
 * Text that others wrote (agents, branches, titles, forges) as it may be drawn: one line, no escapes, no control characters, nothing
 * invisible, no marks that turn the direction of writing. Everything that reaches the screen goes through here.
 */
export function plain(text: string): string {
  if (SAFE.test(text)) return text;
  return withoutInvisible(
    text
      .replace(ESCAPES, '')
      .replace(/[\t\n\r\v\f\u2028\u2029]+/g, ' ')
      .replace(/\p{Cc}/gu, ''),
  );
}

/** As `plain`, but lines stay lines and a tab is two spaces: for prompts and the output of checks. */
export function plainLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).map(line => plain(line.replaceAll('\t', '  ')));
}

const SAFE =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2070-\u27ff\u2801-\u3163\u3165-\ud7ff]*$/;
// CSI, OSC and the other string sequences, then two-byte escapes.
const ESCAPES = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?/g;
