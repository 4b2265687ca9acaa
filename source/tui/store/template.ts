import type { SessionView } from '../../protocol/daemon.ts';
import { editorOf } from '../text/editor.ts';
import { currentField, withField } from './edit-form.ts';
import type { Form, Hole } from './form.ts';

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
  const value = { ...editorOf(before.slice(0, cursor) + text + before.slice(cursor)), cursor };
  const filled = withField(form, { ...field, value });
  return fillNext({ ...filled, recalled: undefined, asked: [...(form.asked ?? []), ...asked] });
}

/** What a text that was begun from one of these templates and left still asks for. */
export function askedIn(text: string, prompts: Readonly<Record<string, string>>): readonly string[] {
  const words = Object.values(prompts).flatMap(whole => [...whole.matchAll(VARIABLE)].map(([braced]) => braced));
  return [...new Set(words)].filter(braced => text.includes(braced));
}

/** The first word that is still asked for: it stands in the text until something is typed over it. */
export function askedNow(form: Form): string | undefined {
  return holesOf(form)[0]?.braced;
}

/** The cursor goes to the next word that is asked for, round and round; what is typed there takes its place. */
export function fillNext(form: Form): Form {
  const field = currentField(form);
  if (field?.kind !== 'text') return form;
  const holes = holesOf(form);
  const { cursor } = field.value;
  const from = form.hole?.start === cursor ? cursor + 1 : cursor;
  const hole = holes.find(({ start }) => start >= from) ?? holes[0];
  if (!hole) return form;
  const value = { ...field.value, cursor: hole.start };
  return { ...withField(form, { ...field, value }), hole, filling: hole.braced.slice(1, -1) };
}

/** Where something is asked for, from the beginning of the text on. */
function holesOf(form: Form): readonly Hole[] {
  const field = currentField(form);
  const { asked = [] } = form;
  if (field?.kind !== 'text' || asked.length === 0) return [];
  return [...field.value.text.matchAll(VARIABLE)]
    .map(({ 0: braced, index }) => ({ start: index, braced }))
    .filter(({ braced }) => asked.includes(braced));
}
