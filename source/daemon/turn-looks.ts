import type { Session } from '../session/session.ts';

export interface TurnLooksOptions {
  /** Whether a worktree differs from its base. */
  readonly look: (session: Session) => Promise<boolean>;
  readonly onLooked: (session: string) => void;
}

/** What was seen of the worktrees of runs, each looked at once when a turn is over. */
export class TurnLooks {
  readonly #options: TurnLooksOptions;
  readonly #looked = new Map<string, { readonly since: number; readonly changed: boolean | undefined }>();

  constructor(options: TurnLooksOptions) {
    this.#options = options;
  }

  /** Undefined: not looked at since this turn began. */
  changed({ id, run }: Session): boolean | undefined {
    if (run?.stage.name !== 'working') return undefined;
    const looked = this.#looked.get(id);
    return looked?.since === run.stage.since ? looked.changed : undefined;
  }

  look(session: Session): void {
    const { id, run } = session;
    if (run?.stage.name !== 'working') return;
    const { since } = run.stage;
    if (this.#looked.get(id)?.since === since) return;
    this.#looked.set(id, { since, changed: undefined });
    this.#options
      .look(session)
      // What can't be looked at is taken for changed: the check and the commit will say what is wrong.
      .catch(() => true)
      .then(changed => {
        if (this.#looked.get(id)?.since !== since) return;
        this.#looked.set(id, { since, changed });
        this.#options.onLooked(id);
      });
  }

  forget(session: string): void {
    this.#looked.delete(session);
  }
}
