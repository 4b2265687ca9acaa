import * as z from 'zod';
import { agentOf } from '../../agents/index.ts';
import type { SearchHit, SessionHistory, SessionUsage } from '../../protocol/records.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import { turnName } from '../../session/copied-turns.ts';
import { firstPrompt, type Turn } from '../../session/history.ts';
import { ownHistory } from '../../session/own-history.ts';
import type { Session } from '../../session/session.ts';
import { titleOfPrompt } from '../../session/title.ts';
import { profileOf } from '../../store/profile-of.ts';
import type { ClientLink } from '../client-link.ts';
import { conversationsHere } from '../conversations.ts';
import type { Daemon } from '../daemon.ts';
import { historyIfAny, historyOf } from '../history-of.ts';
import { isListed } from '../view.ts';
import { sessionNamed } from './act.ts';
import { gitDirOf } from './fleet.ts';
import type { MethodTable, Params } from './method.ts';
import { environment, path, scope, sessionName } from './params.ts';
import { sightOf } from './rights.ts';

/** Turns have to fit into one message, which may have 1 MB. */
const ANSWER_BYTES = 600_000;

const MOST_HITS = 100;

const last = z.int().min(1).max(10_000).exactOptional();

export const recordMethods: MethodTable<
  'session/history' | 'history/search' | 'conversation/list' | 'conversation/read' | 'usage/list'
> = {
  'session/history': {
    schema: z.object({ session: sessionName, last }),
    answer: (daemon, params) => history(daemon, params),
  },
  'history/search': {
    schema: z.object({ scope, words: z.array(z.string().min(1).max(200)).min(1).max(20) }),
    answer: (daemon, params, client) => search(daemon, params, client),
  },
  'conversation/list': {
    schema: z.object({ path, env: environment }),
    answer: (daemon, params) => conversationsHere(daemon, params),
  },
  'conversation/read': {
    schema: z.object({
      agent: z.string().min(1).max(100),
      profile: z.string().min(1).max(100).exactOptional(),
      id: z.string().min(1).max(200),
      last,
      env: environment,
    }),
    answer: (daemon, params) => readConversation(daemon, params),
  },
  'usage/list': { schema: z.object({ scope }), answer: (daemon, params, client) => usage(daemon, params, client) },
};

async function history(daemon: Daemon, params: Params<'session/history'>): Promise<SessionHistory> {
  const session = sessionNamed(daemon, params.session, { gone: true });
  const found = await historyOf(daemon.brain, session);
  if ('why' in found) return { ...nameOf(session), history: null, file: null, why: found.why };
  return {
    ...nameOf(session),
    history: { ...found.history, turns: newest(found.history.turns, params.last) },
    file: found.file,
    why: null,
  };
}

async function readConversation(daemon: Daemon, params: Params<'conversation/read'>): Promise<SessionHistory> {
  const { id, profile } = params;
  const { kind, name, records } = agentOf(params.agent);
  const { settings, system } = daemon.brain;
  const { environment } = profileOf(await settings(), { kind, profile }, params.env.HOME ?? system.home);
  const env = { ...params.env, ...environment };
  const found = await (records && daemon.brain.histories.read({ records, folder: records.folder(env), id, cwd: '' }));
  if (!found) throw new TuttiError('notFound', `${name} has written down no conversation ${id}.`);
  const turns = newest(found.history.turns, params.last);
  const title = titleOfPrompt(firstPrompt(found.history.turns) ?? '');
  return { id, title, agent: kind, history: { ...found.history, turns }, file: found.file, why: null };
}

/** As many of the newest as are wanted and fit into a message. */
function newest(turns: readonly Turn[], wanted: number | undefined): readonly Turn[] {
  return fitting(turns.slice(-(wanted ?? turns.length)), jsonBytes);
}

/** Sessions one after the other, so that one who searches holds up nobody. A turn that forks have copied is that of the oldest session. */
async function search(
  daemon: Daemon,
  { scope, words }: Params<'history/search'>,
  client: ClientLink,
): Promise<{ hits: SearchHit[] }> {
  const wanted = words.map(word => word.toLowerCase());
  const hits: SearchHit[] = [];
  const told = new Set<string>();
  for (const session of await sessionsOf(daemon, scope, { killed: true, client })) {
    const found = await historyIfAny(daemon.brain, session);
    const { id, title, agent } = nameOf(session);
    for (const turn of found?.turns ?? []) {
      const text = `${turn.prompt}\n${turn.said ?? ''}`.toLowerCase();
      if (!wanted.every(word => text.includes(word))) continue;
      const name = turnName(turn);
      if (name !== undefined && told.has(`${agent} ${name}`)) continue;
      if (name !== undefined) told.add(`${agent} ${name}`);
      hits.push({ session: id, title, agent, turn });
    }
  }
  const newest = hits.sort((a, b) => (b.turn.at ?? 0) - (a.turn.at ?? 0)).slice(0, MOST_HITS);
  return { hits: fitting(newest.reverse(), jsonBytes).reverse() };
}

async function usage(
  daemon: Daemon,
  params: Params<'usage/list'>,
  client: ClientLink,
): Promise<{ sessions: SessionUsage[] }> {
  const sessions: SessionUsage[] = [];
  for (const session of await sessionsOf(daemon, params.scope, { killed: false, client })) {
    const found = await historyIfAny(daemon.brain, session);
    const named = { ...nameOf(session), profile: session.agent.profile };
    if (!found) sessions.push({ ...named, used: null });
    else {
      const { count, tokens, dollars, context, limits } = ownHistory(session, found);
      sessions.push({ ...named, used: { count, tokens, dollars, context, limits } });
    }
  }
  return { sessions };
}

async function sessionsOf(
  daemon: Daemon,
  wanted: Params<'usage/list'>['scope'],
  { killed, client }: { readonly killed: boolean; readonly client: ClientLink },
): Promise<readonly Session[]> {
  const gitDir = await gitDirOf(daemon, wanted);
  const sees = await sightOf(daemon, client);
  return daemon.brain.ledger
    .sessions()
    .filter(session => isListed(session) || (killed && session.life.name === 'killed'))
    .filter(({ id, repository }) => (gitDir === undefined || repository.gitDir === gitDir) && (sees?.(id) ?? true));
}

function nameOf({ id, title, agent }: Session): Pick<SessionUsage, 'id' | 'title' | 'agent'> {
  return { id, title, agent: agent.kind };
}

/** The last ones of a list, as many as go into a message. */
function fitting<Item>(items: readonly Item[], bytesOf: (item: Item) => number): Item[] {
  let left = ANSWER_BYTES;
  const from = items.findLastIndex(item => {
    left -= bytesOf(item);
    return left < 0;
  });
  return items.slice(from + 1);
}

function jsonBytes(item: Turn | SearchHit): number {
  return Buffer.byteLength(JSON.stringify(item));
}
