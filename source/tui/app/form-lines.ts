import { cutMiddle } from '../../text/cut.ts';
import { wrap } from '../../text/wrap.ts';
import { currentField, shownFields } from '../store/edit-form.ts';
import { type ChoiceField, type Field, type Form, type TextField, visibleOptions } from '../store/form.ts';
import { type Line, muted, span } from '../text/line.ts';
import type { Glyphs } from './glyphs.ts';
import { cursorLine, textBox } from './text-box.ts';

/** The fields of a form, one below the other; the one with the cursor shows its text box or its options. */
export function formLines(form: Form, columns: number, signs: Glyphs): readonly Line[] {
  const current = currentField(form);
  const labelled = form.fields.some(field => field.label !== '');
  return shownFields(form).flatMap(field =>
    labelled
      ? labelledField(field, { current: field === current, columns, signs })
      : fieldLines(field, { current: true, columns: columns - 1, signs }).map(line => [span(' '), ...line]),
  );
}

/** Why the last try was refused. */
export function troubleLines({ trouble }: Form, columns: number): readonly Line[] {
  return trouble === undefined
    ? []
    : wrap(trouble, columns - 2).map((row): Line => [span(` ${row}`, { role: 'failed' })]);
}

interface Place {
  readonly current: boolean;
  readonly columns: number;
  readonly signs: Glyphs;
}

const LABEL = 13;

function labelledField(field: Field, place: Place): readonly Line[] {
  const value = fieldLines(field, { ...place, columns: place.columns - LABEL - 2 });
  return value.map((line, index): Line => {
    const bar = place.current && index === 0 ? span(place.signs.bar, { role: 'accent', bold: true }) : span(' ');
    const label = span(
      ` ${(index === 0 ? field.label : '').padEnd(LABEL - 1)}`,
      place.current ? { bold: true } : { role: 'muted' },
    );
    return [bar, label, ...line];
  });
}

function fieldLines(field: Field, place: Place): readonly Line[] {
  if (field.kind === 'choice') return choiceLines(field, place);
  const { note, number } = field;
  const value = textLines(field, place);
  if (note === '') return place.current ? [...value, ...knownLines(field, place)] : value;
  if (number) return [[...(value[0] ?? []), muted(`  ${note}`)]];
  return place.current ? [...value, ...wrap(note, place.columns).map((row): Line => [muted(row)])] : value;
}

function textLines({ value, placeholder, multiline }: TextField, place: Place): readonly Line[] {
  if (!place.current) {
    if (value.text === '') return [[muted(placeholder)]];
    const [first = ''] = value.text.slice(0, 16 * place.columns).split('\n', 1);
    const lines = countLines(value.text);
    return [[span(first), ...(lines > 1 ? [muted(` … ${lines} lines`)] : [])]];
  }
  if (value.text === '') return [[span(' ', { inverse: true }), muted(placeholder)]];
  return multiline ? textBox(value, place.columns, BOX_ROWS) : [cursorLine(value, place.columns)];
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** What could stand in a text, the one that does marked. */
function knownLines({ known, value }: TextField, { columns, signs }: Place): readonly Line[] {
  if (known.length === 0) return [];
  const at = Math.max(0, known.indexOf(value.text));
  const top = Math.max(0, Math.min(at - 3, known.length - OPTION_ROWS));
  const rows = known.slice(top, top + OPTION_ROWS).map((each): Line => {
    const chosen = each === value.text;
    const mark = chosen ? span(`${signs.bar} `, { role: 'accent' }) : span('  ');
    return [mark, span(cutMiddle(each, columns - 2), { bold: chosen })];
  });
  return [[muted('has sessions:')], ...rows];
}

/** A text box grows to ten lines, then it scrolls. */
const BOX_ROWS = 10;

/** As many options as are in sight at once. */
const OPTION_ROWS = 7;

function choiceLines(field: ChoiceField, { current, signs }: Place): readonly Line[] {
  const chosen = field.options[field.chosen];
  if (field.options.length === 0) return [[muted('looking…')]];
  if (!current) return [[span(chosen?.text ?? 'none')]];
  const places = visibleOptions(field);
  if (isShort(field)) {
    const name = chosen && !chosen.disabled ? chosen.text : 'none';
    return [
      [
        span(`${signs.left} `, { role: 'accent' }),
        span(name, { bold: true }),
        span(` ${signs.right}`, { role: 'accent' }),
      ],
    ];
  }
  const find: readonly Line[] =
    field.filter === undefined ? [] : [[muted('find: '), span(field.filter), span(' ', { inverse: true })]];
  const at = Math.max(0, places.indexOf(field.chosen));
  const top = Math.max(0, Math.min(at - 3, places.length - OPTION_ROWS));
  const options = places.slice(top, top + OPTION_ROWS).flatMap((index): Line[] => {
    const option = field.options[index];
    if (!option) return [];
    const style = option.disabled ? { role: 'muted' as const } : { bold: index === field.chosen };
    const note = option.disabled ?? option.note;
    const mark = index === field.chosen && !option.disabled ? span(`${signs.bar} `, { role: 'accent' }) : span('  ');
    return [[mark, span(option.text, style), ...(note ? [muted(`  ${note}`)] : [])]];
  });
  const rest = places.length - top - options.length;
  const more: Line[] = rest > 0 ? [[muted(`  ${rest} more`)]] : [];
  const none: readonly Line[] = places.length === 0 ? [[muted('none has these letters')]] : [];
  return [...find, ...none, ...options, ...more];
}

/** Two or three words that need no explanation are chosen in one line. */
function isShort({ options, filter }: ChoiceField): boolean {
  return filter === undefined && options.length < 4 && !options.some(option => option.disabled ?? option.note);
}
