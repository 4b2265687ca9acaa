import type { SessionEvent } from './event.ts';
import { illegalFor } from './illegal-event.ts';
import { isEnding, isStartingLife } from './reduce-life.ts';
import type { HostFact, Session } from './session.ts';

type Part = Partial<
  Pick<
    Session,
    'agent' | 'host' | 'hosts' | 'end' | 'conversation' | 'conversationBegun' | 'earlier' | 'envNames' | 'records'
  >
>;

/** The agent's process: asked for, running, ended and why. A host is only ever started out of `starting`, so never twice. */
export function reduceHost(session: Session, event: SessionEvent): Part {
  switch (event.type) {
    case 'worktreeAdded':
      return startingNext(session, session.conversationBegun);
    case 'worktreeRestored':
      return session.kept?.hadHost ? startingNext(session, session.conversationBegun) : {};
    case 'resumeRequested':
    case 'undoRequested':
      return { ...nextConversation(session, event.conversation), envNames: event.envNames };
    case 'restartRequested': {
      if (session.life.name !== 'live' || !isDown(session.host)) {
        throw illegalFor(session, event, `its agent is ${session.host.state}`);
      }
      const next = nextConversation(session, event.conversation);
      return { ...next, ...startingNext(session, session.conversationBegun), envNames: event.envNames, end: undefined };
    }
    case 'profileChanged': {
      if (session.life.name !== 'live') throw illegalFor(session, event, `its life is ${session.life.name}`);
      const agent = { ...session.agent, profile: event.profile };
      return { agent, ...startingNext(session, session.conversationBegun), end: undefined };
    }
    case 'hostStarted':
      if (session.host.state !== 'starting' || session.host.name !== event.name) {
        throw illegalFor(session, event, `its agent is ${session.host.state}`);
      }
      return {
        host: { state: 'running', name: event.name, hostPid: event.hostPid, programPid: event.programPid },
        end: undefined,
        ...(event.records === undefined ? {} : { records: event.records }),
        ...(event.described === undefined ? {} : { agent: { ...session.agent, described: event.described } }),
      };
    case 'hostExited':
      if (!isNamed(session.host, event.name)) return {};
      return {
        host: { state: 'exited', name: event.name, code: event.end.code, signal: event.end.signal, at: event.end.at },
        end: isEnding(session.life) ? { ...event.end, cause: 'user', text: endedByUser(session) } : event.end,
      };
    case 'hostLost':
      if (!isNamed(session.host, event.name)) return {};
      if (isEnding(session.life)) return endedWithItsUser(session, session.host.name, event.at);
      return {
        host: { state: 'lost', name: event.name, at: event.at },
        end: { cause: event.cause, at: event.at, code: undefined, signal: undefined, text: lostText(event.cause) },
      };
    case 'hostsEnded':
      // The end may be known already; where it is not, the user's act is its cause.
      if (!isNamed(session.host)) return {};
      return endedWithItsUser(session, session.host.name, event.at);
    case 'effectFailed':
      if (session.host.state !== 'starting' || !(isStartingLife(session.life) || session.life.name === 'live'))
        return {};
      if (!event.effect.startsWith('startHost:')) return {};
      return {
        host: { state: 'exited', name: session.host.name, code: undefined, signal: undefined, at: event.at },
        end: { cause: 'start', at: event.at, code: undefined, signal: undefined, text: event.why },
      };
    case 'conversationReported':
      return {
        conversation: event.conversation,
        conversationBegun: event.begun,
        ...(event.forgets ? { forksLost: true } : {}),
        ...earlierBefore(session, event.conversation),
      };
    case 'turnBegun':
      return { conversationBegun: true };
    default:
      return {};
  }
}

export function isDown(host: HostFact): boolean {
  return host.state === 'exited' || host.state === 'lost' || host.state === 'none';
}

function startingNext(session: Session, resume: boolean): Part {
  const hosts = session.hosts + 1;
  return { hosts, host: { state: 'starting', name: `agent-${hosts}`, resume } };
}

/** A conversation that has begun is resumed; one that has not cannot be, and its id may be spent: it gets a fresh one. */
function nextConversation(session: Session, fresh: string): Part {
  return session.conversationBegun ? {} : { conversation: fresh };
}

/** The one that is left stays within reach, if a turn has begun in it; one that is gone back to is an earlier one no more. */
function earlierBefore({ conversation, conversationBegun, earlier = [], records }: Session, next: string): Part {
  if (next === conversation) return {};
  const others = earlier.filter(({ id }) => id !== next);
  const left = conversationBegun ? [{ id: conversation, ...(records === undefined ? {} : { records }) }] : [];
  const now = [...others, ...left];
  return now.length === 0 && earlier.length === 0 ? {} : { earlier: now };
}

function isNamed(host: HostFact, name?: string): host is Extract<HostFact, { state: 'running' | 'starting' }> {
  return (host.state === 'running' || host.state === 'starting') && (name === undefined || host.name === name);
}

function endedWithItsUser(session: Session, name: string, at: number): Part {
  return {
    host: { state: 'exited', name, code: undefined, signal: undefined, at },
    end: { cause: 'user', at, code: undefined, signal: undefined, text: endedByUser(session) },
  };
}

function endedByUser(session: Session): string {
  return session.life.name === 'pausing' ? 'It was paused.' : 'It was killed.';
}

function lostText(cause: 'crash' | 'reboot'): string {
  return cause === 'reboot' ? 'The machine was restarted.' : 'Its host ended without a word.';
}
