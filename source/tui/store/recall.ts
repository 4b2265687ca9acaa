import { editorOf } from '../text/editor.ts';
import { currentField } from './edit-form.ts';
import { type FieldName, type Form, type Purpose, textOf } from './form.ts';
import { draftOf, earlierPrompts, type PromptMemory } from './prompt-memory.ts';
import type { State } from './state.ts';

/** What is typed and not sent; `sessions` are those whom it is for, with what is to be done where it is no prompt. */
export interface Draft {
  readonly sessions: readonly string[];
  readonly text: string;
}

/** What is typed in a form and not sent, for the next time; undefined: nothing of this one is kept. */
export function draftIn(state: Pick<State, 'sessions'>, form: Form): Draft | undefined {
  const place = draftPlace(form.purpose);
  if (!place) return undefined;
  const { sessions, field } = place;
  // An earlier prompt that is only looked at is no draft.
  const text = form.recalled?.own ?? textOf(form, field);
  // Nor is what the form began with.
  return { sessions, text: text === goalOf(state, form.purpose) ? '' : text };
}

/** Where what is being sent stands until it has gone; undefined: it is not kept. */
export function draftPlace(
  purpose: Purpose,
): { readonly sessions: readonly string[]; readonly field: FieldName } | undefined {
  switch (purpose.name) {
    case 'prompt':
      return { sessions: purpose.sessions, field: 'prompt' };
    case 'letGo':
      return { sessions: ['letGo', purpose.session], field: 'goal' };
    case 'sendBack':
      return { sessions: ['sendBack', purpose.session], field: 'prompt' };
    case 'deny':
      return { sessions: ['deny', purpose.session, purpose.question], field: 'prompt' };
    // What would begin a new session is not there the next time: it might start with words that nobody looks at again.
    case 'newSession':
    case 'rule':
    case 'rename':
    case 'choosePath':
      return undefined;
    default:
      return purpose satisfies never;
  }
}

/** Of its last run, with which the form to let it go begins. */
function goalOf({ sessions }: Pick<State, 'sessions'>, purpose: Purpose): string | undefined {
  return purpose.name === 'letGo' ? sessions.get(purpose.session)?.session.run?.goal : undefined;
}

/**
 * What a prompt to these begins with: their draft. Not where all of them have got it: a screen that dies between sending it and forgetting
 * it leaves it behind, and it would be sent twice.
 */
export function draftFor({ memory, sessions }: Pick<State, 'memory' | 'sessions'>, ids: readonly string[]): string {
  const draft = draftOf(memory, ids);
  const hasGot = (id: string) =>
    sessions
      .get(id)
      ?.session.outbox.some(({ text, state }) => text === draft && state !== 'withdrawn' && state !== 'undelivered');
  return ids.every(hasGot) ? '' : draft;
}

/** Whether ↑ (1) or ↓ (-1) leads out of the text, to an earlier prompt or back: at its first and its last line. */
export function leadsOut({ memory }: Pick<State, 'memory'>, form: Form, by: 1 | -1): boolean {
  const field = currentField(form);
  if (form.purpose.name !== 'prompt' || field?.kind !== 'text' || form.sending) return false;
  const { text, cursor } = field.value;
  if (by === -1) return form.recalled !== undefined && !text.slice(cursor).includes('\n');
  const next = (form.recalled?.at ?? -1) + 1;
  return !text.slice(0, cursor).includes('\n') && next < earlierPrompts(memory, form.purpose.sessions).length;
}

/** One prompt further back, or one nearer: before the newest stands what was typed here. */
export function recalled(form: Form, memory: PromptMemory, by: 1 | -1): Form {
  if (form.purpose.name !== 'prompt') return form;
  const { at, own } = form.recalled ?? { at: -1, own: textOf(form, 'prompt') };
  const all = earlierPrompts(memory, form.purpose.sessions);
  const next = Math.min(at + by, all.length - 1);
  const text = next < 0 ? own : (all[next] ?? own);
  // Back goes on with one more ↑, also over prompts of several lines.
  const cursor = by === 1 ? text.split('\n', 1)[0]?.length : undefined;
  const fields = form.fields.map(field =>
    field.kind === 'text' && field.name === 'prompt'
      ? { ...field, value: { ...editorOf(text), ...(cursor === undefined ? {} : { cursor }) } }
      : field,
  );
  return { ...form, fields, recalled: next < 0 ? undefined : { at: next, own } };
}
