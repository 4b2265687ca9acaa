/** A server of the program's own, on loopback, whose events its host follows. The password is never stored. */
export interface ProgramServer {
  /** `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Path that answers 200 when it is up. */
  readonly health: string;
  /** Path of its event stream. */
  readonly events: string;
  /** Types of events that are kept. */
  readonly wanted: readonly string[];
  /**
   * Paths of what is true now, by name. Where the stream breaks off while the program lives on, its host reports `server.lost`; once it is
   * back it reads these and reports them under their names, in one `server.found`.
   */
  readonly present?: Readonly<Record<string, string>>;
}

/** A person's answer to what waits on the program's own server (`ProgramServer`), which knows by the path what it is for. */
export interface ServerAnswer {
  /** The operation's id: a repeated one is answered with the first one's result. */
  readonly operation: string;
  readonly path: string;
  readonly body?: unknown;
  /** What it says, as text, where it has taken the answer: a server may say 200 to a path that it does not know. */
  readonly taken: string;
  /** So long it may take, milliseconds. */
  readonly timeoutMs: number;
}
