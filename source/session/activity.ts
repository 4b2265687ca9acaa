/** What the agent is doing now, by whose word, since when. Derived from its host's status; never stored as a fact of its own. */
export interface Activity {
  readonly state: 'busy' | 'waiting' | 'idle' | 'unknown';
  /** For `waiting`: what kind of answer it needs. */
  readonly kind: 'permission' | 'question' | 'auth' | 'plan' | undefined;
  /** For `idle`: the turn is over and the agent says so (`done`), it failed (`error`), or nothing of the kind. */
  readonly outcome: 'done' | 'error' | undefined;
  /** In the agent's own words, one line, untrusted. */
  readonly text: string | undefined;
  readonly since: number;
  readonly evidence: readonly Evidence[];
}

/** One source's claim. The first is the owner's; the others say something else, or nothing against it. */
export interface Evidence {
  readonly source:
    | 'osc7501'
    | 'hook'
    | 'server'
    | 'title'
    | 'bell'
    | 'screen'
    | 'output'
    | 'shell'
    | 'report'
    | 'ask'
    /** Nobody's word: tutti could not read what the program reported. */
    | 'tutti';
  readonly claim: string;
  readonly at: number;
  readonly agrees: boolean;
}
