import type { LimitPlan } from '../pipeline/run.ts';
import type { Session } from '../session/session.ts';

/** What a worktree is like when a turn is over. */
export interface Look {
  /** Whether it differs from its base. */
  readonly changed: boolean;
  /** Its files as a git tree, where a check comes next. */
  readonly tree: string | undefined;
  /** The turn failed at a limit of the account: what is to be done then. */
  readonly limit?: LimitPlan | undefined;
}

export interface TurnLooksOptions {
  readonly look: (session: Session) => Promise<Look>;
  readonly onLooked: (session: string) => void;
}

/** What was seen of the worktrees of runs, each looked at once when a turn is over. */
export class TurnLooks {
  readonly #options: TurnLooksOptions;
  readonly #looked = new Map<string, { readonly part: string; readonly found: Look | undefined }>();

  constructor(options: TurnLooksOptions) {
    this.#options = options;
  }

  /** Undefined: not looked at since this turn began. */
  found({ id, run }: Session): Look | undefined {
    const part = partOf(run);
    const looked = this.#looked.get(id);
    return part !== undefined && looked?.part === part ? looked.found : undefined;
  }

  look(session: Session): void {
    const { id, run } = session;
    const part = partOf(run);
    if (part === undefined || this.#looked.get(id)?.part === part) return;
    this.#looked.set(id, { part, found: undefined });
    this.#options
      .look(session)
      // What can't be looked at is taken for changed: the check and the commit will say what is wrong.
      .catch((): Look => ({ changed: true, tree: undefined }))
      .then(found => {
        if (this.#looked.get(id)?.part !== part) return;
        this.#looked.set(id, { part, found });
        this.#options.onLooked(id);
      });
  }

  forget(session: string): void {
    this.#looked.delete(session);
  }
}

/** Names a turn as far as it went without a halt: one that goes on by itself after a limit ends a second time. */
function partOf(run: Session['run']): string | undefined {
  return run?.stage.name === 'working' ? `${run.stage.since}/${run.heldMs}` : undefined;
}
