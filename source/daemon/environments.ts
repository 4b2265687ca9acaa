import { childEnvironment } from '../agents/environment.ts';
import { ANSWER_MS, type Hosts } from './hosts.ts';

/** What a start needs of the client that asked for it. Held in memory only: values of an environment are never stored. */
export interface StartSeat {
  readonly env: Readonly<Record<string, string>>;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
}

export interface EnvironmentsOptions {
  readonly onWanted: () => void;
  /** The mark of a session, for what runs in its name. */
  readonly mark: (session: string, host: string) => Readonly<Record<string, string>>;
}

/**
 * Environments of clients, each for the session that it was given for. After a crash of the daemon they are gone: a start that
 * is still to be done then takes that of the next client that comes (`client/offer`), never the daemon's own.
 */
export class Environments {
  readonly #seats = new Map<string, StartSeat>();
  readonly #options: EnvironmentsOptions;
  #isWanted = false;
  #offered: Readonly<Record<string, string>> | undefined;

  constructor(options: EnvironmentsOptions) {
    this.#options = options;
  }

  give(session: string, seat: StartSeat): void {
    this.#seats.set(session, seat);
  }

  /** For an act in a person's name: the size that a start is to have stays. */
  renew(session: string, env: Readonly<Record<string, string>>): void {
    const { columns, rows } = this.#seats.get(session) ?? {};
    this.#seats.set(session, { env, columns, rows });
  }

  /** A start waits for one. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  /** A client's own environment, for starts whose client is not known any more. */
  offer(env: Readonly<Record<string, string>>): void {
    this.#offered = env;
    this.#isWanted = false;
  }

  /** Of the client that asked for something last in this session, else the newest client's; undefined where none has come. */
  ofPerson(session: string): Readonly<Record<string, string>> | undefined {
    return this.#seats.get(session)?.env ?? this.#offered;
  }

  /** Undefined: no client has given one yet; whoever is connected is asked. */
  seatOf(session: string): StartSeat | undefined {
    const own = this.#seats.get(session);
    if (own) return own;
    if (this.#offered) return { env: this.#offered, columns: undefined, rows: undefined };
    this.#isWanted = true;
    this.#options.onWanted();
    return undefined;
  }

  forget(session: string): void {
    this.#seats.delete(session);
  }

  /** For what an agent starts: that of the person who started the agent, not what the agent has made of its own. */
  async ofStarter(session: string, agent: string, hosts: Hosts): Promise<Readonly<Record<string, string>> | undefined> {
    return this.#seats.get(session)?.env ?? (await this.ofAgent(session, agent, hosts));
  }

  /**
   * For what runs beside the agent: the agent's own, which its host still has; else that of a client. With the session's mark: a check or
   * a hook is code of the worktree, which the agent may have written, and has no more rights than the agent.
   */
  async ofAgent(session: string, agent: string, hosts: Hosts): Promise<Readonly<Record<string, string>> | undefined> {
    const link = hosts.find(session, agent);
    if (link) {
      try {
        return await link.connection.request('program/environment', null, ANSWER_MS);
      } catch {
        // An older host does not know it, a stopped one says nothing.
      }
    }
    const seat = this.seatOf(session);
    return seat && childEnvironment({ client: seat.env, unset: [], set: this.#options.mark(session, agent) });
  }
}
