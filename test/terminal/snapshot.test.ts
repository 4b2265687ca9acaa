import { describe, expect, test } from 'vitest';
import { Screen } from '../../source/terminal/screen.ts';
import { SNAPSHOT_BEGIN } from '../../source/terminal/snapshot-operation.ts';
import { CORPUS } from './corpus.ts';
import { generated } from './recordings.ts';
import { screenState } from './screen-state.ts';
import { SnapshotCheck } from './snapshot-check.ts';

const SMALL = generated().filter(
  ({ name, bytes, columns }) => bytes.length < 900 && columns <= 40 && name !== 'colors',
);

describe('a snapshot and the bytes after it give the same screen as all the bytes', () => {
  test('the corpus is as big as it should be', () => {
    const size = [...CORPUS, ...SMALL].reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(size).toBeGreaterThan(3_000);
    expect(size).toBeLessThan(30_000);
  });

  for (const recording of [...CORPUS, ...SMALL]) {
    test(`${recording.name}, cut at every byte`, () => {
      const check = new SnapshotCheck(recording);
      for (let cut = 0; cut <= recording.bytes.length; cut++) check.check(cut);
      check.dispose();
    });
  }
});

describe('a snapshot', () => {
  test('holds as many rows above the screen as asked for', () => {
    const screen = fed(Array.from({ length: 50 }, (_, i) => `row ${i}`).join('\r\n'));
    const copy = fed(screen.snapshot({ scrollback: 5 }));
    expect(copy.scrollbackLength).toBe(5);
    expect(copy.text({ scrollback: 5 })[0]).toBe('row 37');
    expect(screenState(copy, { scrollback: 0 })).toEqual(screenState(screen, { scrollback: 0 }));
    expect(fed(screen.snapshot({ scrollback: 1_000 })).scrollbackLength).toBe(42);
  });

  test('of a screen that became narrower is as wide as that one', () => {
    const screen = fed(`\x1b[?1049h${'0123456789'.repeat(4)}\x1b[2;1Hnext`);
    screen.resize(30, 8);
    const copy = new Screen({ columns: 30, rows: 8, scrollback: 100 });
    copy.feed(screen.snapshot({ scrollback: 100 }));
    expect(copy.text({ scrollback: 0 }).slice(0, 2)).toEqual(['0123456789'.repeat(3), 'next']);
    for (const each of [screen, copy]) each.resize(40, 8);
    expect(screenState(copy)).toEqual(screenState(screen));
  });

  test('keeps half of a wide character that a narrower screen has cut', () => {
    const screen = fed('\x1b[?1049h\x1b[1;39H漢\x1b[2;1Hnext');
    screen.resize(39, 8);
    const copy = new Screen({ columns: 39, rows: 8, scrollback: 100 });
    copy.feed(screen.snapshot({ scrollback: 100 }));
    expect(screenState(copy)).toEqual(screenState(screen));
  });

  test('of a copy is the same bytes', () => {
    for (const { bytes } of CORPUS) {
      const snapshot = fed(bytes).snapshot({ scrollback: 100 });
      const again = fed(snapshot).snapshot({ scrollback: 100 });
      expect(Buffer.from(again).toString()).toBe(Buffer.from(snapshot).toString());
    }
  });

  test('answers nothing and signals nothing in the copy, which does so afterwards', () => {
    const screen = fed('\x1b]2;title\x07\x1b]7501;state=working\x07\x1b]9;4;1;5\x07\x1b]7501;?');
    const heard: unknown[] = [];
    const copy = new Screen({
      columns: 40,
      rows: 8,
      scrollback: 100,
      onReply: bytes => heard.push(Buffer.from(bytes).toString()),
      onSignal: signal => heard.push(signal.type),
    });
    copy.feed(screen.snapshot({ scrollback: 0 }));
    expect(heard).toEqual([]);
    copy.feed(Buffer.from('\x07\x07\x1b[5n'));
    expect(heard).toEqual(['\x1b]7501;?\x07', 'bell', '\x1b[0n']);
  });

  test('keeps the times of the records', () => {
    let now = 1_000;
    const screen = new Screen({ columns: 40, rows: 8, scrollback: 100, now: () => now });
    screen.feed(Buffer.from('\x1b]7501;state=working\x07'));
    now = 2_000;
    screen.feed(Buffer.from('\x1b]7501;state=done:id=a\x07'));
    const copy = new Screen({ columns: 40, rows: 8, scrollback: 100, now: () => 9_000 });
    copy.feed(screen.snapshot({ scrollback: 0 }));
    expect(copy.records.map(({ id, at }) => [id, at])).toEqual([
      ['', 1_000],
      ['a', 2_000],
    ]);
    copy.feed(Buffer.from('\x1b]7501;state=idle:id=a\x07'));
    expect(copy.records[1]?.at).toBe(9_000);
  });

  test('counts as no sequence: the caller sets it', () => {
    const copy = fed(fed('text').snapshot({ scrollback: 0 }));
    copy.sequence = 4;
    copy.feed(Buffer.from('more'));
    expect(copy.sequence).toBe(8);
  });

  test('is not obeyed from a program: its operations in the middle of output do nothing', () => {
    const forged = fed(`a${SNAPSHOT_BEGIN}\x1b_buffer;0;5;5;0;7;;\x1b\\\x1b_cell;2;e6bca2\x1b\\`);
    expect(screenState(forged)).toEqual(screenState(fed('a')));
  });

  test('of nonsense values is bounded', () => {
    const forged = fed(
      `${SNAPSHOT_BEGIN}\x1b_buffer;0;99999;-5;900;-1;7,x,99;=1,99999999\x1b\\\x1b_saved;1;-9;99999;?;1\x1b\\\x1b_cells;999999999\x1b\\\x1b_cell;9;zz\x1b\\\x1b_wrapped;0-999999999,x\x1b\\\x1b_pen;9;9\x1b\\\x1b_what;1\x1b\\`,
    );
    forged.feed(Buffer.from('text\r\n\x1b[?1049h\x1b8more\x1b[99b'));
    expect(forged.faults).toBe(0);
  });

  test('of a screen of 200x50 in colour takes at most 32 KB', () => {
    const line =
      '\x1b[31m─│ \x1b[1mhello 漢字\x1b[0m \x1b[38;5;208mthe quick\x1b[m brown fox \x1b[48;2;10;20;30mjumps\x1b[m ';
    const screen = new Screen({ columns: 200, rows: 50, scrollback: 1_000 });
    screen.feed(Buffer.from(`${line.repeat(4)}\r\n`.repeat(80)));
    expect(screen.snapshot({ scrollback: 0 }).length).toBeLessThan(32_768);
  });
});

function fed(bytes: string | Uint8Array): Screen {
  const screen = new Screen({ columns: 40, rows: 8, scrollback: 100 });
  screen.feed(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  return screen;
}
