/** A prompt in a session's outbox. Delivered, not typed and hoped for: each step is seen before the next. */
export interface Prompt {
  /** 10 characters of base32, as a session's. */
  readonly id: string;
  readonly text: string;
  readonly at: number;
  /** `person`: may go while a person holds the lease. A run's own prompts are `automation`. */
  readonly by: 'person' | 'automation';
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
  /** The host's newest event when a delivery was last put off: tried again only after something newer. */
  readonly putOffAt: number | undefined;
}
