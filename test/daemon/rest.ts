import { isAtRest } from '../../source/daemon/waiters.ts';
import { untilGone } from '../driver/leftovers.ts';
import type { ProcessView } from '../driver/processes.ts';
import type { Stage } from './stage.ts';

/** Waits until nothing is under way any more: neither in the daemon nor in a host that has been told to go. */
export async function untilRest(stage: Stage): Promise<void> {
  const processes = (what: ProcessView['what']) => stage.processes().filter(view => view.what === what);
  // What a daemon told that died since says nothing: the one that lives is asked, and watched.
  await stage.daemonPid();
  await stage.eventually('every session is at rest', () => {
    const { watching, views } = stage.fleet;
    return (watching && [...views.values()].every(({ session }) => isAtRest(session))) || undefined;
  });
  await untilGone('hosts that were told to go have gone', () => {
    const running = [...stage.views.values()].filter(({ session }) => session.host.state === 'running');
    return processes('host').slice(running.length);
  });
  await untilGone('what git does has been done', () =>
    processes('other').filter(({ command }) => command.startsWith('git ')),
  );
  // A host that had news while none lived has woken one, and so has the client.
  await untilGone('the daemon that came second has ended', () => processes('daemon').slice(1));
}
