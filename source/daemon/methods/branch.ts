import { z } from 'zod';
import { branchTip } from '../../git/branch.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import { type HandOver, handOverOf } from '../../session/hand-over.ts';
import type { Session } from '../../session/session.ts';
import type { Daemon } from '../daemon.ts';
import { doAct, sessionNamed } from './act.ts';
import type { MethodTable, Params, Result } from './method.ts';
import { act } from './params.ts';

const commit = z.string().regex(/^[0-9a-f]{4,64}$/, 'has to be the hash of a commit');

export const branchMethods: MethodTable<'branch/push' | 'branch/merge'> = {
  'branch/push': {
    schema: act.extend({ commit: commit.nullable() }),
    answer: (daemon, params) => push(daemon, params),
  },
  'branch/merge': { schema: act.extend({ commit }), answer: (daemon, params) => merge(daemon, params) },
};

async function push(daemon: Daemon, params: Params<'branch/push'>): Promise<Result<'branch/push'>> {
  const { id, outcome } = await handOver(daemon, params, { act: 'push', fact: 'pushRequested' });
  // Counted anew: what is on the remote now is no longer unpushed. What can't be counted is left as it was.
  const session = sessionNamed(daemon, id, { gone: true });
  const changes = await daemon.changes.read(session).catch(() => daemon.changes.of(id));
  return {
    view: daemon.view(session),
    remote: outcome?.type === 'pushed' ? outcome.remote : '',
    output: outcome?.type === 'pushed' ? (outcome.output ?? '') : '',
    uncommitted: changes?.uncommitted ?? 0,
  };
}

async function merge(daemon: Daemon, params: Params<'branch/merge'>): Promise<Result<'branch/merge'>> {
  const { id } = await handOver(daemon, params, { act: 'merge', fact: 'mergeRequested' });
  return daemon.view(sessionNamed(daemon, id, { gone: true }));
}

/** Asks for it, bound to the commit that was seen, and waits for its end. One that failed says why. */
async function handOver(
  daemon: Daemon,
  params: Params<'branch/push'>,
  { act, fact }: { readonly act: 'push' | 'merge'; readonly fact: 'pushRequested' | 'mergeRequested' },
): Promise<{ readonly id: string; readonly outcome: HandOver | undefined }> {
  const { ledger } = daemon.brain;
  const asked = await doAct(daemon, {
    ...params,
    act,
    facts: async found => [{ type: fact, commit: await seenTip(daemon, found, params.commit) }],
  });
  const { id, title } = asked.session;
  const outcome = await daemon.waiters.until(id, () => {
    const word = handOverOf(ledger.history(id, HISTORY), params.operation);
    return word || !isUnderWay(ledger.session(id)) ? { word } : undefined;
  });
  switch (outcome.word?.type) {
    case 'effectFailed':
      throw new TuttiError(outcome.word.kind ?? 'failed', outcome.word.why);
    case 'killRequested':
    case 'pauseRequested':
      throw new TuttiError('cancelled', `The ${act} of "${title}" was ended: its session was put aside meanwhile.`);
    default:
      return { id, outcome: outcome.word };
  }
}

/** Who asks again after a crash finds the word on it among so many of the newest events. */
const HISTORY = 200;

function isUnderWay(session: Session | undefined): boolean {
  const stage = session?.run?.stage.name;
  return session?.pushing !== undefined || stage === 'pushing' || stage === 'merging';
}

/** A verdict is bound to what was seen: refused where the branch has moved since. */
async function seenTip(daemon: Daemon, session: Session, seen: string | null): Promise<string> {
  const { branch, repository, title, run } = session;
  const tip = await branchTip(daemon.brain.git, { gitDir: repository.gitDir, branch });
  if (tip === undefined) throw new TuttiError('notFound', `The branch ${branch} of "${title}" is gone.`);
  const expected = seen ?? run?.readyCommit ?? tip;
  if (tip.startsWith(expected)) return tip;
  throw new TuttiError(
    'conflict',
    `The branch ${branch} has moved since you saw it: it is at ${tip.slice(0, 10)} now, not at ${expected.slice(0, 10)}. Look at it again.`,
  );
}
