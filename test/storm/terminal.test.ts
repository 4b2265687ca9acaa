import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Scanner } from '../../source/terminal/scanner.ts';
import { insideOf, Screen } from '../../source/terminal/screen.ts';
import { randomBytes } from '../terminal/generated.ts';
import { generated, recordings } from '../terminal/recordings.ts';
import { SnapshotCheck } from '../terminal/snapshot-check.ts';
import { tokenStream } from '../terminal/token-stream.ts';

/** Offsets at which a sequence, a string or a character is half read, and the others. */
function cuts(bytes: Uint8Array): { readonly inside: number[]; readonly between: number[] } {
  const scanner = new Scanner({ onText: () => {}, onString: () => {} });
  const inside: number[] = [];
  const between: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    scanner.feed(bytes.subarray(at, at + 1));
    (scanner.pending().length > 0 ? inside : between).push(at + 1);
  }
  return { inside, between };
}

/** So many of them, chosen by a seed, in rising order. */
function choose(offsets: readonly number[], count: number, seed: number): number[] {
  const numbers = randomBytes(seed, count * 4);
  const chosen = new Set<number>();
  for (let i = 0; i < count; i++) {
    const number = Buffer.from(numbers.subarray(i * 4, i * 4 + 4)).readUInt32BE();
    const offset = offsets[number % offsets.length];
    if (offset !== undefined) chosen.add(offset);
  }
  return [...chosen].sort((a, b) => a - b);
}

describe('a snapshot and the bytes after it give the same screen as all the bytes', () => {
  for (const recording of [...recordings(), ...generated()]) {
    test(`${recording.name}: at every boundary inside a sequence or character, and at 500 others`, () => {
      const { inside, between } = cuts(recording.bytes);
      const check = new SnapshotCheck(recording);
      const chosen = new Set([...inside, ...choose(between, 500, 7_501)]);
      for (const cut of [...chosen].sort((a, b) => a - b)) check.check(cut);
      check.dispose();
    });
  }

  test('random output: at every byte', () => {
    fc.assert(
      fc.property(tokenStream, bytes => {
        const check = new SnapshotCheck({ columns: 40, rows: 8, bytes });
        for (let cut = 0; cut <= bytes.length; cut++) check.check(cut);
        check.dispose();
      }),
      { seed: 20_261_125, numRuns: 400 },
    );
  });

  test('random bytes: at 50', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const bytes = randomBytes(seed, 4_000);
      const check = new SnapshotCheck({ columns: 40, rows: 8, bytes });
      for (const cut of choose(
        Array.from(bytes, (_, i) => i),
        50,
        seed,
      ))
        check.check(cut);
      check.dispose();
    }
  });
});

/** All that a terminal ever answers: numbers, colours, names it knows, and hexadecimal names that it was asked for. */
const ANSWER =
  /^(?:\x1b\[[?>]?[\d;]*(?:[cnRutm]|\$y)|\x1bP!\|0{8}\x1b\\|\x1bP>\|tutti\x1b\\|\x1bP[01](?:\$r[\d;:]*(?:[mr]| q|"[pq])?|\+r[\da-fA-F]+(?:=[\da-f]+)?)\x1b\\|\x1b\](?:4;\d+|1[012]);rgb:[\da-f/]{14}(?:\x07|\x1b\\)|\x1b\]7501;\?(?:\x07|\x1b\\))$/;

describe('whatever a program prints', () => {
  const flood = (feed: (screen: Screen) => void) => {
    const replies: string[] = [];
    const screen = new Screen({
      columns: 80,
      rows: 24,
      scrollback: 500,
      onReply: bytes => replies.push(Buffer.from(bytes).toString('latin1')),
    });
    feed(screen);
    expect(screen.faults).toBe(0);
    for (const reply of replies) expect(reply).toMatch(ANSWER);
    const { state } = insideOf(screen);
    expect(state.links.size).toBeLessThan(5_000);
    expect(screen.records.length).toBeLessThanOrEqual(256);
    screen.takeDamage();
    screen.resize(37, 11);
    screen.resize(120, 50);
    screen.feed(screen.snapshot({ scrollback: 1_000 }));
    expect(screen.faults).toBe(0);
    screen.dispose();
    return replies;
  };

  test('random output never throws, and comes out of no answer', () => {
    fc.assert(
      fc.property(fc.array(tokenStream, { minLength: 1, maxLength: 8 }), pieces => {
        flood(screen => {
          for (const piece of pieces) screen.feed(piece);
        });
      }),
      { seed: 6, numRuns: 3_000 },
    );
  });

  test('random bytes never throw', () => {
    for (let seed = 100; seed < 200; seed++) flood(screen => screen.feed(randomBytes(seed, 50_000)));
  });

  test('without an escape nothing is answered', () => {
    const bytes = randomBytes(3, 2_000_000).map(byte => (byte === 0x1b ? 0x20 : byte));
    expect(flood(screen => screen.feed(bytes))).toEqual([]);
  });

  test('memory does not grow with what was printed', () => {
    const stream = Buffer.concat(fc.sample(tokenStream, { seed: 9, numRuns: 400 }));
    const screen = new Screen({ columns: 80, rows: 24, scrollback: 500, onReply: () => {} });
    const feedTen = () => {
      for (let i = 0; i < 10; i++) {
        screen.feed(stream);
        screen.feed(
          Buffer.from(
            `\x1b]8;;http://host/${Math.abs(screen.sequence)}\x07link\x1b]8;;\x07\x1b]2;t${screen.sequence}\x07\x1b[22t`,
          ),
        );
      }
      return process.memoryUsage().heapUsed;
    };
    feedTen();
    const before = feedTen();
    for (let i = 0; i < 30; i++) feedTen();
    expect(feedTen() - before).toBeLessThan(80_000_000);
    expect(screen.faults).toBe(0);
  });
});
