import type { NewSession } from '../protocol/daemon.ts';
import { FLEET_STORIES } from './fleet-stories.ts';

/** What `tutti demo` starts in its scratch repository, in this order; the rest of `session/create` is the caller's. */
export type DemoSession = Pick<NewSession, 'title' | 'agent' | 'prompt' | 'run'>;

export const DEMO_SESSIONS: readonly DemoSession[] = FLEET_STORIES.map(({ title, prompt, unattended }) => ({
  title,
  agent: { kind: 'demo', command: undefined, permissionMode: 'edits', model: undefined, extra: [] },
  ...(unattended ? { run: { goal: prompt, ...unattended } } : { prompt }),
}));
