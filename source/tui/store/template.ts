import type { SessionView } from '../../protocol/daemon.ts';
import { editorOf } from '../text/editor.ts';
import { currentField, withField } from './edit-form.ts';
import type { Form } from './form.ts';

/** A prompt from the settings, with what is known of the session put in. */
export interface Template {
  readonly name: string;
  readonly text: string;
  /** Words in braces that only the user knows: `{ticket}`. */
  readonly asked: readonly string[];
}

/** The templates as they are for these sessions: what differs between them is asked for. */
export function templatesFor(
  prompts: Readonly<Record<string, string>>,
  views: readonly SessionView[],
): readonly Template[] {
  return Object.entries(prompts).map(([name, whole]) => {
    const text = whole.replace(VARIABLE, (braced, word: string) => {
      const values = new Set(views.map(view => wordOf(view, word)));
      const [value] = values;
      return values.size === 1 && value !== undefined ? value : braced;
    });
    // What a title has in braces is no question.
    const asked = [...whole.matchAll(VARIABLE)].map(([braced]) => braced).filter(braced => text.includes(braced));
    return { name, text, asked: [...new Set(asked)] };
  });
}

const VARIABLE = /\{([a-z][a-z0-9-]*)\}/g;

function wordOf({ session }: SessionView, word: string): string | undefined {
  switch (word) {
    case 'title':
      return session.title;
    case 'branch':
      return session.branch;
    case 'base':
      return session.base.ref;
    case 'repository':
      return session.repository.name;
    default:
      return undefined;
  }
}

/** Its text stands at the cursor; where something is asked for, the cursor stands there. */
export function insertTemplate(form: Form, { text, asked }: Template): Form {
  const field = currentField(form);
  if (field?.kind !== 'text') return form;
  const { cursor, text: before } = field.value;
  const value = { ...editorOf(before.slice(0, cursor) + text + before.slice(cursor)), cursor: cursor + text.length };
  const filled = withField(form, { ...field, value });
  return fillNext({ ...filled, recalled: undefined, asked: [...(form.asked ?? []), ...asked] });
}

/** The first word that is still asked for: also the one whose place has the cursor, as long as nothing stands there. */
export function askedNow(form: Form): string | undefined {
  const field = currentField(form);
  const text = field?.kind === 'text' ? field.value.text : '';
  return form.filling !== undefined && text === form.unfilled ? `{${form.filling}}` : askedNext(form);
}

/** The first one to which the cursor has not come yet. */
export function askedNext(form: Form): string | undefined {
  const field = currentField(form);
  const text = field?.kind === 'text' ? field.value.text : '';
  return form.asked?.find(braced => text.includes(braced));
}

/** The first word that is asked for gives its place to the cursor. */
export function fillNext(form: Form): Form {
  const braced = askedNext(form);
  const field = currentField(form);
  if (braced === undefined || field?.kind !== 'text' || field.value.text === form.unfilled) return form;
  const { text } = field.value;
  const at = text.indexOf(braced);
  const value = { text: text.slice(0, at) + text.slice(at + braced.length), cursor: at };
  return { ...withField(form, { ...field, value }), filling: braced.slice(1, -1), unfilled: value.text };
}
