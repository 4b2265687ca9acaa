/**
 * A pasted text as a terminal sends it: line breaks as Enter, wrapped if the program asked for it (`modes().bracketedPaste`).
 * Controls other than tab and line break are dropped: none is text, and an escape could end the paste early (ESC[201~) and turn
 * its rest into keys.
 */
export function encodePaste(text: string, { bracketed }: { readonly bracketed: boolean }): Uint8Array {
  const clean = text.replace(/\r\n?|\n/g, '\r').replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '');
  return Buffer.from(bracketed ? `\x1b[200~${clean}\x1b[201~` : clean);
}
