import { type Editor, EMPTY, editorOf } from '../text/editor.ts';
import type { Offer } from './offer.ts';

/** A question of a session, by its id, as it was shown. */
export interface Bound {
  readonly session: string;
  readonly question: string;
}

/** A form: fields one below the other, one of which has the cursor. What it is for decides what enter does. */
export interface Form {
  readonly purpose: Purpose;
  readonly fields: readonly Field[];
  readonly at: number;
  /** Sent and not answered yet: it can't be sent twice. */
  readonly sending: boolean;
  /** Why the last try was refused; the form stays as it was. */
  readonly trouble: string | undefined;
  /** What is offered below its text. */
  readonly offer?: Offer | undefined;
  /** Words in braces of its templates that are to be filled in, and the one that was gone to last. */
  readonly asked?: readonly string[];
  readonly filling?: string | undefined;
  /** The cursor was led to it: what is typed now takes its place. */
  readonly hole?: Hole | undefined;
  /** An earlier prompt stands in it: which one, and what stood there before. */
  readonly recalled?: { readonly at: number; readonly own: string } | undefined;
}

/** A word in braces, and where it stands in the text. */
export interface Hole {
  readonly start: number;
  readonly braced: string;
}

export type Purpose =
  | { readonly name: 'newSession'; readonly long: boolean }
  | { readonly name: 'prompt'; readonly sessions: readonly string[] }
  | { readonly name: 'letGo'; readonly session: string }
  | { readonly name: 'sendBack'; readonly session: string }
  /** Bound to the question that was shown, and to its choice that refuses. */
  | {
      readonly name: 'deny';
      readonly session: string;
      readonly question: string;
      readonly choice: string;
      readonly goesOn: boolean;
      /** They ask the same, and hear the same. */
      readonly others?: readonly Bound[] | undefined;
    }
  /** A rule of what was allowed to this session. */
  | { readonly name: 'rule'; readonly session: string; readonly from: 'inbox' | 'list' }
  | { readonly name: 'rename'; readonly session: string }
  | { readonly name: 'choosePath' };

export type Field = TextField | ChoiceField;

export interface TextField {
  readonly kind: 'text';
  readonly name: FieldName;
  readonly label: string;
  readonly value: Editor;
  readonly multiline: boolean;
  /** Only digits. */
  readonly number: boolean;
  /** Shown dimmed while it is empty: what will be taken then. */
  readonly placeholder: string;
  /** What it is for, said while the cursor is in it; beside a number always. */
  readonly note: string;
  /** What could stand there: ↑ ↓ put one after the other into it. */
  readonly known: readonly string[];
}

/** One of several, by ◂ ▸; `filter` narrows a long list by typing. */
export interface ChoiceField {
  readonly kind: 'choice';
  readonly name: FieldName;
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: number;
  readonly filter: string | undefined;
}

export interface Option {
  readonly value: string;
  readonly text: string;
  /** Why it can't be chosen, shown instead of more about it. */
  readonly disabled: string | undefined;
  readonly note: string | undefined;
}

export type FieldName =
  | 'title'
  | 'agent'
  | 'permissions'
  | 'branchKind'
  | 'branch'
  | 'existing'
  | 'base'
  | 'prompt'
  | 'goal'
  | 'check'
  | 'attempts'
  | 'minutes'
  | 'path'
  | 'command'
  | 'match'
  | 'where'
  | 'whose';

export function textField(
  name: FieldName,
  label: string,
  options: Partial<Pick<TextField, 'multiline' | 'number' | 'placeholder' | 'note' | 'known'>> & {
    readonly value?: string | undefined;
  } = {},
): TextField {
  return {
    kind: 'text',
    name,
    label,
    value: options.value ? editorOf(options.value) : EMPTY,
    multiline: options.multiline ?? false,
    number: options.number ?? false,
    placeholder: options.placeholder ?? '',
    note: options.note ?? '',
    known: options.known ?? [],
  };
}

export function choiceField(
  name: FieldName,
  label: string,
  options: { readonly options: readonly Option[]; readonly value?: string | undefined; readonly filtered?: boolean },
): ChoiceField {
  const wanted = options.options.findIndex(each => each.value === options.value && !each.disabled);
  const first = options.options.findIndex(each => !each.disabled);
  return {
    kind: 'choice',
    name,
    label,
    options: options.options,
    chosen: wanted !== -1 ? wanted : Math.max(0, first),
    filter: options.filtered ? '' : undefined,
  };
}

export function textOf(form: Form, name: FieldName): string {
  const field = form.fields.find(each => each.name === name);
  return field?.kind === 'text' ? field.value.text.trim() : '';
}

/** The chosen value; undefined where there is no such field, or nothing in it can be chosen. */
export function chosenOf(form: Form, name: FieldName): string | undefined {
  const field = form.fields.find(each => each.name === name);
  if (field?.kind !== 'choice') return undefined;
  const option = field.options[field.chosen];
  return option && !option.disabled ? option.value : undefined;
}

/** Places of the options that a filter leaves. */
export function visibleOptions(field: ChoiceField): readonly number[] {
  const words = (field.filter ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return field.options.flatMap((option, index) =>
    words.every(word => option.text.toLowerCase().includes(word)) ? [index] : [],
  );
}
