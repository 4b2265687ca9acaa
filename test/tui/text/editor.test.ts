import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textBox } from '../../../source/tui/app/text-box.ts';
import { type Edit, type Editor, edit, editorOf, type Move } from '../../../source/tui/text/editor.ts';
import { lineWidth } from '../../../source/tui/text/line.ts';

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
