import { describe, expect, test } from 'vitest';
import { type ControlString, Scanner } from '../../source/terminal/scanner.ts';

/** What a scanner makes of these pieces: texts joined, strings as they come. */
function scan(...pieces: readonly (string | Uint8Array)[]) {
  const seen: string[] = [];
  const scanner = new Scanner({
    onText: text => {
      const last = seen.at(-1);
      if (last?.startsWith('text ')) seen[seen.length - 1] = last + text;
      else seen.push(`text ${text}`);
    },
    onString: (string: ControlString) =>
      seen.push(
        `${string.kind} ${Buffer.from(string.body).toString('latin1')} ${string.bytes}${string.cut ? ' cut' : ''}`,
      ),
  });
  for (const piece of pieces) scanner.feed(typeof piece === 'string' ? Buffer.from(piece) : piece);
  return { seen, pending: Buffer.from(scanner.pending()).toString('latin1'), scanner };
}

describe('whole pieces go on', () => {
  test.each([
    ['text', 'plain é 漢', ['text plain é 漢'], ''],
    ['a sequence', 'a\x1b[1;31mb', ['text a\x1b[1;31mb'], ''],
    ['half a sequence', 'a\x1b[1;3', ['text a'], '\x1b[1;3'],
    ['ESC alone', 'a\x1b', ['text a'], '\x1b'],
    ['an intermediate', 'a\x1b(', ['text a'], '\x1b('],
    ['a string', 'a\x1b]0;t\x07b', ['text a', 'osc 0;t 6', 'text b'], ''],
    ['a string ended by ST', '\x1bPq\x1b\\b', ['dcs q 5', 'text b'], ''],
    ['BEL in a DCS', '\x1bPq\x07x', [], '\x1bPq\x07x'],
    ['half a string', 'a\x1b]0;t', ['text a'], '\x1b]0;t'],
    ['a string at its ESC', 'a\x1b]0;t\x1b', ['text a'], '\x1b]0;t\x1b'],
    ['a string cut off by a sequence', '\x1b]0;t\x1b[1mb', ['text \x1b[1mb'], ''],
    ['a sequence begun anew', 'a\x1b[3\x1b[1mb', ['text a\x1b[1mb'], ''],
    ['controls in an abandoned sequence', '\x1b[3\n\x1b]0;t\x07', ['text \n', 'osc 0;t 6'], ''],
    ['CAN', '\x1b[3\x18a', ['text \x1b[3\x18a'], ''],
    ['8-bit in a sequence', '\x1b[é1mb', ['text \x1b[1mb'], ''],
  ])('%s', (_, input, seen, pending) => {
    const whole = scan(input);
    expect(whole.seen).toEqual(seen);
    expect(whole.pending).toBe(pending);
    const bytes = Buffer.from(input);
    const single = scan(...[...bytes].map(byte => Uint8Array.of(byte)));
    expect(single.seen).toEqual(seen);
    expect(single.pending).toBe(pending);
  });

  test('a UTF-8 character is held until it is whole, nonsense is not', () => {
    expect(scan(Buffer.from([0x61, 0xe2, 0x82]))).toMatchObject({ seen: ['text a'], pending: '\xe2\x82' });
    expect(scan(Buffer.from([0x61, 0xe2, 0x82]), Buffer.from([0xac])).seen).toEqual(['text a€']);
    expect(scan(Buffer.from([0x61, 0xff, 0x80])).seen).toEqual(['text a��']);
    expect(scan(Buffer.from([0xf0, 0x9f]), 'x').seen).toEqual(['text �x']);
  });
});

describe('nothing grows without bound', () => {
  test('a string is cut at 64 KB, and counted', () => {
    const { seen, scanner } = scan('\x1b]52;c;', ...Array.from({ length: 100 }, () => 'A'.repeat(10_000)), '\x07ok');
    expect(seen).toEqual(['osc 52;c;AAAAAAAAAAA 1000008 cut', 'text ok']);
    scanner.feed(Buffer.from(`\x1b_${'A'.repeat(100_000)}`));
    expect(Buffer.from(scanner.pending()).toString()).toBe('\x1bX');
  });

  test('a sequence is dropped beyond 1,024 bytes, to its end', () => {
    const { seen } = scan('a\x1b[', '1;'.repeat(5_000), 'mb');
    expect(seen).toEqual(['text ab']);
    const half = scan('a\x1b[', '1;'.repeat(5_000));
    expect(half.pending.length).toBeLessThan(2_000);
    expect(scan(half.pending, '5mb').seen).toEqual(['text b']);
  });
});

test('pending bytes bring a fresh scanner to the same state', () => {
  const output = 'a\x1b]0;t\x1b\\é\x1b[1;31mb\x1bP1$q\x1b\\\x1b(0漢\x1b]8;;u\x07';
  const bytes = Buffer.from(output);
  const whole = scan(output).seen.join('');
  for (let cut = 0; cut <= bytes.length; cut++) {
    const first = scan(bytes.subarray(0, cut));
    const second = scan(first.scanner.pending(), bytes.subarray(cut));
    expect(`${first.seen.join('')}${second.seen.join('')}`.replaceAll('text ', '')).toBe(whole.replaceAll('text ', ''));
  }
});
