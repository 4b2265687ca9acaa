import type { EndOfFacts, FactRule } from '../protocol/fact-rule.ts';
import type { HookReport, HostStatus } from '../protocol/host.ts';
import type { ProgramServer } from '../protocol/program-server.ts';
import type { Claim } from '../session/claim.ts';
import { clockTime } from '../text/clock.ts';
import { firstLine } from './first-line.ts';
import { hookReports } from './hook-reports.ts';
import { pictureOf, type Told } from './opencode-picture.ts';
import type { ServerReply } from './server-asks.ts';
import { wordOf } from './word-of.ts';

/** Events of opencode's own server that tell what it does. Seen with 1.18.33. */
const WANTED = [
  'session.created',
  'session.status',
  'session.error',
  'permission.asked',
  'permission.replied',
  'question.asked',
  'question.replied',
  'question.rejected',
] as const;

/**
 * A turn, a question and a conversation may last through more reports than a host keeps. Of conversations those of sub-agents name the one
 * that began them; the newest of each counts. What ended in a break nobody has heard, so that nothing of before is held on to.
 */
export const OPENCODE_FACTS: readonly (FactRule | EndOfFacts)[] = [
  { report: 'session.created', of: 'conversation', id: ['info', 'parentID'] },
  { report: 'session.status', of: 'turn', id: ['sessionID'], ends: { at: ['status', 'type'], is: 'idle' } },
  { report: 'permission.asked', of: 'ask', id: ['id'] },
  { report: 'permission.replied', of: 'ask', id: ['requestID'], ends: true },
  { report: 'question.asked', of: 'ask', id: ['id'] },
  { report: 'question.replied', of: 'ask', id: ['requestID'], ends: true },
  { report: 'question.rejected', of: 'ask', id: ['requestID'], ends: true },
  { report: 'server.lost', endsAll: true },
];

/** What is true now. The first lists only sessions that are not idle. */
const PRESENT = { sessions: '/session/status', permissions: '/permission', questions: '/question' } as const;

const USER = 'tutti';

/** Its server, for this start only: a port on loopback that answers to whoever knows the password. */
export function opencodeServer(server: { readonly port: number; readonly password: string }): {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly server: ProgramServer;
} {
  const { port, password } = server;
  return {
    args: ['--port', String(port), '--hostname', '127.0.0.1'],
    env: { OPENCODE_SERVER_USERNAME: USER, OPENCODE_SERVER_PASSWORD: password },
    server: {
      url: `http://127.0.0.1:${port}`,
      user: USER,
      password,
      health: '/global/health',
      events: '/global/event',
      wanted: WANTED,
      present: PRESENT,
    },
  };
}

/** What it does, by its own server. */
export function claimOfOpencodeServer(status: Pick<HostStatus, 'events'>): Claim | undefined {
  const picture = pictureOf(status);
  if (!picture) return undefined;
  const { sessions, open, ending, newest } = picture;
  const [asked] = open.values();
  if (asked) {
    const kind = asked.name === 'question.asked' ? 'question' : 'permission';
    const text = wordsOfAsk(asked);
    return { source: 'server', state: 'waiting', kind, text, since: asked.at, at: asked.at, words: asked.name };
  }
  const busy = [...sessions.values()].filter(each => each.status !== 'idle');
  const common = { source: 'server', at: newest.at } as const;
  if (busy.length > 0) {
    const since = Math.min(...busy.map(({ at }) => at));
    const retry = busy.findLast(each => each.status === 'retry');
    const text = retry && retryWords(retry);
    return { ...common, state: 'busy', text, since, words: retry ? 'session.status, retry' : 'session.status, busy' };
  }
  const since = Math.max(newest.at, ...[...sessions.values()].map(({ at }) => at));
  if (!ending) return { ...common, state: 'idle', outcome: 'done', since, words: 'session.status, idle' };
  const failed = ending.name === 'session.error' ? errorOf(ending) : undefined;
  if (failed === undefined) return { ...common, state: 'idle', since, words: ending.name };
  return { ...common, state: 'idle', outcome: 'error', text: failed, since, words: `${ending.name}, ${failed}` };
}

/**
 * The newest conversation that is no sub-agent's. One that began with the program, by its first prompt, may have been created before anybody
 * listened: then the first that is told of.
 */
export function conversationOfOpencode(status: Pick<HostStatus, 'events'>): string | undefined {
  const reports = hookReports(status);
  const created = reports
    .filter(({ name }) => name === 'session.created')
    .map(({ data }) => (data.info ?? {}) as { readonly id?: unknown; readonly parentID?: unknown });
  const own = created.findLast(({ parentID }) => parentID === undefined)?.id;
  if (typeof own === 'string') return own;
  const subAgents = new Set(created.map(({ id }) => id));
  const told = reports.find(({ name, data }) => name === 'session.status' && !subAgents.has(data.sessionID));
  return typeof told?.data.sessionID === 'string' ? told.data.sessionID : undefined;
}

/** Undefined before it has told its id, which stands in a path. Seen with 1.18.33. */
export function interruptOfOpencode(conversation: string): ServerReply | undefined {
  if (!/^ses_\w+$/u.test(conversation)) return undefined;
  return { path: `/session/${conversation}/abort`, body: {}, taken: 'true' };
}

/** A next try that is later than this is one to be named: a limit, not a hiccup. */
const LONG_MS = 60_000;

function retryWords({ at, retry }: Told): string {
  if (retry?.next === undefined || retry.next - at < LONG_MS) return 'no answer from the model, retrying';
  const said = retry.message === undefined ? '' : `: ${retry.message}`;
  return `no answer from the model before ${clockTime(retry.next, at)}${said}`;
}

/** `approve bash: touch a.txt`, or the question. */
export function wordsOfAsk({ name, data }: Pick<HookReport, 'name' | 'data'>): string {
  if (name === 'question.asked') {
    const [first] = (Array.isArray(data.questions) ? data.questions : []) as readonly { readonly question?: unknown }[];
    return firstLine(wordOf(first?.question) ?? '') ?? 'a question';
  }
  const patterns = (Array.isArray(data.patterns) ? data.patterns : []).flatMap(each => wordOf(each) ?? []).join(' ');
  return firstLine(`approve ${wordOf(data.permission) ?? 'a tool'}: ${patterns}`) ?? 'a permission';
}

/** Undefined: it was interrupted. */
function errorOf({ data }: HookReport): string | undefined {
  const { name, data: more } = (data.error ?? {}) as {
    readonly name?: unknown;
    readonly data?: { readonly message?: unknown };
  };
  if (name === 'MessageAbortedError') return undefined;
  return firstLine(wordOf(more?.message) ?? wordOf(name) ?? '') ?? 'an error';
}
