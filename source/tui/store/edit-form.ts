import { LONGEST_TITLE } from '../../session/title.ts';
import { countCharacters, type Edit, EMPTY, edit, editorOf } from '../text/editor.ts';
import { chosenOf, type Field, type Form, type Hole, type TextField, visibleOptions } from './form.ts';

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
  if (field.kind === 'text') {
    const open = withoutHole(field, form.hole, change);
    const { fitting, trouble } = fitted(open, change);
    // An earlier prompt that is changed is a new one.
    const recalled = change.type === 'move' ? form.recalled : undefined;
    const erased = open !== field && change.type === 'erase';
    return withField({ ...form, trouble, recalled, hole: undefined }, erased ? open : edited(open, fitting));
  }
  if (field.filter === undefined) return form;
  const typed = edit(editorOf(field.filter), change, false).text.slice(0, LONGEST_FILTER);
  const narrowed = { ...field, filter: typed };
  const places = visibleOptions(narrowed).filter(index => !field.options[index]?.disabled);
  return withField(form, {
    ...narrowed,
    chosen: places.includes(field.chosen) ? field.chosen : (places[0] ?? field.chosen),
  });
}

/** What is typed at a word that is asked for takes its place, and what erases there takes it away whole. */
function withoutHole(field: TextField, hole: Hole | undefined, change: Edit): TextField {
  const { text, cursor } = field.value;
  if (!hole || change.type === 'move' || cursor !== hole.start || !text.startsWith(hole.braced, cursor)) return field;
  const rest = text.slice(0, cursor) + text.slice(cursor + hole.braced.length);
  return { ...field, value: { text: rest, cursor } };
}

/** The current field with another text in it. */
export function rewritten(form: Form, text: string): Form {
  const all = [
    { type: 'move', to: 'end' },
    { type: 'erase', to: 'start' },
    { type: 'insert', text },
  ] as const;
  return all.reduce<Form>(editForm, form);
}

/** Characters that the daemon takes; what is pasted beyond is not kept, and that is said. */
const LONGEST: Readonly<Record<TextField['name'], number>> = {
  title: LONGEST_TITLE,
  branch: 250,
  base: 250,
  existing: 250,
  agent: 100,
  permissions: 100,
  branchKind: 100,
  path: 4_096,
  check: 20_000,
  prompt: 500_000,
  goal: 500_000,
  attempts: 6,
  minutes: 6,
  command: 300,
  match: 100,
  where: 100,
  whose: 100,
};

const LONGEST_FILTER = 200;

/** As much of what is inserted as there is room for. */
function fitted(field: TextField, change: Edit): { readonly fitting: Edit; readonly trouble: string | undefined } {
  if (change.type !== 'insert') return { fitting: change, trouble: undefined };
  const most = LONGEST[field.name];
  const text = edit(EMPTY, change, field.multiline).text;
  const room = Math.max(0, most - countCharacters(field.value.text));
  if (text.length <= room || countCharacters(text) <= room) return { fitting: change, trouble: undefined };
  const kept = Array.from(text.slice(0, 2 * room))
    .slice(0, room)
    .join('');
  const trouble = `Cut: there is room for ${most.toLocaleString('en')} characters here.`;
  return { fitting: { type: 'insert', text: kept }, trouble };
}

function edited(field: TextField, change: Edit): TextField {
  const value = edit(field.value, change, field.multiline);
  if (field.number && !/^\d*$/.test(value.text)) return field;
  return { ...field, value };
}

export function withField(form: Form, field: Field): Form {
  return { ...form, fields: form.fields.map(each => (each.name === field.name ? field : each)) };
}
