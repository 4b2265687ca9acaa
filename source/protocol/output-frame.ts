/** What a host sends beside JSON-RPC: output (u64 sequence, bytes) and snapshots (u64 sequence, u16 columns, u16 rows, bytes). */

export interface Output {
  /** Byte offset of the first byte in all that the program ever printed. */
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

export interface Snapshot extends Output {
  readonly columns: number;
  readonly rows: number;
}

export function encodeOutputHead(sequence: number): Buffer {
  const head = Buffer.allocUnsafe(8);
  head.writeBigUInt64BE(BigInt(sequence), 0);
  return head;
}

export function encodeSnapshotHead(sequence: number, columns: number, rows: number): Buffer {
  const head = Buffer.allocUnsafe(12);
  head.writeBigUInt64BE(BigInt(sequence), 0);
  head.writeUInt16BE(columns, 8);
  head.writeUInt16BE(rows, 10);
  return head;
}

/** Undefined when the payload is too short. */
export function decodeOutput(payload: Uint8Array): Output | undefined {
  if (payload.byteLength < 8) return undefined;
  const view = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  return { sequence: Number(view.readBigUInt64BE(0)), bytes: payload.subarray(8) };
}

/** Undefined when the payload is too short. */
export function decodeSnapshot(payload: Uint8Array): Snapshot | undefined {
  if (payload.byteLength < 12) return undefined;
  const view = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  return {
    sequence: Number(view.readBigUInt64BE(0)),
    columns: view.readUInt16BE(8),
    rows: view.readUInt16BE(10),
    bytes: payload.subarray(12),
  };
}
