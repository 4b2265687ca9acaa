import { addressees, markedViews } from '../store/marks.ts';
import { draftFor } from '../store/recall.ts';
import { retractable, selectedView } from '../store/select.ts';
import { promptForm } from '../store/session-forms.ts';
import type { State } from '../store/state.ts';
import { askedIn } from '../store/template.ts';
import type { Command } from './command.ts';
import { noSelection, open, selected } from './selected-session.ts';

/** Prompts: begun, sent to several, withdrawn. */
export const PROMPT_COMMANDS: readonly Command[] = [
  {
    ...selected('prompt', (_view, state) => {
      const ids = addressees(state).map(({ session }) => session.id);
      const draft = draftFor(state, ids);
      return open({ kind: 'form', form: { ...promptForm(ids, draft), asked: askedIn(draft, state.templates) } });
    }),
    title: 'Send a prompt to it, or to all that are marked',
    short: state => (markedViews(state).length > 0 ? `prompt ${markedViews(state).length}` : 'prompt'),
    keys: ['i'],
    footer: 20,
    disabledReason: state => {
      const [first, ...others] = addressees(state).map(view => view.refused.prompt);
      return noSelection(state) ?? (others.includes(undefined) ? undefined : first);
    },
  },
  {
    ...selected('mark', ({ session }) => ({
      actions: [
        { type: 'markToggled', id: session.id },
        { type: 'moved', by: 1 },
      ],
    })),
    title: 'Mark it, or not any more: a prompt goes to all that are marked',
    short: 'mark',
    keys: ['space'],
    footer: 93,
    disabledReason: noSelection,
  },
  {
    ...selected('editWaiting', view => {
      const prompt = retractable(view);
      return prompt ? { acts: [{ type: 'editWaiting', session: view.session.id, prompt: prompt.id }] } : {};
    }),
    title: 'Edit the newest prompt that has not arrived',
    short: 'edit prompt',
    keys: ['X'],
    footer: 17,
    disabledReason: noneWaits,
  },
  {
    ...selected('withdraw', view => {
      const prompt = retractable(view);
      return prompt ? { acts: [{ type: 'withdrawPrompt', session: view.session.id, prompt: prompt.id }] } : {};
    }),
    title: 'Withdraw the newest prompt that has not arrived',
    short: 'withdraw prompt',
    keys: ['x'],
    footer: 14,
    disabledReason: noneWaits,
  },
];

function noneWaits(state: State): string | undefined {
  const view = selectedView(state);
  return noSelection(state) ?? (view && retractable(view) ? undefined : 'no prompt waits');
}
