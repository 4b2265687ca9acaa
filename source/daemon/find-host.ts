import { existsSync, watch } from 'node:fs';
import type { HostRecord, ProgramExit } from '../protocol/host.ts';
import { type Bundle, readBundle } from '../system/bundle.ts';
import { hostBundle } from '../system/paths.ts';
import { isRunning } from '../system/process-identity.ts';
import type { Brain } from './brain.ts';
import { buryHost } from './bury.ts';
import type { HostLink } from './hosts.ts';

/** What stands in the world for a host's name. */
export type FoundHost =
  | { readonly state: 'absent' }
  /** A directory without a record, and nobody who could write it any more. */
  | { readonly state: 'halfMade' }
  | { readonly state: 'running'; readonly link: HostLink; readonly record: HostRecord }
  | { readonly state: 'exited'; readonly exit: ProgramExit; readonly record: HostRecord }
  | { readonly state: 'lost'; readonly record: HostRecord }
  /** Its process lives, but does not answer: it is dialled again by itself. */
  | { readonly state: 'mute'; readonly record: HostRecord; readonly why: string };

/** How long a host that has claimed its bundle may take to write its record: it spawns a program in between. */
const RECORD_MS = 5000;

/** A process that was killed is gone after this. */
const DYING_MS = 100;

/** Looks for a host: bundle, process (pid and start time, never the pid alone), then its own word. */
export async function findHost(brain: Brain, session: string, name: string): Promise<FoundHost> {
  const path = hostBundle(brain.paths, session, name);
  if (!existsSync(path)) return { state: 'absent' };
  const { record } = await settled(brain, readBundle(path));
  if (!record) return { state: 'halfMade' };
  try {
    if (hostLives(brain, record)) return { state: 'running', link: await brain.hosts.connect(session, name), record };
  } catch (thrown) {
    // One that was killed in this very moment refuses at once, and stands in the list of processes a little longer.
    if (hostLives(brain, record)) await new Promise(resolve => setTimeout(resolve, DYING_MS));
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    if (hostLives(brain, record)) {
      brain.onMute({ session, name });
      return { state: 'mute', record, why };
    }
  }
  buryHost(brain, session, name);
  const { exit } = readBundle(path);
  return exit ? { state: 'exited', exit, record } : { state: 'lost', record };
}

function hostLives(brain: Pick<Brain, 'processes'>, record: HostRecord): boolean {
  return isRunning(brain.processes, { pid: record.hostPid, start: record.hostStart });
}

/** A bundle that is claimed by a living host gets its record in a moment: it is waited for, not taken for half made. */
async function settled(brain: Brain, bundle: Bundle): Promise<Bundle> {
  const { claim, path } = bundle;
  if (bundle.record || !claim || !isRunning(brain.processes, claim)) return bundle;
  await new Promise<void>(resolve => {
    const done = () => {
      clearTimeout(deadline);
      watcher.close();
      resolve();
    };
    const watcher = watch(path, () => {
      if (readBundle(path).record) done();
    });
    const deadline = setTimeout(done, RECORD_MS);
    // Written between the first look and the watch.
    if (readBundle(path).record || !isRunning(brain.processes, claim)) done();
  });
  return readBundle(path);
}
