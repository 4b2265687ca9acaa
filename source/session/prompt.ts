/**
 * Who wrote a prompt. `person`: it may go while a person has the keys. A run's own prompts are `automation`; `session` is another
 * session's agent: what it sends is typed like a run's, and is no word of the user.
 */
export type Sender = 'person' | 'session' | 'automation';

/** A prompt in a session's outbox. Delivered, not typed and hoped for: each step is seen before the next. */
export interface Prompt {
  /** 10 characters of base32, as a session's. */
  readonly id: string;
  readonly text: string;
  readonly at: number;
  readonly by: Sender;
  /** The first prompt went with the program's arguments. */
  readonly way: 'argv' | 'typed';
  readonly state: /** Waits for the agent to be ready. */
    | 'queued'
    | 'submitted'
    /** The agent said that a turn began: the receipt. */
    | 'begun'
    | 'undelivered'
    | 'withdrawn';
  readonly stateAt: number;
  /** Why it is undelivered, for people. */
  readonly why: string | undefined;
  /** Deliveries tried so far; the host's operation is `<id>/<attempts>`, so a delivery found done is not done again. */
  readonly attempts: number;
  /** How many of them the daemon itself gave up before the paste: they say nothing of the pane, and do not count against it. */
  readonly putBack?: number;
  /** The host's newest event when a delivery was last put off: tried again only after something newer. */
  readonly putOffAt: number | undefined;
}
