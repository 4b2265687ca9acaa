import { deliveryKey, type Effect } from '../session/effect.ts';
import type { Session } from '../session/session.ts';
import type { UnderWay } from './under-way.ts';

/**
 * Prompts that are on their way into a pane and are not to be typed now. One that was withdrawn is given up; one whose agent takes none any
 * more, or before which another one goes, waits in the outbox again.
 */
export function holdBack(
  underWay: Pick<UnderWay, 'stop' | 'putBack'>,
  { host, outbox }: Pick<Session, 'host' | 'outbox'>,
  wanted: readonly Effect[],
): void {
  if (host.state !== 'running') return;
  for (const prompt of outbox) {
    const key = deliveryKey(host.name, prompt);
    if (prompt.state === 'withdrawn') underWay.stop(key);
    else if (prompt.state === 'queued' && !wanted.some(effect => effect.key === key)) underWay.putBack(key);
  }
}
