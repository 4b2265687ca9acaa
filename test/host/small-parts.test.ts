import { expect, test } from 'vitest';
import { lastLines, newestWithin } from '../../source/host/last-lines.ts';
import { LeaseKeeper } from '../../source/host/lease.ts';
import { Operations } from '../../source/host/operations.ts';
import { PtySize } from '../../source/host/pty-size.ts';
import { showsEnd } from '../../source/host/shows-end.ts';
import { SubmitScan } from '../../source/host/submit-scan.ts';
import type { DeliveryResult, Lease } from '../../source/protocol/host.ts';

test('an operation runs once, also while it runs, and 256 results are remembered', async () => {
  const operations = new Operations();
  let runs = 0;
  const act = async (): Promise<DeliveryResult> => {
    runs += 1;
    return { outcome: 'submitted', at: runs };
  };
  const [first, again] = await Promise.all([operations.once('a', act), operations.once('a', act)]);
  expect([first, again, await operations.once('a', act), runs]).toEqual([first, first, first, 1]);
  expect(await operations.find('a')).toEqual({ outcome: 'submitted', at: 1 });
  for (let other = 0; other < 255; other++) await operations.once(`${other}`, act);
  expect(await operations.find('a')).toBeDefined();
  await operations.once('one more', act);
  expect(await operations.find('a')).toBeUndefined();
});

test('an operation that failed is not remembered', async () => {
  const operations = new Operations();
  await expect(operations.once('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await operations.find('a')).toBeUndefined();
  expect(await operations.once('a', async () => ({ outcome: 'pasted', at: 1 }))).toEqual({ outcome: 'pasted', at: 1 });
});

test('a lease is taken once and kept until it is given back', () => {
  const told: Lease[] = [];
  let now = 0;
  const keeper = new LeaseKeeper({ now: () => now++, onChange: lease => told.push(lease) });
  keeper.giveBack();
  keeper.take('tui-1');
  keeper.take('tui-2');
  expect(keeper.lease).toEqual({ holder: 'person', since: 1, client: 'tui-1' });
  keeper.giveBack();
  keeper.giveBack();
  expect(told).toEqual([
    { holder: 'person', since: 1, client: 'tui-1' },
    { holder: 'automation', since: 2, client: undefined },
  ]);
});

test('the size is that of the client that typed or focused last', () => {
  const size = new PtySize({ columns: 120, rows: 40 });
  const steps: [boolean, number][] = [];
  const note = (changed: boolean) => steps.push([changed, size.size.columns]);
  note(size.ask('a', { columns: 100, rows: 30 }, 'selected'));
  note(size.ask('b', { columns: 80, rows: 24 }, 'focused'));
  note(size.ask('a', { columns: 90, rows: 30 }, 'selected'));
  note(size.ask('b', { columns: 81, rows: 24 }, 'selected'));
  note(size.typed('a'));
  note(size.typed('a'));
  note(size.ask('b', { columns: 70, rows: 24 }, 'selected'));
  size.left('a');
  note(size.ask('b', { columns: 70, rows: 24 }, 'selected'));
  note(size.typed('never resized'));
  expect(steps).toEqual([
    [true, 100],
    [true, 80],
    [false, 80],
    [true, 81],
    [true, 90],
    [false, 90],
    [false, 90],
    [true, 70],
    [false, 70],
  ]);
});

test.each<[string, readonly string[], boolean]>([
  ['a letter', ['a'], false],
  ['Enter', ['\r'], true],
  ['ctrl-j, a newline in agents', ['\n'], false],
  ['Enter of the kitty protocol', ['\x1b[13u'], true],
  ['Enter with num lock', ['\x1b[13;129u'], true],
  ['Enter let go', ['\x1b[13;1:3u'], false],
  ['shift-Enter', ['\x1b[13;2u'], false],
  ['a paste with lines', ['\x1b[200~one\rtwo\r\x1b[201~'], false],
  ['a paste cut anywhere', ['\x1b[20', '0~one\r', 'two\r\x1b[2', '01~'], false],
  ['a paste and Enter', ['\x1b[200~one\r', 'two\x1b[201~\r'], true],
  ['Enter after a paste that was cut in its end', ['\x1b[200~one\x1b[', '201~', '\r'], true],
])('%s submits: %j → %s', (_what, parts, submits) => {
  const scan = new SubmitScan();
  expect(parts.map(part => scan.submits(Buffer.from(part))).some(Boolean)).toBe(submits);
});

test('the end of a text is seen through a box that wraps and pads it', () => {
  const rows = ['╭────────────╮', '│ > please f │', '│   ix the b │', '│   ug       │', '╰────────────╯', '  ? help'];
  expect(showsEnd({ rows, cursor: 3, text: 'please fix the bug' })).toBe(true);
  expect(showsEnd({ rows, cursor: 3, text: 'please fix the bug now' })).toBe(false);
  expect(showsEnd({ rows, cursor: 3, text: ' ' })).toBe(false);
  expect(showsEnd({ rows: ['fix the bug', ...Array(20).fill('')], cursor: 15, text: 'fix the bug' })).toBe(false);
});

test('last words are the last 400 rows without blank ones at the end, bounded in bytes', () => {
  const text = ({ scrollback }: { scrollback: number }) => [...Array(scrollback + 5).keys()].map(n => `row ${n}  `);
  const lines = lastLines({ text: options => [...text(options), '', '  '] });
  expect([lines.length, lines.at(-1)]).toEqual([400, 'row 404']);
  expect(newestWithin(['aaaa', 'bbbb', 'cccc'], 24)).toEqual(['bbbb', 'cccc']);
});
