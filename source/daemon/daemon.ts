import type { SessionView } from '../protocol/daemon.ts';
import type { Session } from '../session/session.ts';
import type { Brain } from './brain.ts';
import type { ClientLink } from './client-link.ts';
import type { Feed } from './feed.ts';
import type { KnownPlaces } from './known-places.ts';
import type { Loop } from './loop.ts';
import type { Notifier } from './notifier.ts';
import type { RuleAnswers } from './rule-answers.ts';
import type { Waiters } from './waiters.ts';
import type { WorktreeChanges } from './worktree-changes.ts';

/** The parts that answer clients: what `assemble` puts together and the methods are given. */
export interface Daemon {
  readonly brain: Brain;
  readonly loop: Loop;
  readonly feed: Feed;
  readonly changes: WorktreeChanges;
  readonly waiters: Waiters;
  readonly places: KnownPlaces;
  readonly notifier: Notifier;
  readonly ruleAnswers: RuleAnswers;
  readonly startedAt: number;
  readonly clients: () => ReadonlySet<ClientLink>;
  readonly view: (session: Session) => SessionView;
  /** What is under way under this key is waited for instead of being done twice. */
  readonly once: <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;
  /** After what is under way under this key, whatever becomes of it. */
  readonly inTurn: <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;
  /** Ends this daemon; agents go on. The client that asked for it is not told: it knows. */
  readonly end: (by?: ClientLink) => void;
}
