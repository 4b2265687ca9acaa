import { editorOf, type Move } from '../text/editor.ts';
import { inNextRow, rowsAround } from '../text/text-rows.ts';
import { currentField } from './edit-form.ts';
import { type Form, textOf } from './form.ts';
import { promptColumns } from './frame.ts';
import { draftOf, earlierPrompts } from './prompt-memory.ts';
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

/**
 * Where ↑ (1) or ↓ (-1) leads: at the first and the last row of the text out of it, to an earlier prompt or back; else in it, by the
 * rows that are seen.
 */
export function led(state: State, form: Form, by: 1 | -1): 'out' | Move | number {
  const field = currentField(form);
  const stays = by === 1 ? 'up' : 'down';
  if (form.purpose.name !== 'prompt' || field?.kind !== 'text' || form.sending) return stays;
  const place = inNextRow(field.value, promptColumns(state), by === 1 ? -1 : 1);
  if (place !== undefined) return place;
  if (by === -1) return form.recalled === undefined ? stays : 'out';
  const next = (form.recalled?.at ?? -1) + 1;
  return next < earlierPrompts(state.memory, form.purpose.sessions).length ? 'out' : stays;
}

/** What was typed before an earlier prompt took its place, where that one has been changed or sent now: it would be lost. */
export function givenUp(before: Form | undefined, after: Form | undefined): string | undefined {
  const own = before?.recalled?.own ?? '';
  if (own.trim() === '' || !before || !after) return undefined;
  const isSent = after.sending && !before.sending;
  const isChanged = after.recalled === undefined && textOf(after, 'prompt') !== own;
  return isSent || isChanged ? own : undefined;
}

/** One prompt further back, or one nearer: before the newest stands what was typed here. */
export function recalled(form: Form, state: State, by: 1 | -1): Form {
  if (form.purpose.name !== 'prompt') return form;
  const { at, own } = form.recalled ?? { at: -1, own: textOf(form, 'prompt') };
  const all = earlierPrompts(state.memory, form.purpose.sessions);
  const next = Math.min(at + by, all.length - 1);
  const text = next < 0 ? own : (all[next] ?? own);
  // Back goes on with one more ↑, also over prompts of several rows.
  const cursor = by === 1 ? endOfFirstRow(text, promptColumns(state)) : undefined;
  const fields = form.fields.map(field =>
    field.kind === 'text' && field.name === 'prompt'
      ? { ...field, value: { ...editorOf(text), ...(cursor === undefined ? {} : { cursor }) } }
      : field,
  );
  return { ...form, fields, recalled: next < 0 ? undefined : { at: next, own } };
}

/** Where a long line is broken, the end of its first row is the beginning of the second one. */
function endOfFirstRow(text: string, columns: number): number {
  const end = rowsAround({ text, cursor: 0 }, { columns, rows: 1 })[0]?.text.length ?? 0;
  return end === text.length || text[end] === '\n' ? end : 0;
}
