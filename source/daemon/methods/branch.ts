import * as z from 'zod';
import { branchTip } from '../../git/branch.ts';
import { needRemote } from '../../git/push.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { SessionFact } from '../../session/event.ts';
import { type HandOver, handOverOf } from '../../session/hand-over.ts';
import type { Session } from '../../session/session.ts';
import type { Daemon } from '../daemon.ts';
import { gitForPerson } from '../git-for.ts';
import { doAct, sessionNamed } from './act.ts';
import type { MethodTable, Params, Result } from './method.ts';
import { act, environment } from './params.ts';

const commit = z.string().regex(/^[0-9a-f]{4,64}$/, 'has to be the hash of a commit');

/** Older clients say nothing of their environment. */
const handedOver = act.extend({ env: environment.optional() });

const message = z.string().trim().min(1).max(20_000);

export const branchMethods: MethodTable<'branch/commit' | 'branch/push' | 'branch/merge'> = {
  'branch/commit': { schema: handedOver.extend({ message }), answer: (daemon, params) => commitAll(daemon, params) },
  'branch/push': {
    schema: handedOver.extend({ commit: commit.nullable() }),
    answer: (daemon, params) => push(daemon, params),
  },
  'branch/merge': { schema: handedOver.extend({ commit }), answer: (daemon, params) => merge(daemon, params) },
};

async function commitAll(daemon: Daemon, params: Params<'branch/commit'>): Promise<Result<'branch/commit'>> {
  const { id, outcome } = await handOver(daemon, params, 'commit', async found => ({
    type: 'commitAllRequested',
    message: params.message,
    tip: await tipOf(daemon, found),
  }));
  const { session } = await counted(daemon, id);
  return { view: daemon.view(session), commit: outcome?.type === 'committed' ? outcome.commit : '' };
}

async function push(daemon: Daemon, params: Params<'branch/push'>): Promise<Result<'branch/push'>> {
  const { id, outcome } = await handOver(daemon, params, 'push', async found => {
    const commit = await seenTip(daemon, found, params.commit);
    const { branch, repository } = found;
    // Refused before it is tried: it would stand there as failed, though nothing has.
    await needRemote(gitForPerson(daemon.brain, found.id), { gitDir: repository.gitDir, branch });
    return { type: 'pushRequested', commit };
  });
  const { session, changes } = await counted(daemon, id);
  return {
    view: daemon.view(session),
    remote: outcome?.type === 'pushed' ? outcome.remote : '',
    output: outcome?.type === 'pushed' ? (outcome.output ?? '') : '',
    uncommitted: changes?.uncommitted ?? 0,
  };
}

async function merge(daemon: Daemon, params: Params<'branch/merge'>): Promise<Result<'branch/merge'>> {
  const { id } = await handOver(daemon, params, 'merge', async found => ({
    type: 'mergeRequested',
    commit: await seenTip(daemon, found, params.commit),
  }));
  return daemon.view(sessionNamed(daemon, id, { gone: true }));
}

/** Anew: what is committed or on the remote now is so no more. What can't be counted is left as it was. */
async function counted(daemon: Daemon, id: string) {
  const session = sessionNamed(daemon, id, { gone: true });
  const changes = await daemon.changes.read(session).catch(() => daemon.changes.of(id));
  return { session, changes };
}

/** Asks for it and waits for its end. One that failed says why. */
async function handOver(
  daemon: Daemon,
  {
    operation,
    session,
    env,
  }: {
    readonly operation: string;
    readonly session: string;
    readonly env?: Readonly<Record<string, string>> | undefined;
  },
  act: 'commit' | 'push' | 'merge',
  fact: (session: Session) => Promise<SessionFact>,
): Promise<{ readonly id: string; readonly outcome: HandOver | undefined }> {
  const { ledger, environments } = daemon.brain;
  if (env) environments.renew(ledger.findOperation(operation)?.session ?? sessionNamed(daemon, session).id, env);
  const asked = await doAct(daemon, { operation, session, act, facts: async found => [await fact(found)] });
  const { id, title } = asked.session;
  const outcome = await daemon.waiters.until(id, () => {
    const word = handOverOf(ledger.history(id, HISTORY), operation);
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
  return (
    session?.committing !== undefined || session?.pushing !== undefined || stage === 'pushing' || stage === 'merging'
  );
}

/** A verdict is bound to what was seen: refused where the branch has moved since. */
async function seenTip(daemon: Daemon, session: Session, seen: string | null): Promise<string> {
  const { branch, run } = session;
  const tip = await tipOf(daemon, session);
  // What a run has made ready was shown as that; without a run the branch goes as it stands.
  const expected = seen ?? (run?.stage.name === 'ready' ? run.readyCommit : undefined) ?? tip;
  if (tip.startsWith(expected)) return tip;
  throw new TuttiError(
    'conflict',
    `The branch ${branch} has moved since you saw it: it is at ${tip.slice(0, 10)} now, not at ${expected.slice(0, 10)}. Look at it again.`,
  );
}

async function tipOf(daemon: Daemon, { branch, repository, title }: Session): Promise<string> {
  const tip = await branchTip(daemon.brain.git, { gitDir: repository.gitDir, branch });
  if (tip === undefined) throw new TuttiError('notFound', `The branch ${branch} of "${title}" is gone.`);
  return tip;
}
