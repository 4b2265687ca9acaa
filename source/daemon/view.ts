import type { Changes, Pane, SessionView } from '../protocol/daemon.ts';
import { refusals } from '../session/admit.ts';
import { deriveStatus } from '../session/derive-status.ts';
import type { Session } from '../session/session.ts';
import { withSnooze } from '../session/snooze.ts';
import { hostBundle } from '../system/paths.ts';
import type { Brain } from './brain.ts';
import { cannotOf } from './cannot-of.ts';
import { activityOf, personHolds, type Sight } from './observe.ts';

/** A session as clients get it. */
export function viewOf(
  brain: Pick<Brain, 'paths' | 'hosts'>,
  session: Session,
  seen: { readonly sight: Sight; readonly changes: Changes | undefined },
): SessionView {
  const { sight, changes } = seen;
  const activity = activityOf(session, sight);
  const taken = personHolds(sight.status);
  const derived = deriveStatus(session, activity, { personHolds: taken });
  const { status, line, since } = withSnooze(derived, { session, activity }, sight.now);
  return {
    session: briefly(session),
    status,
    line,
    since,
    activity,
    changes,
    panes: panesOf(brain, session),
    taken,
    refused: refusals(session, {
      cannot: { ...cannotOf(session), ...(changes?.hasRemote === false ? { push: NO_REMOTE } : {}) },
      personHolds: taken,
    }),
  };
}

const NO_REMOTE = 'the repository has no remote; git remote add origin <url> gives it one';

/** What of a session travels with every change: a row and its pane need no more, and hundreds of them fit into one message. */
const PROMPTS = 6;
const PROMPT_CHARACTERS = 400;
const CHECK_LINES = 60;
const CHECK_COLUMNS = 400;

/** The session without what is long: the ledger has all of it, `session/show` tells it. */
function briefly(session: Session): Session {
  const { outbox, run } = session;
  const check = run?.lastCheck;
  return {
    ...session,
    agent: { ...session.agent, described: undefined },
    envNames: [],
    outbox: outbox.slice(-PROMPTS).map(prompt => ({ ...prompt, text: prompt.text.slice(0, PROMPT_CHARACTERS) })),
    run: check
      ? {
          ...run,
          lastCheck: { ...check, output: check.output.slice(-CHECK_LINES).map(line => line.slice(0, CHECK_COLUMNS)) },
        }
      : run,
  };
}

/** Killed and discarded sessions are no longer in the list. */
export function isListed({ life }: Session): boolean {
  return life.name !== 'killed' && life.name !== 'discarded';
}

/** The agent's pane first, then shells, then the newest check. */
function panesOf(brain: Pick<Brain, 'paths' | 'hosts'>, session: Session): readonly Pane[] {
  const links = brain.hosts.of(session.id);
  const pane = (role: Pane['role'], name: string): Pane => ({
    role,
    name,
    bundle: hostBundle(brain.paths, session.id, name),
    running: links.some(link => link.name === name && !link.status.exit),
  });
  const shells = links.filter(link => link.status.role === 'shell').map(link => pane('shell', link.name));
  const checks = session.run?.checks ?? 0;
  return [
    ...(session.host.state === 'none' || session.host.state === 'starting' ? [] : [pane('agent', session.host.name)]),
    ...shells.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
    ...(checks > 0 ? [pane('check', `check-${checks}`)] : []),
  ];
}
