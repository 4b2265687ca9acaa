import { readdirSync, readFileSync, write, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OutputLog, type WriteFile } from '../../source/host/output-log.ts';
import { listSegments, readOutputTail, SEGMENT_BYTES } from '../../source/system/output-segments.ts';
import { tempHome } from '../system/temp-home.ts';

const numbered = (from: number, length: number) => {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at++) bytes[at] = (from + at) % 251;
  return bytes;
};

function room(write?: WriteFile) {
  const bundle = tempHome();
  const stopped: string[] = [];
  const log = new OutputLog({ bundle, onStopped: why => stopped.push(why), ...(write && { write }) });
  return { bundle, log, stopped };
}

test('the last four segments hold what was printed last, each byte at its place', async () => {
  // A disk that is never behind.
  const { bundle, log } = room((file, bytes, offset, length, position, done) => {
    const written = writeSync(file, bytes, offset, length, position);
    queueMicrotask(() => done(null, written));
  });
  const total = 6 * SEGMENT_BYTES + 12_345;
  for (let at = 0; at < total; at += 50_000) {
    log.append(numbered(at, Math.min(50_000, total - at)));
    await Promise.resolve();
  }
  await log.close();
  const segments = listSegments(bundle);
  expect(segments).toHaveLength(4);
  const { sequence, bytes } = readOutputTail(bundle, 100 * SEGMENT_BYTES);
  expect(sequence + bytes.length).toBe(total);
  expect(bytes.length).toBeGreaterThan(3 * SEGMENT_BYTES);
  expect(bytes.equals(numbered(sequence, bytes.length))).toBe(true);
});

test('bytes are copied: the caller may use its buffer again', async () => {
  const { bundle, log } = room();
  const buffer = Buffer.from('first');
  log.append(buffer);
  buffer.write('XXXXX');
  await log.close();
  expect(readOutputTail(bundle, 10).bytes.toString()).toBe('first');
});

test('a full disk stops the log, says so once, and keeps what was written', async () => {
  let left = 10;
  const { bundle, log, stopped } = room((file, bytes, offset, length, position, done) => {
    const fits = Math.min(length, left);
    left -= fits;
    if (fits === 0) done(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }), 0);
    else write(file, bytes, offset, fits, position, done);
  });
  log.append(Buffer.from('0123456789abc'));
  log.append(Buffer.alloc(100_000));
  await log.close();
  log.append(Buffer.from('later'));
  expect(stopped).toEqual(['ENOSPC: no space left on device, write']);
  expect(log.stopped).toBe('ENOSPC: no space left on device, write');
  const [segment] = readdirSync(bundle);
  expect(readFileSync(join(bundle, segment ?? ''), 'utf8')).toBe('0123456789');
});

test('a bundle that is gone stops the log and nothing else', async () => {
  const stopped: string[] = [];
  const log = new OutputLog({ bundle: '/nowhere/at/all', onStopped: why => stopped.push(why) });
  log.append(Buffer.from('x'));
  await log.close();
  expect(stopped).toEqual([expect.stringContaining('ENOENT')]);
});

test('a disk that stalls makes a gap and no growth', async () => {
  let release: (() => void) | undefined;
  const { bundle, log } = room((file, bytes, offset, length, position, done) => {
    if (release) write(file, bytes, offset, length, position, done);
    else release = () => write(file, bytes, offset, length, position, done);
  });
  const piece = Buffer.alloc(64 * 1024, 'a');
  for (let at = 0; at < 160; at++) log.append(piece);
  log.append(Buffer.from('the end'));
  release?.();
  await log.close();
  const [first, second] = listSegments(bundle);
  expect(first?.from).toBe(0);
  expect(second?.from).toBeGreaterThan(8 * 1024 * 1024);
  const tail = readOutputTail(bundle, 100_000_000);
  expect(tail.sequence + tail.bytes.length).toBe(160 * piece.length + 7);
  expect(tail.bytes.subarray(-7).toString()).toBe('the end');
});
