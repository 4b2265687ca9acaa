import type { Fleet, SessionView } from '../protocol/daemon.ts';
import { countStatuses } from '../session/order.ts';
import type { Status } from '../session/status.ts';

/** How many listed sessions have each status. A change of one looks at no other: making a view of each costs a hundred times more. */
export class StatusCounts {
  readonly #statuses = new Map<string, Status>();

  get counts(): Fleet['counts'] {
    return countStatuses([...this.#statuses.values()].map(status => ({ status })));
  }

  /** All that are listed, anew. */
  reset(views: readonly SessionView[]): void {
    this.#statuses.clear();
    for (const { session, status } of views) this.#statuses.set(session.id, status);
  }

  /** Undefined: it is not listed any more. */
  set(session: string, status: Status | undefined): void {
    if (status) this.#statuses.set(session, status);
    else this.#statuses.delete(session);
  }
}
