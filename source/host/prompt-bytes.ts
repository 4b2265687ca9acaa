/** Kitty flag: every key is reported as an escape code, Enter too. */
const REPORT_ALL_KEYS = 8;

/** Enter as this program's keyboard sends it. */
export function encodeEnter(kittyFlags: number): Buffer {
  return Buffer.from((kittyFlags & REPORT_ALL_KEYS) !== 0 ? '\x1b[13u' : '\r');
}

/**
 * A pasted text. Line breaks are sent as Enter, as terminals do. Control characters are dropped but for tab and line break: none
 * of them is text, and an escape could end the paste early and turn the rest into keys.
 */
export function encodePaste(text: string, { bracketed }: { readonly bracketed: boolean }): Buffer {
  const clean = text.replace(/\r\n?|\n/g, '\r').replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '');
  return Buffer.from(bracketed ? `\x1b[200~${clean}\x1b[201~` : clean);
}
