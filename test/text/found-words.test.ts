import { expect, test } from 'vitest';
import { markedPieces } from '../../source/text/found-words.ts';

const found = (text: string, ...words: string[]) =>
  markedPieces(text, words).map(piece => (piece.found ? `[${piece.text}]` : piece.text));

test('words are found in big and small letters, as they stand there', () => {
  expect(found('The CART, the cart', 'cart')).toEqual(['The ', '[CART]', ', the ', '[cart]']);
  expect(found('nothing here', 'cart')).toEqual(['nothing here']);
  expect(found('', 'cart')).toEqual([]);
});

test('what means something in a pattern is a letter, and of two that begin alike the longer one is marked', () => {
  expect(found('cat (1.12) or 1912', '1.12')).toEqual(['cat (', '[1.12]', ') or 1912']);
  expect(found('a-b [x] $1', '[x]', '$1', 'a-b')).toEqual(['[a-b]', ' ', '[[x]]', ' ', '[$1]']);
  expect(found('carts', 'cart', 'carts')).toEqual(['[carts]']);
});

test('no word, and an empty one, mark nothing', () => {
  expect(found('text')).toEqual(['text']);
  expect(found('text', '')).toEqual(['text']);
});
