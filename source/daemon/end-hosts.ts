import type { HostRecord } from '../protocol/host.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { bundleNames, readBundle } from '../system/bundle.ts';
import { killPoint } from '../system/kill-point.ts';
import { removeHostLink } from '../system/link-dir.ts';
import { hostBundle } from '../system/paths.ts';
import { isRunning } from '../system/process-identity.ts';
import type { Brain } from './brain.ts';
import { buryHost, discardHost } from './bury.ts';
import { findHost } from './find-host.ts';
import { ANSWER_MS, type HostLink } from './hosts.ts';

/** Between HUP and TERM, and between TERM and KILL: agents write their records when they are hung up on. */
const GRACE_MS = 3000;

/** Ends every host of a session. What checks and shells leave is of no use without them; an agent's log stays. */
export async function endHostsOf(brain: Brain, session: string): Promise<void> {
  await Promise.all(bundleNames(brain.paths, session).map(name => endHost(brain, session, name)));
}

/** Afterwards neither the host nor its program runs. */
export async function endHost(brain: Brain, session: string, name: string): Promise<void> {
  const found = await findHost(brain, session, name);
  const path = hostBundle(brain.paths, session, name);
  switch (found.state) {
    case 'absent':
      return;
    case 'halfMade':
      return discardHost(brain, session, name);
    case 'running':
      if (await endProgram(brain, found.link)) {
        killPoint('daemon:endHosts:ended');
        await dismiss(brain, session, name);
      } else {
        brain.hosts.drop(session, name);
        killOutright(brain, found.record);
      }
      break;
    case 'mute':
      killOutright(brain, found.record);
      break;
    case 'exited':
    case 'lost':
      break;
    default:
      return found satisfies never;
  }
  if (readBundle(path).record?.role === 'agent') buryHost(brain, session, name);
  else discardHost(brain, session, name);
}

/**
 * Who notes the exit lets go of the host, and its connection with it: then nothing is left to be ended here. False for a host
 * that has gone mute (it is stopped, or hangs).
 */
async function endProgram(brain: Brain, link: HostLink): Promise<boolean> {
  const { session, name, status, connection } = link;
  if (status.exit) return true;
  try {
    await connection.request('process/end', { graceMs: GRACE_MS }, 2 * GRACE_MS + ANSWER_MS);
    return true;
  } catch (thrown) {
    if (isUnavailable(thrown) && brain.hosts.find(session, name) === link && !link.status.exit) return false;
    const found = await findHost(brain, session, name);
    if (found.state === 'mute') return false;
    if (found.state === 'running' && !found.link.status.exit) throw thrown;
    return true;
  }
}

function isUnavailable(thrown: unknown): boolean {
  return thrown instanceof TuttiError && thrown.kind === 'unavailable';
}

/** Tells a host that its exit is noted; it goes, and its connection is not missed. */
export async function dismiss(brain: Brain, session: string, name: string): Promise<void> {
  const link = brain.hosts.find(session, name);
  if (!link) return;
  try {
    await link.connection.request('exit/acknowledge', null, ANSWER_MS);
  } catch {
    // It went while it was told.
  }
  brain.hosts.drop(session, name);
  try {
    removeHostLink(brain.paths.link, hostBundle(brain.paths, session, name));
  } catch (err) {
    brain.log.warn({ session, name, err }, 'the link of a host could not be removed');
  }
}

/** A host that does not answer: program and host go by signal, each only if it is still the process that was recorded. */
function killOutright(brain: Brain, record: HostRecord): void {
  if (isRunning(brain.processes, { pid: record.programPid, start: record.programStart })) {
    signal(-record.programPid);
    signal(record.programPid);
  }
  if (isRunning(brain.processes, { pid: record.hostPid, start: record.hostStart })) signal(record.hostPid);
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
