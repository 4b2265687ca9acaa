import { connectToDaemon } from '../../source/commands/connect.ts';
import { realSystem } from '../../source/system/system.ts';
import type { TestHome } from './home.ts';

/**
 * Kills every session of a home and ends its daemon, as `kill --all` and `daemon stop` do, over one connection: three more programs would
 * take longer than many a scenario. Gives what went wrong.
 */
export async function endSessions({
  home,
  dist,
  cwd,
}: {
  readonly home: TestHome;
  /** Folder of the build that is installed. */
  readonly dist: string;
  readonly cwd: string;
}): Promise<readonly string[]> {
  const system = { ...realSystem(), env: home.env, home: home.root, user: 'tester', cwd: () => cwd };
  try {
    const client = await connectToDaemon({ system, dist, kind: 'command', cwd, start: true, patienceMs: 20_000 });
    try {
      await killAll(client);
      await client.stopDaemon();
    } finally {
      client.close();
    }
    return [];
  } catch (thrown) {
    return [`its sessions can't be ended: ${thrown}`];
  }
}

async function killAll(client: Awaited<ReturnType<typeof connectToDaemon>>): Promise<void> {
  // One that a window was just starting when it was closed can be killed as soon as it stands.
  for (let look = 0; look < 50; look++) {
    const { sessions } = await client.request('fleet/list', { all: true });
    if (sessions.length === 0) return;
    for (const { session } of sessions) {
      const { id, life } = session;
      const isUnderWay = life.name === 'killing' || life.name === 'discarding';
      // What comes of a creation that failed is an answer too.
      if (isUnderWay) await client.request('session/wait', { session: id, statuses: ['idle'] }).catch(() => {});
      else await client.request('session/kill', { operation: client.operation(), session: id });
    }
  }
  throw new Error('sessions are listed however often they are killed');
}
