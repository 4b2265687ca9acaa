import { agentFor } from '../../agents/described.ts';
import { seeBranch } from '../../git/see-branch.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { SessionFact } from '../../session/event.ts';
import type { Session } from '../../session/session.ts';
import type { Daemon } from '../daemon.ts';
import { freshUuid } from '../fresh-id.ts';
import { missingNames } from '../missing-names.ts';
import { sessionNamed } from './act.ts';

/** The agent will be started with the environment of the client that asks for it now. */
export function startAgain(
  daemon: Daemon,
  wanted: {
    readonly operation: string;
    readonly session: string;
    readonly env: Readonly<Record<string, string>>;
    readonly gone?: boolean;
  },
): void {
  const { ledger, environments } = daemon.brain;
  sayMissing(daemon, wanted);
  sayForgotten(daemon, wanted);
  const done = ledger.findOperation(wanted.operation);
  const id = done?.session ?? sessionNamed(daemon, wanted.session, { gone: wanted.gone ?? false }).id;
  environments.give(id, { env: wanted.env, columns: undefined, rows: undefined });
  // Asked for before a crash: the start may have waited for this environment.
  if (done) daemon.loop.awake(id);
}

/** Of an environment only names are kept: those that are missing now are said, as the agent may need them. */
function sayMissing(daemon: Daemon, wanted: Parameters<typeof startAgain>[1]): void {
  if (daemon.brain.ledger.findOperation(wanted.operation) !== undefined) return;
  const { id, title, envNames } = sessionNamed(daemon, wanted.session, { gone: wanted.gone ?? false });
  const missing = missingNames(envNames, wanted.env);
  if (missing.length === 0) return;
  const names =
    missing.length > 4 ? `${missing.slice(0, 4).join(', ')} and ${missing.length - 4} more` : missing.join(', ');
  const text = `"${title}" was started with ${names} in its environment; your shell does not have that now.`;
  daemon.feed.raise({ tone: 'info', session: id, text });
}

/** Where the adapter cannot bring the conversation back, the agent begins a new one: said, with the reason. */
function sayForgotten(daemon: Daemon, wanted: Parameters<typeof startAgain>[1]): void {
  if (daemon.brain.ledger.findOperation(wanted.operation) !== undefined) return;
  const { id, title, agent, conversationBegun } = sessionNamed(daemon, wanted.session, { gone: wanted.gone ?? false });
  const { cannot } = agentFor(agent);
  if (!conversationBegun || !cannot.resume) return;
  daemon.feed.raise({ tone: 'info', session: id, text: `"${title}" has no memory of before: ${cannot.resume}.` });
}

/**
 * What brings a folder back, and where to. Where the branch has moved meanwhile a resume says so and offers both ways; an undo
 * keeps the folder on a branch of its own then, and that is said.
 */
export async function resumeFacts(
  daemon: Daemon,
  session: Session,
  wanted: {
    readonly type: 'resumeRequested' | 'undoRequested';
    readonly env: Readonly<Record<string, string>>;
    readonly onto?: 'branch' | 'own' | undefined;
  },
): Promise<readonly SessionFact[]> {
  const { type, env } = wanted;
  const onto = wanted.onto ?? (await placeOf(daemon, session, type));
  return [{ type, onto, conversation: freshUuid(daemon.brain.system), envNames: Object.keys(env).sort() }];
}

async function placeOf(
  daemon: Daemon,
  session: Session,
  type: 'resumeRequested' | 'undoRequested',
): Promise<'branch' | 'own'> {
  const { branch, kept, repository, title, worktree } = session;
  const { tip, places } = await seeBranch(daemon.brain.git, { gitDir: repository.gitDir, branch });
  // Its own folder may have been deleted by hand: then git still lists it.
  const elsewhere = places.find(place => place !== worktree);
  if (tip === kept?.tip && elsewhere === undefined) return 'branch';
  const [what, ways] = conflictOf(branch, { tip, hasMoved: tip !== kept?.tip, elsewhere });
  if (type === 'resumeRequested') throw new TuttiError('conflict', `${what} since "${title}" was paused: ${ways}.`);
  daemon.feed.raise({
    tone: 'info',
    session: session.id,
    text: `${what} since "${title}" was killed: it comes back on a branch of its own.`,
  });
  return 'own';
}

/** What has become of the branch, and what one can do about it. */
function conflictOf(
  branch: string,
  found: { readonly tip: string | undefined; readonly hasMoved: boolean; readonly elsewhere: string | undefined },
): readonly [what: string, ways: string] {
  const own = 'on a branch of its own (--onto own)';
  if (found.tip === undefined)
    return [`The branch ${branch} is gone`, `resume on it again where it was (--onto branch), or ${own}`];
  if (found.hasMoved)
    return [`The branch ${branch} has moved`, `resume onto the branch as it is now (--onto branch), or ${own}`];
  return [`The branch ${branch} is checked out in ${found.elsewhere}`, `leave it there and resume again, or ${own}`];
}
