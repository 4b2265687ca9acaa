import type { Git } from '../git/git.ts';
import type { Histories } from '../records/histories.ts';
import type { Session } from '../session/session.ts';
import type { AllowRules } from '../store/allow-rules.ts';
import type { Ledger } from '../store/ledger.ts';
import type { Settings } from '../store/settings-defaults.ts';
import type { Log } from '../system/log.ts';
import type { Paths } from '../system/paths.ts';
import type { ProcessTable } from '../system/process-identity.ts';
import type { Runtime } from '../system/runtime.ts';
import type { System } from '../system/system.ts';
import type { Asks } from './asks.ts';
import type { Environments } from './environments.ts';
import type { GitQueue } from './git-queue.ts';
import type { Hosts } from './hosts.ts';
import type { PromptHolds } from './prompt-holds.ts';

/** What everything in the daemon shares. Only the loop writes: it alone appends to the ledger. */
export interface Brain {
  readonly system: System;
  readonly paths: Paths;
  /** Where this daemon runs from, and what it starts hosts from. */
  readonly runtime: Runtime;
  readonly log: Log;
  readonly processes: ProcessTable;
  readonly ledger: Ledger;
  readonly hosts: Hosts;
  /** A host lives and does not answer. */
  readonly onMute: (host: { readonly session: string; readonly name: string }) => void;
  readonly git: Git;
  readonly gitQueue: GitQueue;
  readonly mergeQueue: GitQueue;
  readonly environments: Environments;
  readonly asks: Asks;
  readonly promptHolds: PromptHolds;
  /** What the user lets agents run unasked. */
  readonly allowRules: AllowRules;
  /** What agents have written down of their conversations. */
  readonly histories: Histories;
  /** What tells a `tutti` that the agent of this host starts whose it is. */
  readonly mark: (session: string, host: string) => Readonly<Record<string, string>>;
  /** Read anew where it is used: a change of the user's file counts from the next session on. */
  readonly settings: () => Promise<Settings>;
}

/** A session that has to be there: an effect or a link of an unknown one is a bug. */
export function sessionOf(brain: Pick<Brain, 'ledger'>, id: string): Session {
  const session = brain.ledger.session(id);
  if (!session) throw new Error(`no session ${id}`);
  return session;
}
