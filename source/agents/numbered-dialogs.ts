import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { StandingChoice } from './standing-choices.ts';

/** How a program draws its dialogs whose choices are numbered and taken by their digit. */
export interface NumberedDialogs {
  /**
   * Pattern of the row in which such a dialog begins, as it stands on the screen: where none does, its beginning has been scrolled away
   * or is not known, and nobody can say what is missing.
   */
  readonly begin: string;
  /**
   * Which one counts where several rows match: the `nearest` above the choices, for a program that indents all it draws in a dialog, so
   * that nothing in there looks like it; else the `highest` on the screen, so that rather too much is shown than too little.
   */
  readonly pick: 'nearest' | 'highest';
  /**
   * Pattern of the labels that refuse what is asked and give the program's input box back at once, where a reason follows as a prompt;
   * undefined: none is known to.
   */
  readonly refuses?: string;
  /** Its choices that hold for longer than this once. */
  readonly standing: readonly StandingChoice[];
  /**
   * Its dialog for a shell command: pattern of its rows, above the choices, with `{command}` where that stands, and pattern of the label
   * that allows it this once. Undefined: no rule of the user's answers it.
   */
  readonly commands?: { readonly drawn: string; readonly once: string };
  /** Dialogs whose choices are moved to and confirmed, or that need more than one digit. */
  readonly inPane?: ScreenRule;
}
