import type { Frame } from '../protocol/frame.ts';

/**
 * Whoever waits for an answer takes it before what was said after it is told: both may come in one piece, and a promise is heard
 * of later than a notification. A fleet that is answered would else overwrite the changes that followed it, for good, and the end
 * of a program that comes in one breath with its host's welcome would be told to nobody.
 */
export function inOrder(
  receive: (frame: Frame) => 'answer' | 'other',
  onFailed: (cause: unknown) => void,
): { take: (frame: Frame) => void; flush: () => void } {
  const waiting: Frame[] = [];
  let held = false;
  const hold = () => {
    held = true;
    setImmediate(() => {
      held = false;
      try {
        while (!held) {
          const next = waiting.shift();
          if (!next) return;
          if (receive(next) === 'answer') hold();
        }
      } catch (cause) {
        onFailed(cause);
      }
    });
  };
  return {
    take: frame => {
      // A payload is a view that is valid only now.
      if (held) waiting.push({ type: frame.type, payload: Uint8Array.from(frame.payload) });
      else if (receive(frame) === 'answer') hold();
    },
    /** The connection has ended: nothing is told after its end. */
    flush: () => {
      for (const frame of waiting.splice(0)) receive(frame);
    },
  };
}
