import type { Input } from './keys.ts';

/** A question in place of the input box. */
export interface Dialog {
  readonly kind: 'permission' | 'question' | 'plan' | 'trust';
  readonly lines: readonly string[];
  readonly choices: readonly string[];
  readonly selected: number;
  /** Its sentence for the outside: `approve Bash: npm test`. */
  readonly message: string;
}

/** Index of the choice, or `no` for esc. */
export type Answer = number | 'no';

export function permissionDialog(tool: string, what: string): Dialog {
  return {
    kind: 'permission',
    lines: [tool, `  ${what}`, 'Do you want to proceed?'],
    choices: ['Yes', "Yes, and don't ask again in this conversation", 'No, and tell the agent what to do instead'],
    selected: 0,
    message: `approve ${tool}: ${what}`,
  };
}

export function questionDialog(question: string, choices: readonly string[]): Dialog {
  return {
    kind: 'question',
    lines: [question],
    choices,
    selected: 0,
    message: `answer: ${question} (${choices.join(' · ')})`,
  };
}

export function planDialog(plan: string): Dialog {
  return {
    kind: 'plan',
    lines: [...plan.split('\n'), '', 'Ready to begin?'],
    choices: ['Yes', 'Yes, and ask before each step', 'No, and tell the agent what to change'],
    selected: 0,
    message: `approve the plan: ${plan.split('\n', 1)[0]}`,
  };
}

export function trustDialog(folder: string): Dialog {
  return {
    kind: 'trust',
    lines: ['Accessing workspace:', `  ${folder}`, 'The demo agent edits files and runs commands here.'],
    // As claude's, its default ends the program.
    choices: ['No, exit', 'Yes, I trust this folder'],
    selected: 0,
    message: 'trust this folder',
  };
}

/** What an input does to a dialog: moves in it or answers it. Text is swallowed, but for the digit of a choice. */
export function answerDialog(dialog: Dialog, input: Input): Dialog | { readonly answer: Answer } {
  const count = dialog.choices.length;
  switch (input.type) {
    case 'enter':
      return { answer: dialog.selected };
    case 'escape':
    case 'interrupt':
      return { answer: 'no' };
    case 'up':
      return { ...dialog, selected: (dialog.selected + count - 1) % count };
    case 'down':
      return { ...dialog, selected: (dialog.selected + 1) % count };
    case 'text': {
      const digit = dialog.kind === 'trust' ? 0 : Number(input.text);
      return Number.isInteger(digit) && digit >= 1 && digit <= count ? { answer: digit - 1 } : dialog;
    }
    default:
      return dialog;
  }
}
