import type { Peer } from '../protocol/peer.ts';

/**
 * Whoever waits for an answer takes it before what was said after it is told: both may come in one piece, and a promise is heard
 * of later than a notification. A fleet that is answered would else overwrite the changes that followed it, for good.
 */
export function inOrder(
  peer: Pick<Peer, 'receive'>,
  onFailed: () => void,
): { take: (payload: Uint8Array) => void; flush: () => void } {
  const waiting: Uint8Array[] = [];
  let held = false;
  const go = () => {
    held = false;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (peer.receive(next) !== 'answer') continue;
      held = true;
      setImmediate(() => {
        try {
          go();
        } catch {
          onFailed();
        }
      });
      return;
    }
  };
  return {
    take: payload => {
      waiting.push(payload);
      if (!held) go();
    },
    /** The connection has ended: nothing is told after its end. */
    flush: () => {
      for (const payload of waiting.splice(0)) peer.receive(payload);
    },
  };
}
