import type { FieldName, Form } from './form.ts';

/** What was typed and chosen for a new session that was not started, by the fields of its form. Of this screen only. */
export type NewDraft = Readonly<Partial<Record<FieldName, string>>>;

/** As it is after its form was closed; what the short form has no field for stays as the long one left it. */
export function withNewDraft(before: NewDraft, { purpose, fields }: Form): NewDraft {
  if (purpose.name !== 'newSession') return before;
  const values = fields.flatMap(field => {
    if (field.kind === 'text') return [[field.name, field.value.text] as const];
    const option = field.options[field.chosen];
    return option && !option.disabled ? [[field.name, option.value] as const] : [];
  });
  return { ...before, ...Object.fromEntries(values) };
}

/** A session was started: with what stands in the draft, or with something else, and then the draft is a later one and stays. */
export function afterStart(draft: NewDraft, started: { readonly title: string; readonly prompt: string }): NewDraft {
  const title = (draft.title ?? '').trim();
  const isIt = (draft.prompt ?? '').trim() === started.prompt && (title === '' || title === started.title);
  return isIt ? {} : draft;
}
