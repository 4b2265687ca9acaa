import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { cursorLine, textBox } from '../../../source/tui/app/text-box.ts';
import { type Edit, type Editor, edit, editorOf, type Move } from '../../../source/tui/text/editor.ts';
import { type Line, lineWidth } from '../../../source/tui/text/line.ts';

/** `|` is the cursor. */
function editor(marked: string): Editor {
  const cursor = marked.indexOf('|');
  return { text: marked.replace('|', ''), cursor };
}

function marked({ text, cursor }: Editor): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

const move = (to: Move): Edit => ({ type: 'move', to });
const erase = (to: Move): Edit => ({ type: 'erase', to });

test.each<[string, Edit, string]>([
  ['ab|', { type: 'insert', text: 'c' }, 'abc|'],
  ['a|b', { type: 'insert', text: 'x\r\ny' }, 'ax\ny|b'],
  ['a|', { type: 'insert', text: '\x1b[31m' }, 'a[31m|'],
  ['a|b', { type: 'newline' }, 'a\n|b'],
  ['ab|', erase('back'), 'a|'],
  ['a👩‍👩‍👧|', erase('back'), 'a|'],
  ['é|', erase('back'), '|'],
  ['|ab', erase('back'), '|ab'],
  ['|ab', erase('forward'), '|b'],
  ['one two|', erase('wordBack'), 'one |'],
  ['one two  |', erase('wordBack'), 'one |'],
  ['|one two', move('wordForward'), 'one| two'],
  ['x\none two|', erase('lineStart'), 'x\n|'],
  ['o|ne\ntwo', erase('lineEnd'), 'o|\ntwo'],
  ['abc\nde|', move('up'), 'ab|c\nde'],
  ['ab|c\nd', move('down'), 'abc\nd|'],
  ['a|bc', move('up'), '|abc'],
  ['a|bc', move('down'), 'abc|'],
  ['日本|\nabcd', move('down'), '日本\nabcd|'],
  ['a\n|b', move('back'), 'a|\nb'],
])('%j by %j is %j', (before, change, after) => {
  expect(marked(edit(editor(before), change, true))).toBe(after);
});

test('a field of one line takes no line ends', () => {
  expect(edit(editorOf(''), { type: 'insert', text: 'a\nb' }, false).text).toBe('a b');
  expect(edit(editorOf('a'), { type: 'newline' }, false).text).toBe('a');
});

const MOVES: readonly Move[] = [
  'back',
  'forward',
  'wordBack',
  'wordForward',
  'lineStart',
  'lineEnd',
  'start',
  'end',
  'up',
  'down',
];

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }).map(text => ({ type: 'insert' as const, text })),
  fc.constant({ type: 'newline' as const }),
  fc.constantFrom(...MOVES).map(move),
  fc.constantFrom(...MOVES).map(erase),
);

test('a text that begins with an empty line is walked through as any other', () => {
  const from = (cursor: number, to: 'up' | 'down' | 'lineStart') =>
    edit({ text: '\nab', cursor }, { type: 'move', to }, true).cursor;
  expect([from(0, 'lineStart'), from(0, 'down'), from(2, 'up'), from(1, 'up'), from(0, 'up')]).toEqual([0, 1, 0, 0, 0]);
  expect(edit({ text: '\nab', cursor: 0 }, { type: 'erase', to: 'lineStart' }, true).text).toBe('\nab');
});

test('after any edits the cursor stands in the text, and its box shows it inside its width', () => {
  fc.assert(
    fc.property(fc.array(edits, { maxLength: 30 }), fc.integer({ min: 4, max: 20 }), (changes, width) => {
      const last = changes.reduce<Editor>((before, change) => edit(before, change, true), editorOf(''));
      expect(last.cursor).toBeGreaterThanOrEqual(0);
      expect(last.cursor).toBeLessThanOrEqual(last.text.length);
      const rows = textBox(last, width, 5);
      expect(rows.length).toBeLessThanOrEqual(5);
      expect(rows.flat().filter(each => each.inverse)).toHaveLength(1);
      for (const row of rows) expect(lineWidth(row)).toBeLessThanOrEqual(width + 1);
    }),
  );
});

const shownText = (line: Line) => line.map(each => each.text).join('');

test('one row shows what stands around the cursor', () => {
  expect(shownText(cursorLine(editor('abc|'), 10))).toBe('abc ');
  expect(shownText(cursorLine(editor('0123456789abc|def'), 8))).toMatch(/^6789abcd/);
  expect(shownText(cursorLine(editor('日本語日本語|'), 6))).toBe('本語 ');
});

test('a box of a long line shows the rows up to the cursor, broken as those of a short one', () => {
  const text = Array.from({ length: 2_000 }, (_, index) => `${index}`.padStart(7, '.')).join('');
  const rows = textBox({ text, cursor: 700 }, 8, 4).map(shownText);
  expect(rows).toEqual(['.....97', '.....98', '.....99', '....100']);
  const last = textBox(editorOf(text), 8, 3).map(shownText);
  expect(last.join('')).toContain('1999 ');
});

test('every way through a text of any kind gives its rows, whichever of them are asked for', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', '日', 'é', '👩‍👩‍👧', '\n', ' '), maxLength: 60 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 4, max: 12 }), fc.integer({ min: 1, max: 6 }), (text, columns, rows) => {
      const all = textBox(editorOf(text), columns, 200).map(shownText);
      const some = textBox(editorOf(text), columns, rows).map(shownText);
      expect(some).toEqual(all.slice(-rows));
    }),
  );
});

// What a key costs is counted by what is looked at, as time would say nothing on a busy machine.
test.each([
  ['letters', 'ж'.repeat(390_000)],
  ['wide characters', '日'.repeat(200_000)],
  ['words and lines', 'fix the cart 👩‍👩‍👧\n'.repeat(20_000)],
])('however long a text of %s is, only what stands around the cursor is measured', (_name, text) => {
  const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment');
  const start = editorOf(text);
  let now = start;
  for (const change of [move('back'), erase('back'), move('up'), { type: 'insert', text: 'y' }] as const)
    now = edit(now, change, true);
  textBox(now, 80, 10);
  cursorLine(now, 80);
  const measured = segment.mock.calls.reduce((sum, [input]) => sum + input.length, 0);
  segment.mockRestore();
  expect(measured).toBeGreaterThan(0);
  expect(measured).toBeLessThan(60_000);
});
