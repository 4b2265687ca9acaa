import type { DaemonRequests } from '../protocol/daemon.ts';
import type { Session } from './session.ts';

/** What a user can grant a session beyond what each may: to read others, to send them prompts, to start some, to end some. */
export const GRANTS = ['read', 'write', 'spawn', 'end'] as const;

export type Grant = (typeof GRANTS)[number];

/**
 * What a request needs when a session makes it, not the person. `free` tells nothing of any session; `fleet` tells of those that the
 * session may read; `own` is about itself. `read` is free for itself and for what it has started; `person` can't be granted.
 */
export type Need = 'free' | 'fleet' | 'own' | Grant | 'person';

export type Asked = Exclude<keyof DaemonRequests, 'client/hello'>;

/** The one table of rights: each request with what it needs, and what it does in words for a refusal. */
export const NEEDS: Readonly<Record<Asked, readonly [need: Need, act: string]>> = {
  'client/offer': ['person', 'give its environment to starts'],
  'client/active': ['person', 'say that the user is there'],
  'daemon/status': ['free', 'look at the daemon'],
  'daemon/stop': ['person', 'stop the daemon'],
  'fleet/watch': ['fleet', 'watch the fleet'],
  'fleet/list': ['fleet', 'list the fleet'],
  'agent/list': ['spawn', 'start sessions'],
  'repository/describe': ['spawn', 'start sessions'],
  'repository/begin': ['person', 'begin a repository'],
  'session/create': ['spawn', 'start sessions'],
  'session/show': ['read', 'read others'],
  'session/rename': ['person', 'rename sessions'],
  'session/kill': ['end', 'end sessions'],
  'session/pause': ['end', 'end sessions'],
  // With the environment of whoever asks: what it put on the PATH would run with the rights of the other.
  'session/resume': ['person', 'resume sessions'],
  'session/restart': ['person', 'restart agents'],
  'session/undo': ['person', 'undo'],
  'session/ask': ['own', 'ask the user'],
  'session/report': ['own', 'say what it does'],
  'session/allow': ['person', 'grant rights'],
  'session/why': ['read', 'read others'],
  // It writes files.
  'session/wrong': ['person', 'keep reports'],
  'session/history': ['read', 'read others'],
  'history/search': ['fleet', 'search the fleet'],
  // Conversations of the user that tutti had no part in.
  'conversation/list': ['person', "read the user's own conversations"],
  'conversation/read': ['person', "read the user's own conversations"],
  'usage/list': ['fleet', 'count what the fleet used'],
  'session/diff': ['read', 'read others'],
  'session/see': ['person', 'say that the user has looked'],
  'session/unsee': ['person', 'mark sessions as unread'],
  'session/snooze': ['person', 'put away what waits for the user'],
  'session/wake': ['person', 'bring back what the user has put away'],
  'session/wait': ['read', 'read others'],
  // A shell is the person's own terminal, without the mark of a session.
  'shell/open': ['person', 'open shells'],
  'prompt/send': ['write', 'send prompts'],
  'prompt/withdraw': ['person', 'withdraw prompts'],
  'file/find': ['read', 'read others'],
  'question/read': ['read', 'read others'],
  'question/answer': ['person', 'answer what agents ask'],
  'rule/list': ['person', 'read what may run unasked'],
  'rule/add': ['person', 'make rules for what may run unasked'],
  'rule/remove': ['person', 'take such rules away'],
  'run/start': ['person', 'let sessions go'],
  'run/giveBack': ['person', 'give sessions back'],
  'run/takeOver': ['person', 'take sessions over'],
  'run/sendBack': ['person', 'send sessions back'],
  'branch/commit': ['person', 'commit by tutti'],
  'branch/push': ['person', 'push'],
  'branch/merge': ['person', 'merge'],
};

/** What a session may beyond its own: what was granted to it, and what the settings grant to all, which for one that a session has started is no more than that one has. */
export function grantsOf(
  session: Session,
  facts: { readonly forAll: readonly Grant[]; readonly find: (id: string) => Session | undefined },
): readonly Grant[] {
  const { grants = [], parent } = session;
  const starter = parent === undefined ? undefined : facts.find(parent);
  const limit = parent === undefined ? GRANTS : starter ? grantsOf(starter, facts) : [];
  return GRANTS.filter(grant => grants.includes(grant) || (facts.forAll.includes(grant) && limit.includes(grant)));
}

/** Reads a session: itself, what it has started, or any with the grant. */
export function mayRead(
  { id, grants }: { readonly id: string; readonly grants: readonly Grant[] },
  target: Pick<Session, 'id' | 'parent'>,
): boolean {
  return target.id === id || target.parent === id || grants.includes('read');
}

/** Why a session may not do what it asks for, as a sentence for it; undefined: it may. */
export function refusalOfRight(
  asked: Asked,
  asker: { readonly id: string; readonly title: string; readonly grants: readonly Grant[] },
  target: Pick<Session, 'id' | 'parent'> | undefined,
): string | undefined {
  const [need, act] = NEEDS[asked];
  const who = `The session "${asker.title}" may not ${act}`;
  switch (need) {
    case 'free':
    case 'fleet':
    case 'own':
      return undefined;
    case 'person':
      return `${who}: only the user does that, in a terminal of his own. Tell him what you would do.`;
    case 'read':
      if (target && mayRead(asker, target)) return undefined;
      return notGranted(who, need, asker.id);
    case 'write':
    case 'spawn':
    case 'end':
      return asker.grants.includes(need) ? undefined : notGranted(who, need, asker.id);
    default:
      return need satisfies never;
  }
}

function notGranted(who: string, need: Grant, id: string): string {
  return `${who}: the user has not granted it. He does, if he wants to, by: tutti allow ${id} ${need}`;
}
