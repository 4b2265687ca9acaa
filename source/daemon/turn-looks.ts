import type { Session } from '../session/session.ts';

/** What a worktree is like when a turn is over. */
export interface Look {
  /** Whether it differs from its base. */
  readonly changed: boolean;
  /** Its files as a git tree, where a check comes next. */
  readonly tree: string | undefined;
}

export interface TurnLooksOptions {
  readonly look: (session: Session) => Promise<Look>;
  readonly onLooked: (session: string) => void;
}

/** What was seen of the worktrees of runs, each looked at once when a turn is over. */
export class TurnLooks {
  readonly #options: TurnLooksOptions;
  readonly #looked = new Map<string, { readonly since: number; readonly found: Look | undefined }>();

  constructor(options: TurnLooksOptions) {
    this.#options = options;
  }

  /** Undefined: not looked at since this turn began. */
  found({ id, run }: Session): Look | undefined {
    if (run?.stage.name !== 'working') return undefined;
    const looked = this.#looked.get(id);
    return looked?.since === run.stage.since ? looked.found : undefined;
  }

  look(session: Session): void {
    const { id, run } = session;
    if (run?.stage.name !== 'working') return;
    const { since } = run.stage;
    if (this.#looked.get(id)?.since === since) return;
    this.#looked.set(id, { since, found: undefined });
    this.#options
      .look(session)
      // What can't be looked at is taken for changed: the check and the commit will say what is wrong.
      .catch((): Look => ({ changed: true, tree: undefined }))
      .then(found => {
        if (this.#looked.get(id)?.since !== since) return;
        this.#looked.set(id, { since, found });
        this.#options.onLooked(id);
      });
  }

  forget(session: string): void {
    this.#looked.delete(session);
  }
}
