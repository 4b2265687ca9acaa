import { z } from 'zod';
import { branchTip } from '../../git/branch.ts';
import { pushBranch } from '../../git/push.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { Session } from '../../session/session.ts';
import type { Daemon } from '../daemon.ts';
import { admit, doAct, sessionNamed } from './act.ts';
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

/** What is ready is pushed as a step of its run; a session that nobody let go is pushed as it stands. */
async function push(daemon: Daemon, params: Params<'branch/push'>): Promise<Result<'branch/push'>> {
  const { brain } = daemon;
  const done = brain.ledger.findOperation(params.operation);
  const session = done === undefined ? sessionNamed(daemon, params.session) : undefined;
  const stage = session?.run?.stage.name;
  if (session && stage !== 'ready' && stage !== 'pushed') {
    admit(daemon, 'push', session);
    const tip = await seenTip(daemon, session, params.commit);
    const { gitDir } = session.repository;
    const { worktree, branch } = session;
    const { remote, output } = await brain.gitQueue.add(gitDir, () =>
      pushBranch(brain.git, { worktree, gitDir, branch, commit: tip }),
    );
    await daemon.changes.read(session);
    return { view: daemon.view(session), remote, output };
  }
  await doAct(daemon, {
    ...params,
    act: 'push',
    facts: async found => [{ type: 'pushRequested', commit: await seenTip(daemon, found, params.commit) }],
  });
  const pushed = await settledRun(daemon, done ?? session?.id ?? '');
  const after = pushed.run?.stage;
  return {
    view: daemon.view(pushed),
    remote: after?.name === 'pushed' ? after.remote : '',
    output: brain.outputs.get(pushed.id) ?? '',
  };
}

async function merge(daemon: Daemon, params: Params<'branch/merge'>): Promise<Result<'branch/merge'>> {
  const done = daemon.brain.ledger.findOperation(params.operation);
  const { session } = await doAct(daemon, {
    ...params,
    act: 'merge',
    facts: async found => [{ type: 'mergeRequested', commit: await seenTip(daemon, found, params.commit) }],
  });
  return daemon.view(await settledRun(daemon, done ?? session.id));
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

/** The push or merge of a run is over; one that failed says why. */
async function settledRun(daemon: Daemon, id: string): Promise<Session> {
  const begun = daemon.brain.system.now();
  const session = await daemon.waiters.until(id, () => {
    const now = daemon.brain.ledger.session(id);
    return now && ['pushing', 'merging'].includes(now.run?.stage.name ?? '') ? undefined : now;
  });
  const { trouble, run } = session;
  // A ready run whose trouble is newer than its stage's beginning failed to be handed over.
  if (run?.stage.name === 'ready' && trouble && (trouble.at >= begun || trouble.at >= run.stage.at)) {
    throw new TuttiError('failed', trouble.what);
  }
  return session;
}
