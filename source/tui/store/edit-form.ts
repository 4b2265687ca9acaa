import { type Edit, edit, editorOf } from '../text/editor.ts';
import { chosenOf, type Field, type Form, type TextField, visibleOptions } from './form.ts';

/** The fields that are shown: some belong to one choice of another field only. */
export function shownFields(form: Form): readonly Field[] {
  const kind = chosenOf(form, 'branchKind');
  if (kind === undefined) return form.fields;
  const hidden = kind === 'new' ? ['existing'] : ['branch', 'base'];
  return form.fields.filter(field => !hidden.includes(field.name));
}

export function currentField(form: Form): Field | undefined {
  const shown = shownFields(form);
  return shown[Math.min(form.at, shown.length - 1)];
}

/** The cursor in the next or previous field, round and round. */
export function moveField(form: Form, by: 1 | -1): Form {
  const count = shownFields(form).length;
  return count < 2 ? form : { ...form, at: (form.at + by + count) % count };
}

/** The next or previous option of the field under the cursor that can be chosen. */
export function chooseOption(form: Form, by: 1 | -1): Form {
  const field = currentField(form);
  if (field?.kind === 'text') return withField(form, nextKnown(field, by));
  if (field?.kind !== 'choice') return form;
  const places = visibleOptions(field).filter(index => !field.options[index]?.disabled);
  if (places.length === 0) return form;
  const at = places.indexOf(field.chosen);
  const next = at === -1 ? places[0] : places[(at + by + places.length) % places.length];
  return withField(form, { ...field, chosen: next ?? field.chosen });
}

function nextKnown(field: TextField, by: 1 | -1): TextField {
  const { known, value } = field;
  if (known.length === 0) return field;
  const at = known.indexOf(value.text);
  const next = at === -1 ? (by === 1 ? 0 : known.length - 1) : (at + by + known.length) % known.length;
  return { ...field, value: editorOf(known[next] ?? value.text) };
}

export function editForm(form: Form, change: Edit): Form {
  const field = currentField(form);
  if (!field || form.sending) return form;
  if (field.kind === 'text') return withField({ ...form, trouble: undefined }, edited(field, change));
  if (field.filter === undefined) return form;
  const typed = edit({ text: field.filter, cursor: field.filter.length }, change, false).text;
  const narrowed = { ...field, filter: typed };
  const places = visibleOptions(narrowed).filter(index => !field.options[index]?.disabled);
  return withField(form, {
    ...narrowed,
    chosen: places.includes(field.chosen) ? field.chosen : (places[0] ?? field.chosen),
  });
}

function edited(field: TextField, change: Edit): TextField {
  const value = edit(field.value, change, field.multiline);
  if (field.number && !/^\d*$/.test(value.text)) return field;
  return { ...field, value };
}

function withField(form: Form, field: Field): Form {
  return { ...form, fields: form.fields.map(each => (each.name === field.name ? field : each)) };
}
