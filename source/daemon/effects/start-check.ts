import type { CheckResult } from '../../pipeline/run.ts';
import type { ProgramExit } from '../../protocol/host.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import { localCheck } from '../../runners/local.ts';
import type { Effect } from '../../session/effect.ts';
import { hostBundle } from '../../system/paths.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { discardHost } from '../bury.ts';
import { dismiss, endHost } from '../end-hosts.ts';
import { findHost } from '../find-host.ts';
import type { HostLink } from '../hosts.ts';
import { NO_ENVIRONMENT, type Outcome } from './outcome.ts';
import { launchHost } from './start-host.ts';

type StartCheck = Effect & { type: 'startCheck' };

/** A host that dies as soon as it is there is not started for ever. */
const MOST_STARTS = 3;

/** Output that is kept with a verdict, lines; the whole of it stays in the check's bundle. */
const KEPT_LINES = 400;

/**
 * Runs a check and waits for its end. It is a host of its own and outlives this daemon: the next one finds it here, running or
 * with its exit on disk, and waits on. One that was lost (a reboot) is run again: it has given no verdict.
 */
export async function runStartCheck(brain: Brain, effect: StartCheck, starts = MOST_STARTS): Promise<Outcome> {
  const { session, name } = effect;
  let found = await findHost(brain, session, name);
  if (found.state === 'lost' || found.state === 'halfMade') {
    discardHost(brain, session, name);
    found = { state: 'absent' };
  }
  if (found.state === 'absent') {
    const { host, worktree } = sessionOf(brain, session);
    const env = host.state === 'none' ? undefined : await brain.environments.ofAgent(session, host.name, brain.hosts);
    if (!env) return { later: NO_ENVIRONMENT };
    const isWanted = () => sessionOf(brain, session).life.name === 'live';
    try {
      found = await launchHost(brain, {
        session,
        name,
        role: 'check',
        cwd: worktree,
        ...localCheck(effect.command, env),
      });
    } catch (thrown) {
      // Its bundle was taken away under it: that was meant.
      if (isWanted()) throw thrown;
      return { facts: [] };
    }
    // Paused or killed while it was started: its host is one that nobody wants.
    if (!isWanted()) {
      await endHost(brain, session, name);
      return { facts: [] };
    }
    // It died before anybody was connected to it, so nobody will tell of its end.
    if (found.state === 'lost') {
      if (starts > 1) return runStartCheck(brain, effect, starts - 1);
      throw new TuttiError(
        'failed',
        `The check could not be run: its host died right after its start, ${MOST_STARTS} times. Look at the log in ${hostBundle(brain.paths, session, name)}.`,
      );
    }
  }
  if (found.state === 'exited') return verdict(brain, effect, found.record.startedAt, found.exit);
  if (found.state !== 'running') return { later: `the check's host is ${found.state}` };
  const exit = await ended(found.link);
  return exit
    ? verdict(brain, effect, found.record.startedAt, exit)
    : { later: 'the check went away without a verdict' };
}

/** Undefined when its host went without a word. */
function ended({ status, connection }: HostLink): Promise<ProgramExit | undefined> {
  if (status.exit) return Promise.resolve(status.exit);
  return new Promise(resolve => {
    connection.on('exited', resolve);
    connection.on('closed', () => resolve(undefined));
  });
}

function verdict(brain: Brain, effect: StartCheck, startedAt: number, exit: ProgramExit): Outcome {
  const { session: id, name, command } = effect;
  const after = () => dismiss(brain, id, name);
  const session = brain.ledger.session(id);
  const run = session?.run;
  // Stopped, paused or killed meanwhile: nobody waits for this verdict any more.
  if (session?.life.name !== 'live' || run?.stage.name !== 'checking' || run.stage.host !== name)
    return { facts: [], after };
  const result: CheckResult = {
    host: name,
    attempt: run.attempt,
    command,
    passed: exit.code === 0 && exit.signal === undefined,
    code: exit.code,
    startedAt,
    endedAt: exit.at,
    output: exit.lastLines.slice(-KEPT_LINES),
  };
  return { facts: [{ type: 'checkFinished', result }], after };
}
