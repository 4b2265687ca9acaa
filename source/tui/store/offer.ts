import { findPaths } from '../../text/find-paths.ts';
import { editorOf } from '../text/editor.ts';
import { currentField, withField } from './edit-form.ts';
import type { Form } from './form.ts';
import { insertTemplate, type Template } from './template.ts';

/** What a prompt box offers below the text: files for an `@`, or templates. */
export type Offer =
  | {
      readonly kind: 'files';
      /** Where the `@` stands. */
      readonly start: number;
      readonly letters: string;
      /** What they are for: undefined until the daemon has answered. */
      readonly found: { readonly letters: string; readonly paths: readonly string[] } | undefined;
      readonly at: number;
      /** The user wants none for this `@`. */
      readonly left: boolean;
    }
  | { readonly kind: 'templates'; readonly templates: readonly Template[]; readonly at: number };

/** The names that can be chosen now. */
export function offered(form: Form): readonly string[] {
  const { offer } = form;
  if (!offer) return [];
  if (offer.kind === 'templates') return offer.templates.map(({ name }) => name);
  if (offer.left || !offer.found) return [];
  const { letters, paths } = offer.found;
  // Typed since it was asked: what does not fit any more is not offered.
  return letters === offer.letters ? paths : findPaths(paths, offer.letters, paths.length);
}

/** Whether something is offered, or being looked for. */
export function isOffering({ offer }: Form): boolean {
  return offer !== undefined && !(offer.kind === 'files' && offer.left);
}

/** The form after its text was changed or its cursor moved: an `@` before the cursor asks for files. */
export function withMention(form: Form): Form {
  const field = currentField(form);
  if (form.purpose.name !== 'prompt' || field?.kind !== 'text') return form;
  const { text, cursor } = field.value;
  const [, letters] = /(?:^|[\s(["'`])@([^\s@]{0,200})$/u.exec(text.slice(Math.max(0, cursor - 202), cursor)) ?? [];
  if (letters === undefined) return form.offer ? { ...form, offer: undefined } : form;
  const start = cursor - letters.length - 1;
  const before = form.offer?.kind === 'files' && form.offer.start === start ? form.offer : undefined;
  if (before?.letters === letters) return form;
  return {
    ...form,
    offer: { kind: 'files', start, letters, found: before?.found, at: 0, left: before?.left ?? false },
  };
}

export function withPaths(form: Form, found: { readonly letters: string; readonly paths: readonly string[] }): Form {
  if (form.offer?.kind !== 'files') return form;
  // Who has chosen one already keeps it.
  const chosen = form.offer.at > 0 ? offered(form)[form.offer.at] : undefined;
  const at = chosen === undefined ? 0 : Math.max(0, found.paths.indexOf(chosen));
  return { ...form, offer: { ...form.offer, found, at } };
}

export function moveOffer(form: Form, by: 1 | -1): Form {
  const count = offered(form).length;
  if (!form.offer || count === 0) return form;
  return { ...form, offer: { ...form.offer, at: (form.offer.at + by + count) % count } };
}

/** What is chosen stands in the text: a path in the place of the `@` and its letters. */
export function takeOffer(form: Form): Form {
  const { offer } = form;
  const field = currentField(form);
  if (!offer || field?.kind !== 'text') return form;
  if (offer.kind === 'templates') {
    const template = offer.templates[offer.at];
    return template ? insertTemplate({ ...form, offer: undefined }, template) : { ...form, offer: undefined };
  }
  const path = offered(form)[offer.at];
  if (path === undefined) return leaveOffer(form);
  const { text, cursor } = field.value;
  const word = /\s/u.test(path) ? `"${path}" ` : `${path} `;
  const head = text.slice(0, offer.start) + word;
  const value = { ...editorOf(head + text.slice(cursor)), cursor: head.length };
  return { ...withField(form, { ...field, value }), offer: undefined, recalled: undefined };
}

export function leaveOffer(form: Form): Form {
  const { offer } = form;
  return { ...form, offer: offer?.kind === 'files' ? { ...offer, left: true } : undefined };
}
