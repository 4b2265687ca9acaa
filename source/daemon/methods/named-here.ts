import { resolveName } from '../../session/id.ts';
import type { ClientLink } from '../client-link.ts';
import type { Daemon } from '../daemon.ts';
import { isListed } from '../view.ts';

/**
 * A name that several sessions have means one in the list before killed ones, and the one of the repository that the client stands
 * in before others. Answers its id; undefined where that does not tell, or the client does not say where it stands.
 */
export async function namedHere(daemon: Daemon, params: unknown, { hello }: ClientLink): Promise<string | undefined> {
  if (!hasSession(params)) return undefined;
  const all = daemon.brain.ledger.sessions();
  const listed = all.filter(isListed);
  const found = resolveName(params.session, listed);
  if ('found' in found) return found.found.id;
  const sessions = found.problem === 'several' ? listed : all;
  const wider = resolveName(params.session, sessions);
  if ('found' in wider || wider.problem === 'none' || typeof hello?.cwd !== 'string') return undefined;
  const gitDir = await daemon.places.gitDirOf(hello.cwd);
  const here = resolveName(params.session, sessions, session => session.repository.gitDir === gitDir);
  return 'found' in here ? here.found.id : undefined;
}

function hasSession(params: unknown): params is { readonly session: string } {
  return typeof params === 'object' && params !== null && 'session' in params && typeof params.session === 'string';
}
