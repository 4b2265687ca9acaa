/** One OSC 7501 report (Program Status Protocol 0.4), checked whole before anything changes. */
export interface StatusReport {
  readonly state: 'idle' | 'working' | 'done' | 'blocked' | 'error' | 'clear';
  /** '' is the root record. */
  readonly id: string;
  readonly kind?: 'permission' | 'question' | 'auth';
  /** 0–100. */
  readonly progress?: number;
  readonly app?: string;
  readonly title?: string;
  readonly message?: string;
}

/** A report as the host keeps it: one for each id, replaced whole. */
export interface StatusRecord extends StatusReport {
  /** Milliseconds since the epoch, the host's clock. */
  readonly at: number;
}
