import { closeSync, constants, openSync, readSync } from 'node:fs';

/** A terminal that is slow to answer, but on this side of the world. Milliseconds. */
const PATIENCE = 500;
const PAUSE = 5;

/** The last answer to what was asked at once; the beginning of the first one may have been read already. */
const LAST = /(?:\x1b\[\?|^\??)[\d;]+c/g;

/**
 * Reads what the terminal still answers, up to so many last answers: who comes after us would take it for typing, and it would stand at
 * the shell's prompt. Synchronous, as leaving is; at most half a second, and only where something was asked. The terminal is in raw
 * mode still, so that nothing of it is echoed.
 */
export function swallowAnswers(count: number): void {
  let terminal: number;
  try {
    // Not our stdin: a read of that one could wait for ever.
    terminal = openSync('/dev/tty', constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return;
  }
  try {
    readUntilLast(terminal, count);
  } finally {
    closeSync(terminal);
  }
}

function readUntilLast(terminal: number, answers: number): void {
  const chunk = Buffer.alloc(1024);
  let heard = '';
  for (let waited = 0; waited < PATIENCE; ) {
    try {
      const count = readSync(terminal, chunk);
      if (count === 0) return;
      heard += chunk.toString('latin1', 0, count);
      if ((heard.match(LAST)?.length ?? 0) >= answers) return;
    } catch (thrown) {
      // Anything else: the terminal is gone.
      if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      waited += PAUSE;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
