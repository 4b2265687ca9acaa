import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_DRAFT, editDraft, pasteInto, sentText, typeInto } from '../../source/demo/draft.ts';
import { type Input, KeyReader } from '../../source/demo/keys.ts';
import { breakText, cutText, textWidth, wrapText } from '../../source/demo/text-width.ts';

const SEQUENCES: readonly (readonly [bytes: string, inputs: readonly Input[]])[] = [
  ['ab', [{ type: 'text', text: 'ab' }]],
  ['雪 ä', [{ type: 'text', text: '雪 ä' }]],
  ['a\rb', [{ type: 'text', text: 'a' }, { type: 'enter' }, { type: 'text', text: 'b' }]],
  ['\x1b[200~x\ny\x1b[201~\r', [{ type: 'paste', text: 'x\ny' }, { type: 'enter' }]],
  ['\x1b[200~x\r\ny\x1b[1mz\x1b[201~', [{ type: 'paste', text: 'x\ny[1mz' }]],
  ['\x1b[A\x1bOB', [{ type: 'up' }, { type: 'down' }]],
  [
    '\n\x1b\r\x1b[13;2u\x1b[27;2;13~',
    [{ type: 'newline' }, { type: 'newline' }, { type: 'newline' }, { type: 'newline' }],
  ],
  ['\x1b[13u\x1b[27u', [{ type: 'enter' }, { type: 'escape' }]],
  [
    '\x7f\x15\x17\x03\x04',
    [
      { type: 'backspace' },
      { type: 'clearLine' },
      { type: 'deleteWord' },
      { type: 'interrupt' },
      { type: 'endOfInput' },
    ],
  ],
  [
    '\x1b]7501;?\x1b\\\x1b[?62;22c',
    [
      { type: 'answer', to: 'status' },
      { type: 'answer', to: 'device' },
    ],
  ],
  ['\x1b]7501;?\x07', [{ type: 'answer', to: 'status' }]],
  [
    '\x1b[<64;3;4M\x1b[<65;3;4M\x1b[<0;3;4M',
    [
      { type: 'wheel', rows: 3 },
      { type: 'wheel', rows: -3 },
    ],
  ],
  // Reports that it did not ask for.
  ['\x1b[I\x1b[3;4R\x1b]11;rgb:0/0/0\x07', []],
];

test.each(SEQUENCES)('%j', (bytes, inputs) => {
  expect(new KeyReader().feed(Buffer.from(bytes))).toEqual(inputs);
});

test('however the bytes are cut, the inputs are the same', () => {
  for (const [text, inputs] of SEQUENCES) {
    const bytes = Buffer.from(text);
    for (let cut = 1; cut < bytes.length; cut++) {
      const reader = new KeyReader();
      const read = [...reader.feed(bytes.subarray(0, cut)), ...reader.feed(bytes.subarray(cut))];
      expect(joined(read)).toEqual(joined(inputs));
    }
  }
});

test('a lone escape is a key when nothing follows', () => {
  const reader = new KeyReader();
  expect([reader.feed(Buffer.from('\x1b')), reader.pending, reader.flush(), reader.pending]).toEqual([
    [],
    true,
    [{ type: 'escape' }],
    false,
  ]);
});

test('random bytes never throw and never leave more than one sequence waiting', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
      const reader = new KeyReader();
      reader.feed(bytes);
      reader.flush();
    }),
  );
});

test('a draft is edited by characters, and a long paste is sent in full', () => {
  let draft = typeInto(EMPTY_DRAFT, 'one 雪🎼 two');
  for (const key of ['left', 'left', 'left', 'left', 'backspace', 'backspace'] as const) draft = editDraft(draft, key);
  expect(draft.text).toBe('one  two');
  draft = editDraft(editDraft(draft, 'end'), 'deleteWord');
  expect(draft.text).toBe('one  ');
  const long = 'x\n'.repeat(20);
  draft = pasteInto(pasteInto(draft, long), long);
  expect(draft.text).toBe('one  [Pasted text #1 +20 lines][Pasted text #2 +20 lines]');
  expect(sentText(draft)).toBe(`one  ${long}${long}`.trim());
});

test('lines have the width they were given, and nothing is lost', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '雪', 'é', ' '), maxLength: 30 });
  fc.assert(
    fc.property(word, fc.integer({ min: 4, max: 12 }), (text, width) => {
      for (const row of [...wrapText(text, width), ...breakText(text, width), cutText(text, width)]) {
        expect(textWidth(row)).toBeLessThanOrEqual(width);
      }
      expect(breakText(text, width).join('')).toBe(text);
      expect(wrapText(text, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }),
  );
});

/** Text may come in pieces. */
function joined(inputs: readonly Input[]): readonly Input[] {
  const all: Input[] = [];
  for (const input of inputs) {
    const last = all.at(-1);
    if (input.type === 'text' && last?.type === 'text')
      all.splice(-1, 1, { type: 'text', text: last.text + input.text });
    else all.push(input);
  }
  return all;
}
