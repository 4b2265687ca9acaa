import { expect, test } from 'vitest';
import { encodeFrame, FrameError, FrameReader, FrameType, MAX_PAYLOAD } from '../../source/protocol/frame.ts';

const message = (text: string) => encodeFrame(FrameType.rpc, Buffer.from(text));

test('frames come out whole wherever the stream is cut', () => {
  const stream = Buffer.concat([
    message('one'),
    message(''),
    encodeFrame(FrameType.bytes, Buffer.from([0]), Buffer.from([255])),
  ]);
  for (let cut = 0; cut <= stream.length; cut++) {
    const reader = new FrameReader();
    const frames = [...reader.read(stream.subarray(0, cut)), ...reader.read(stream.subarray(cut))];
    expect(frames.map(frame => [frame.type, Buffer.from(frame.payload).toString('latin1')])).toEqual([
      [0, 'one'],
      [0, ''],
      [1, '\x00\xff'],
    ]);
  }
});

test('a frame that is too long is refused on both sides', () => {
  expect(() => encodeFrame(FrameType.bytes, Buffer.alloc(MAX_PAYLOAD + 1))).toThrow(FrameError);
  const header = Buffer.from([0xff, 0xff, 0xff, 0xff, 0]);
  expect(() => new FrameReader().read(header)).toThrow('a frame claims 4294967295 bytes');
});
