import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listSegments, readOutputTail, segmentPath } from '../../source/system/output-segments.ts';
import { tempHome } from './temp-home.ts';

test('the tail of a log is read over its segments, up to a gap', () => {
  const bundle = tempHome();
  writeFileSync(segmentPath(bundle, 0), 'lost in the gap');
  writeFileSync(segmentPath(bundle, 100), 'hello ');
  writeFileSync(segmentPath(bundle, 106), 'world');
  const tail = (atMost: number) => {
    const { sequence, bytes } = readOutputTail(bundle, atMost);
    return [sequence, bytes.toString()];
  };
  expect(listSegments(bundle).map(({ from }) => from)).toEqual([0, 100, 106]);
  expect(tail(3)).toEqual([108, 'rld']);
  expect(tail(7)).toEqual([104, 'o world']);
  expect(tail(1000)).toEqual([100, 'hello world']);
  expect(readOutputTail(tempHome(), 10)).toEqual({ sequence: 0, bytes: Buffer.alloc(0) });
});
