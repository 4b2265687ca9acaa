import type { HostStatus } from '../protocol/host.ts';
import type { AgentQuestion } from '../session/agent-question.ts';

/**
 * How a program is asked by its own server what waits for the user, and answered there: by the id that the server gave it, so that no answer
 * can reach another question, whatever the screen shows. Pure: its host does the asking.
 */
export interface ServerAsks {
  /** Paths under which lies what waits, each a list. */
  readonly pending: readonly string[];
  /** What the user is asked first, of the lists as they were read; undefined: nothing that these know of. */
  readonly asked: (lists: readonly unknown[], status: Pick<HostStatus, 'events'>) => AskedByServer | undefined;
}

export interface AskedByServer {
  /** The server's own. */
  readonly id: string;
  readonly question: Omit<AgentQuestion, 'id'>;
  /** What says a choice to the server, with the reason of a denial; undefined: no such choice. */
  readonly reply: (key: string, reason: string | undefined) => ServerReply | undefined;
}

/** What is told to the program's own server. */
export interface ServerReply {
  readonly path: string;
  readonly body: unknown;
  /** What it says, as text, where it has taken the answer. */
  readonly taken: string;
}
