/** What is said to the user's terminal on entering and on leaving it. */

import { ASK_FOR_RECEIPT } from './receipts.ts';

/** The title of the user's terminal while tutti is in it and has nothing to tell by it. */
export const TITLE = 'tutti';

export interface EnterOptions {
  /** Shown as the window's title; the user's own comes back on leaving. */
  readonly title: string | undefined;
}

/**
 * Alternate screen, hidden cursor, no wrapping at the right edge (a resize in flight would scroll), clicks and the wheel in the
 * SGR encoding, focus events, and every paste in wrappers. This is `COMMAND_MODES` of the compositor, but for the keyboard.
 */
export function enterSequence({ title }: EnterOptions): string {
  const named = title === undefined ? '' : `\x1b[22;0t\x1b]0;${plain(title)}\x1b\\`;
  return `${named}\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?1000h\x1b[?1006h\x1b[?1004h\x1b[?2004h`;
}

/**
 * Asks for colours and abilities, and whether program status is read (OSC 7501). Every terminal answers the last one, so that its
 * answer ends the waiting.
 */
export const QUESTIONS = `\x1b]7501;?\x1b\\\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b[?u${ASK_FOR_RECEIPT}`;

/** Keys told apart (kitty's first flag), for a terminal that has said that it can. */
export const ENTER_KITTY = '\x1b[>1u';

/**
 * Brings every mode back that tutti or a program in a pane may have set, one by one, and DECSTR for what is left. No RIS: it
 * clears the user's scrollback. DECSTR stands before the return to the main screen, as it forgets the saved cursor of the screen
 * that it finds; it also turns wrapping off in terminals that follow the VT510 to the letter. CAN ends a sequence that was cut.
 */
export function leaveSequence({ title }: EnterOptions): string {
  const mouse = '\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1006l';
  const modes = '\x1b[?1004l\x1b[?2004l\x1b[?1l\x1b>\x1b[>4;0m\x1b[<u';
  const named = title === undefined ? '' : '\x1b[23;0t';
  return `\x18\x1b[?2026l${mouse}${modes}\x1b[0 q\x1b[m\x1b[!p\x1b[?1049l\x1b[?7h\x1b[?25h${STATUS_CLEAR}${named}`;
}

/** Our own program status is no more (OSC 7501). Nothing where nothing was said. */
const STATUS_CLEAR = '\x1b]7501;state=clear:id=tutti\x1b\\';

function plain(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, '');
}
