/**
 * Frames on a socket: u32 length (big-endian, of what follows it), u8 type, payload. One codec for the daemon's socket and
 * the hosts' sockets.
 */

/** Frame types. A number once given is never given again. */
export const FrameType = {
  /** UTF-8 JSON-RPC 2.0. */
  rpc: 0,
  /** PTY bytes. From a host: u64 sequence number of the first byte, then output. To a host: an input frame (`input-frame.ts`). */
  bytes: 1,
  /** From a host: u64 sequence number, u16 columns, u16 rows, then bytes that bring a fresh terminal of that size into the same state. */
  snapshot: 2,
  /** The beginning, or a middle piece, of a JSON-RPC message that is longer than one frame; an `rpc` frame ends it. */
  rpcPart: 3,
} as const;

export type FrameType = (typeof FrameType)[keyof typeof FrameType];

/** Longest payload, bytes. What is longer goes in several frames: a message in parts, output by its sender's own cut. */
export const MAX_PAYLOAD = 1024 * 1024;

/** Longest message, parts and all: a fleet of a thousand sessions has less. */
export const MAX_MESSAGE = 32 * MAX_PAYLOAD;

const HEADER = 5;

export interface Frame {
  readonly type: number;
  readonly payload: Uint8Array;
}

/** Thrown by a reader when its peer does not speak this protocol; the connection has to be closed. */
export class FrameError extends Error {
  override name = 'FrameError';
}

/** One frame as bytes, ready for the socket. Several payload parts are written one behind the other. */
export function encodeFrame(type: FrameType, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
  if (type === FrameType.rpc && length > MAX_PAYLOAD && length <= MAX_MESSAGE) return encodeParts(Buffer.concat(parts));
  if (length > MAX_PAYLOAD) throw new FrameError(`a frame may have ${MAX_PAYLOAD} bytes, this one has ${length}`);
  const out = Buffer.allocUnsafe(HEADER + length);
  out.writeUInt32BE(length + 1, 0);
  out.writeUInt8(type, 4);
  let at = HEADER;
  for (const part of parts) {
    out.set(part, at);
    at += part.byteLength;
  }
  return out;
}

function encodeParts(message: Buffer): Buffer {
  const frames: Buffer[] = [];
  for (let at = 0; at < message.length; at += MAX_PAYLOAD) {
    const isLast = at + MAX_PAYLOAD >= message.length;
    frames.push(encodeFrame(isLast ? FrameType.rpc : FrameType.rpcPart, message.subarray(at, at + MAX_PAYLOAD)));
  }
  return Buffer.concat(frames);
}

/** Cuts a byte stream, in whatever pieces it arrives, into frames. */
export class FrameReader {
  #held: Buffer = Buffer.alloc(0);
  /** Parts of a message whose end has not come yet. */
  #parts: Buffer[] = [];
  #partBytes = 0;

  /** The frames that are complete with this chunk. A payload is a view, valid until the caller gives control back. */
  read(chunk: Buffer): Frame[] {
    let data = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const frames: Frame[] = [];
    while (data.length >= HEADER) {
      const length = data.readUInt32BE(0);
      if (length < 1 || length > MAX_PAYLOAD + 1) throw new FrameError(`a frame claims ${length} bytes`);
      if (data.length < 4 + length) break;
      const frame = this.#whole({ type: data.readUInt8(4), payload: data.subarray(HEADER, 4 + length) });
      if (frame) frames.push(frame);
      data = data.subarray(4 + length);
    }
    this.#held = data;
    return frames;
  }

  /** A message in parts comes out as one frame. */
  #whole(frame: Frame): Frame | undefined {
    if (frame.type === FrameType.rpcPart) {
      this.#partBytes += frame.payload.byteLength;
      if (this.#partBytes > MAX_MESSAGE) throw new FrameError(`a message has more than ${MAX_MESSAGE} bytes`);
      this.#parts.push(Buffer.from(frame.payload));
      return undefined;
    }
    if (frame.type !== FrameType.rpc || this.#parts.length === 0) return frame;
    const payload = Buffer.concat([...this.#parts, frame.payload]);
    this.#parts = [];
    this.#partBytes = 0;
    return { type: FrameType.rpc, payload };
  }
}
