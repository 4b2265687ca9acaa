import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionFact } from '../session/event.ts';
import type { Session } from '../session/session.ts';
import { type Bundle, scanBundles } from '../system/bundle.ts';
import type { Brain } from './brain.ts';
import { discardHost } from './bury.ts';
import { dismiss, endHost } from './end-hosts.ts';
import { enteredFacts } from './entered-facts.ts';
import { exitFacts } from './exit-facts.ts';
import { findHost } from './find-host.ts';
import { lostBy } from './lost-by.ts';

/**
 * The only start-up path. What is meant stands in the ledger, what runs is found by its bundles, all of them at once. For each
 * bundle one of these holds:
 *
 * 1. No session wants it (unknown, discarded, killed, paused): the host is told to end.
 * 2. It is the agent of a session that is starting: left to the effect `startHost`, which looks for it first.
 * 3. It is the running agent of a session, and
 *    a. its host answers: watched again; what it saw meanwhile is in its events, an exit among them;
 *    b. its host is gone and left an exit: noted;
 *    c. its host is gone without a word: lost, by a crash or, where the machine has booted since, by a reboot;
 *    d. its host lives and does not answer: kept as it is, and dialled again later.
 * 4. It is an agent's host of before (a restart came between): it ended, or is told to.
 * 5. It is a shell: watched again, or its bundle removed.
 * 6. It is a check: left to the effect `startCheck` where the run waits for it, else told to end.
 * 7. It is half made: removed, unless 2 or 6 has a use for its name.
 *
 * Then every session is settled: what was begun and not finished follows from its state. A bundle that can't be dealt with (a host
 * that can't be ended, a folder that can't be removed) is left for the next start: it keeps no daemon from starting.
 */
export async function recover(brain: Brain): Promise<ReadonlyMap<string, readonly SessionFact[]>> {
  const facts = new Map<string, SessionFact[]>();
  const bundles = scanBundles(brain.paths);
  await Promise.all(
    bundles.map(async bundle => {
      const found = await recoverBundle(brain, bundle).catch(err => notDealtWith(brain, bundle, err));
      facts.set(bundle.session, [...(facts.get(bundle.session) ?? []), ...found]);
    }),
  );
  for (const session of brain.ledger.sessions()) {
    const { host } = session;
    // Its bundle is gone altogether: somebody took it away, and a host without one ends itself.
    if (
      host.state === 'running' &&
      !bundles.some(bundle => bundle.session === session.id && bundle.name === host.name)
    ) {
      facts.set(session.id, [{ type: 'hostLost', name: host.name, cause: 'crash' }]);
    }
  }
  return facts;
}

/** The first of the cases above, once clients are heard: a host may take its time to end. Never rejects. */
export async function endUnwanted(brain: Brain): Promise<void> {
  await Promise.all(
    scanBundles(brain.paths).map(async bundle => {
      const { session: id, name } = bundle;
      const session = brain.ledger.session(id);
      if (session && wantsHosts(session)) return;
      try {
        await endHost(brain, id, name);
        if (!session) rmSync(join(brain.paths.sessions, id), { recursive: true, force: true });
      } catch (err) {
        notDealtWith(brain, bundle, err);
      }
    }),
  );
}

function notDealtWith(brain: Brain, { session, name }: Bundle, err: unknown): readonly SessionFact[] {
  brain.log.error({ session, host: name, err }, 'what a host left could not be dealt with');
  return [];
}

async function recoverBundle(brain: Brain, bundle: Bundle): Promise<readonly SessionFact[]> {
  const { session: id, name } = bundle;
  const session = brain.ledger.session(id);
  if (!session || !wantsHosts(session)) return [];
  const { host, run } = session;
  if (host.state === 'starting' && host.name === name) return [];
  if (host.state === 'running' && host.name === name) return recoverAgent(brain, session, name);
  if (name.startsWith('agent-')) {
    const found = await findHost(brain, id, name);
    if (found.state === 'running' && found.link.status.exit) await dismiss(brain, id, name);
    else if (found.state === 'halfMade') discardHost(brain, id, name);
    else if (found.state === 'running' || found.state === 'mute') await endHost(brain, id, name);
    return [];
  }
  if (name.startsWith('shell-')) {
    const found = await findHost(brain, id, name);
    if (found.state !== 'running' && found.state !== 'mute') discardHost(brain, id, name);
    else if (found.state === 'running' && found.link.status.exit) await endHost(brain, id, name);
    return [];
  }
  if (run?.stage.name === 'checking' && run.stage.host === name && run.lastCheck?.host !== name) return [];
  const found = await findHost(brain, id, name);
  if (found.state === 'running' && found.link.status.exit) await dismiss(brain, id, name);
  else if (found.state === 'running' || found.state === 'mute') await endHost(brain, id, name);
  else if (found.state === 'halfMade') discardHost(brain, id, name);
  return [];
}

async function recoverAgent(brain: Brain, session: Session, name: string): Promise<readonly SessionFact[]> {
  const found = await findHost(brain, session.id, name);
  switch (found.state) {
    case 'running':
    case 'mute':
      return [];
    case 'exited':
      return [...enteredFacts(brain, session, name), ...exitFacts(session, { name, exit: found.exit }, brain.system)];
    case 'lost':
      return [...enteredFacts(brain, session, name), { type: 'hostLost', name, cause: lostBy(brain, found.record) }];
    case 'halfMade':
    case 'absent':
      return [{ type: 'hostLost', name, cause: 'crash' }];
    default:
      return found satisfies never;
  }
}

/** A killed or paused session has no use for a host; while it is on its way there, the effect ends them. */
function wantsHosts({ life }: Session): boolean {
  return life.name !== 'killed' && life.name !== 'paused' && life.name !== 'discarded';
}
