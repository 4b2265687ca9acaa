import { TuttiError } from '../../protocol/rpc.ts';
import { withoutMark } from '../../protocol/session-mark.ts';
import { resolveName } from '../../session/id.ts';
import type { Sender } from '../../session/prompt.ts';
import { type Asked, type Grant, grantsOf, mayRead, NEEDS, refusalOfRight } from '../../session/rights.ts';
import type { Session } from '../../session/session.ts';
import { sessionOf } from '../brain.ts';
import type { ClientLink } from '../client-link.ts';
import type { Daemon } from '../daemon.ts';
import { isNewestStart, notOfNewest } from '../session-pass.ts';

/** Throws the sentence where the session that a client was started by may not ask for this. A person may ask for everything. */
export async function checkRight(
  daemon: Daemon,
  asked: { readonly name: Asked; readonly params: unknown; readonly named: string | undefined },
  client: ClientLink,
): Promise<void> {
  const asker = await askerOf(daemon, client);
  if (!asker) return;
  const refused = refusalOfRight(asked.name, asker, targetOf(daemon, asked));
  if (refused) throw new TuttiError('conflict', refused);
}

export interface Asker {
  readonly id: string;
  readonly title: string;
  readonly grants: readonly Grant[];
}

/** The session that asks, with what it may now; undefined: the person asks. One whose agent was started anew since is let go. */
export async function askerOf({ brain }: Daemon, client: ClientLink): Promise<Asker | undefined> {
  const { session: id, host } = client;
  if (id === undefined) return undefined;
  const session = brain.ledger.session(id);
  if (!session || !isNewestStart(session, host)) {
    client.endSoon();
    throw notOfNewest(session?.title ?? id);
  }
  const { rights } = await brain.settings();
  return { id, title: session.title, grants: grantsIn(brain, session, rights) };
}

function grantsIn({ ledger }: Daemon['brain'], session: Session, forAll: readonly Grant[]): readonly Grant[] {
  return grantsOf(session, { forAll, find: id => ledger.session(id) });
}

/** For a fact that a session's agent may have asked for. */
export function askerOfFact({ session }: ClientLink): { readonly asker?: string } {
  return session === undefined ? {} : { asker: session };
}

/** As whose a prompt counts that this client sends. */
export function senderOf({ session }: ClientLink): Sender {
  return session === undefined ? 'person' : 'session';
}

/** Which sessions a client may hear of, by their ids; undefined: all. Grants that come or go count at once, those of the settings not. */
export async function sightOf(
  { brain }: Daemon,
  { session: id, host }: ClientLink,
): Promise<((session: string) => boolean) | undefined> {
  if (id === undefined) return undefined;
  const { ledger } = brain;
  const { rights } = await brain.settings();
  return wanted => {
    const asker = ledger.session(id);
    const target = ledger.session(wanted);
    return (
      !!asker &&
      isNewestStart(asker, host) &&
      !!target &&
      mayRead({ id, grants: grantsIn(brain, asker, rights) }, target)
    );
  };
}

/**
 * The environment for what a client starts: its own, if it is a person's. A session's is that in which its agent was started: with one
 * of its making it would choose what runs, in another agent's name.
 */
export async function environmentFor(
  { brain }: Daemon,
  { session: id }: ClientLink,
  given: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  if (id === undefined) return given;
  const { title, host } = sessionOf(brain, id);
  const name = host.state === 'none' ? undefined : host.name;
  const env = name === undefined ? undefined : await brain.environments.ofStarter(id, name, brain.hosts);
  if (env) return withoutMark(env);
  throw new TuttiError(
    'unavailable',
    `What "${title}" was started with is not known any more; the user has to restart it.`,
  );
}

/** Of killed ones too: a name that means one of them is not free to be used. */
function targetOf(
  { brain }: Daemon,
  { name, params, named }: { readonly name: Asked; readonly params: unknown; readonly named: string | undefined },
): Session | undefined {
  const session = typeof params === 'object' && params !== null && 'session' in params ? params.session : undefined;
  if (!['read', 'write', 'end'].includes(NEEDS[name][0]) || typeof session !== 'string') return undefined;
  const found = resolveName(named ?? session, brain.ledger.sessions());
  if ('found' in found) return found.found;
  throw new TuttiError(found.problem === 'none' ? 'notFound' : 'usage', found.message);
}
