import { closeSync, constants, openSync, readSync } from 'node:fs';

/** What a terminal keeps of a line, and more. */
const MOST_BYTES = 65_536;

/**
 * What was typed while the program was still being started: the terminal was not in raw mode then and has made a line end of each
 * Enter, which would be another key to us. To be called right after raw mode is set, before anything else reads. Synchronous, never waits.
 */
export function typedBefore(): Buffer {
  let terminal: number;
  try {
    // Not our stdin: a read of that one could wait for ever.
    terminal = openSync('/dev/tty', constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return Buffer.alloc(0);
  }
  const typed = Buffer.alloc(MOST_BYTES);
  try {
    return asRaw(typed.subarray(0, readSync(terminal, typed)));
  } catch {
    // Nothing was typed.
    return Buffer.alloc(0);
  } finally {
    closeSync(terminal);
  }
}

function asRaw(typed: Buffer): Buffer {
  return typed.map(byte => (byte === 0x0a ? 0x0d : byte)) as Buffer;
}
