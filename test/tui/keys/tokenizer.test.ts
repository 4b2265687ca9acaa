import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../source/tui/keys/decode.ts';
import type { InputEvent } from '../../../source/tui/keys/input-event.ts';
import type { Token } from '../../../source/tui/keys/token.ts';
import { Tokenizer } from '../../../source/tui/keys/tokenizer.ts';
import { KEYS, OTHERS } from './encodings.ts';

function tokensOf(...chunks: Buffer[]): Token[] {
  const tokenizer = new Tokenizer();
  return [...chunks.flatMap(chunk => tokenizer.push(chunk)), ...tokenizer.flush()];
}

/** What is decoded, but for the raw bytes. */
function meaning(tokens: readonly Token[]): object[] {
  return tokens.flatMap(token => decode(token)).map(({ raw: _raw, ...rest }: InputEvent) => rest);
}

describe('every encoding', () => {
  test.each(KEYS)('$what', ({ bytes, events }) => {
    const found = meaning(tokensOf(Buffer.from(bytes, 'latin1')));
    expect(found).toEqual(
      events.map(event => ({ type: 'key', ctrl: false, alt: false, shift: false, text: '', ...event })),
    );
  });

  test.each(OTHERS)('$what', ({ bytes, events }) => {
    expect(meaning(tokensOf(Buffer.from(bytes, 'latin1')))).toEqual(events);
  });

  test.each([...KEYS, ...OTHERS])('$what, split anywhere', ({ bytes }) => {
    const whole = Buffer.from(bytes, 'latin1');
    for (let cut = 1; cut < whole.length; cut++) {
      const split = meaning(tokensOf(whole.subarray(0, cut), whole.subarray(cut)));
      expect(split).toEqual(meaning(tokensOf(whole)));
    }
  });
});

test('several keys in one read are several events', () => {
  expect(meaning(tokensOf(Buffer.from('jjk'))).map(event => 'name' in event && event.name)).toEqual(['j', 'j', 'k']);
});

test('bytes come out as they went in, whatever they are and however they are split', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom(...KEYS, ...OTHERS).map(({ bytes }) => Buffer.from(bytes, 'latin1')),
  );
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 12 }), fc.array(fc.nat(20), { maxLength: 20 }), (parts, cuts) => {
      const whole = Buffer.concat(parts);
      const chunks: Buffer[] = [];
      let at = 0;
      for (const cut of cuts) {
        chunks.push(whole.subarray(at, at + cut));
        at += cut;
      }
      chunks.push(whole.subarray(at));
      const out = Buffer.concat(tokensOf(...chunks).map(token => token.bytes));
      expect(out.equals(whole)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('the escape key right before a paste, a click or an answer is a key by itself', () => {
  for (const { bytes, events } of OTHERS) {
    const found = meaning(tokensOf(Buffer.from(`\x1b${bytes}`, 'latin1')));
    expect(found[0]).toMatchObject({ type: 'key', name: 'escape' });
    expect(found.slice(1)).toEqual(events);
  }
});

test('a megabyte of paste in pieces is one event', () => {
  const content = Buffer.alloc(1_000_000, 'abc\r\x11\x1b[A');
  const whole = Buffer.concat([Buffer.from('\x1b[200~'), content, Buffer.from('\x1b[201~x')]);
  const chunks: Buffer[] = [];
  for (let at = 0; at < whole.length; at += 65_536) chunks.push(whole.subarray(at, at + 65_536));
  const tokens = tokensOf(...chunks);
  expect(tokens.map(token => token.type)).toEqual(['paste', 'text']);
  expect(tokens[0]?.type === 'paste' && tokens[0].content.equals(content)).toBe(true);
});

test('what is held says how long to wait for the rest', () => {
  const held = (text: string) => {
    const tokenizer = new Tokenizer();
    tokenizer.push(Buffer.from(text, 'latin1'));
    return tokenizer.held;
  };
  expect(['', 'a', '\x1b', '\x1b[', '\x1bO', '\x1b[1;', '\x1b]11;rgb', '\xc3', '\x1b[200~abc'].map(held)).toEqual([
    undefined,
    undefined,
    'escape',
    'escape',
    'escape',
    'sequence',
    'sequence',
    'sequence',
    'paste',
  ]);
});
