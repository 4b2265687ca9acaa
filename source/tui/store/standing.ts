import type { SessionView } from '../../protocol/daemon.ts';
import { GROUPS, STATUSES, type Status } from '../../session/status.ts';
import type { State } from './state.ts';

/** Where a row stands in the list, when that is not where its session's status would put it. */
export interface Standing {
  readonly id: string;
  readonly status: Status;
  readonly since: number;
}

/**
 * As what the selected row stands from now on. Who is in the list on a row that needs him, or is ready, keeps it under his
 * cursor when it is answered, seen or merged; it finds its place when he moves on. What becomes more urgent rises at once.
 */
export function standingOf(state: State): Standing | undefined {
  const { selected, standing, view } = state;
  const now = selected === undefined ? undefined : state.sessions.get(selected);
  if (!now || view !== 'list') return undefined;
  if (standing && isHeld(standing, now)) return standing;
  const { status, since } = now;
  return standing && standing.id === selected && standing.status === status && standing.since === since
    ? standing
    : { id: now.session.id, status, since };
}

/** What orders its row: without others there is no order to keep. */
export function stoodRow(view: SessionView, { standing, sessions }: Pick<State, 'standing' | 'sessions'>) {
  const held = standing && sessions.size > 1 && isHeld(standing, view);
  const { status, since } = held ? standing : view;
  return { session: view.session, status, since };
}

function isHeld(standing: Standing, view: SessionView): boolean {
  const stood = rank(standing.status);
  return standing.id === view.session.id && stood <= READY && rank(view.status) >= stood;
}

function rank(status: Status): number {
  return GROUPS.findIndex(({ group }) => group === STATUSES[status].group);
}

const READY = rank('ready');
