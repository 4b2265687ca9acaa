import { editorOf } from '../text/editor.ts';
import { currentField } from './edit-form.ts';
import { type Form, textOf } from './form.ts';
import { draftOf, earlierPrompts, type PromptMemory } from './prompt-memory.ts';
import type { State } from './state.ts';

/** What is typed in a prompt's form and not sent, for the next time; undefined: it is no prompt. */
export function draftIn(form: Form): string | undefined {
  // An earlier prompt that is only looked at is no draft.
  return form.purpose.name === 'prompt' ? (form.recalled?.own ?? textOf(form, 'prompt')) : undefined;
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
