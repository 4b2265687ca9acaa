import { cutMiddle } from '../../text/cut.ts';
import type { Form } from '../store/form.ts';
import { isOffering, offered } from '../store/offer.ts';
import { askedNow } from '../store/template.ts';
import { type Line, muted, span } from '../text/line.ts';
import type { Glyphs } from './glyphs.ts';
import { noteLines } from './note-lines.ts';

/** Below the text of a prompt: what can be chosen into it, or what is asked for. */
export function offerLines(
  form: Form,
  options: { readonly columns: number; readonly signs: Glyphs; readonly settingsFile: string | undefined },
): readonly Line[] {
  const { columns, signs, settingsFile } = options;
  const { offer } = form;
  if (!offer || !isOffering(form)) return fillingLines(form);
  const names = offered(form);
  if (names.length === 0) return noteLines(nothing(form, settingsFile), columns);
  return names.map((name, index): Line => {
    const chosen = index === offer.at;
    const text = cutMiddle(name, columns - 3);
    return [chosen ? span(` ${signs.bar}`, { role: 'accent' }) : span('  '), span(text, { bold: chosen })];
  });
}

function nothing({ offer }: Form, settingsFile = 'the settings'): string {
  if (offer?.kind === 'files') return offer.found ? 'no file has these letters' : 'looking for files…';
  return `no templates: "prompts" in ${settingsFile} has them; tutti reads it at its start`;
}

function fillingLines(form: Form): readonly Line[] {
  if (form.filling === undefined) return [];
  const next = askedNow(form);
  return [[muted(` type the ${form.filling}${next === undefined ? '' : '; tab goes on'}`)]];
}
