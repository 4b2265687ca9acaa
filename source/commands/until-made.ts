import type { SessionView } from '../protocol/daemon.ts';
import { STATUSES, type Status } from '../session/status.ts';
import type { Client } from './context.ts';

const MADE = (Object.keys(STATUSES) as readonly Status[]).filter(
  status => status !== 'queued' && status !== 'preparing',
);

/** Resolves when a session that was asked for stands, with its agent started; rejects with the reason where it could not be made. */
export function untilMade(client: Client, session: string): Promise<SessionView> {
  return client.request('session/wait', { session, statuses: MADE });
}
