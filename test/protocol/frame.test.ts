import { expect, test } from 'vitest';
import {
  encodeFrame,
  FrameError,
  FrameReader,
  FrameType,
  MAX_MESSAGE,
  MAX_PAYLOAD,
} from '../../source/protocol/frame.ts';

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

test('a message longer than a frame goes in parts and comes out whole, between others', () => {
  const long = 'x'.repeat(2 * MAX_PAYLOAD + 5);
  const stream = Buffer.concat([message('before'), message(long), message('after')]);
  expect(stream.readUInt32BE(4 + 1 + 6)).toBe(MAX_PAYLOAD + 1);
  for (const cut of [3, 100, MAX_PAYLOAD, MAX_PAYLOAD + 20, 2 * MAX_PAYLOAD + 30]) {
    const reader = new FrameReader();
    const frames = [...reader.read(stream.subarray(0, cut)), ...reader.read(stream.subarray(cut))];
    expect(frames.map(({ type }) => type)).toEqual([0, 0, 0]);
    expect(frames.map(({ payload }) => payload.byteLength)).toEqual([6, long.length, 5]);
  }
  expect(() => message('x'.repeat(MAX_MESSAGE + 1))).toThrow(FrameError);
});

test('parts that never end are refused', () => {
  const reader = new FrameReader();
  const part = encodeFrame(FrameType.rpcPart, Buffer.alloc(MAX_PAYLOAD));
  expect(() => {
    for (let count = 0; count < 40; count++) reader.read(part);
  }).toThrow('a message has more than');
});

test('a frame that is too long is refused on both sides', () => {
  expect(() => encodeFrame(FrameType.bytes, Buffer.alloc(MAX_PAYLOAD + 1))).toThrow(FrameError);
  const header = Buffer.from([0xff, 0xff, 0xff, 0xff, 0]);
  expect(() => new FrameReader().read(header)).toThrow('a frame claims 4294967295 bytes');
});
