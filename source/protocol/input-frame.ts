/**
 * What a client types, as a `bytes` frame to a host: u8 source, u64 operation number, then the bytes as they came from the
 * user's terminal. The number counts up for each client; together with the client's id it is the operation id, so that a
 * repeated frame is answered and not repeated.
 */

/** Where input bytes come from. Only keys take the lease: mouse, focus and answers of the terminal are not keys. */
export const InputSource = { keys: 0, terminal: 1 } as const;
export type InputSource = (typeof InputSource)[keyof typeof InputSource];

export interface InputFrame {
  readonly source: InputSource;
  readonly operation: bigint;
  readonly bytes: Uint8Array;
}

const HEADER = 9;

/** The two parts of the payload, for `encodeFrame(FrameType.bytes, ...)`. */
export function encodeInput(input: InputFrame): readonly [Uint8Array, Uint8Array] {
  const head = Buffer.allocUnsafe(HEADER);
  head.writeUInt8(input.source, 0);
  head.writeBigUInt64BE(input.operation, 1);
  return [head, input.bytes];
}

/** Undefined when the payload is too short or its source unknown. */
export function decodeInput(payload: Uint8Array): InputFrame | undefined {
  if (payload.byteLength < HEADER) return undefined;
  const view = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const source = view.readUInt8(0);
  if (source !== InputSource.keys && source !== InputSource.terminal) return undefined;
  return { source, operation: view.readBigUInt64BE(1), bytes: payload.subarray(HEADER) };
}
