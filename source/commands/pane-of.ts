import type { Pane, SessionView } from '../protocol/daemon.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { nameOf } from './session-row.ts';

/** The pane of this name, else the newest one of the agent. */
export function paneOf(view: SessionView, name: string | undefined): Pane {
  const agents = view.panes.filter(pane => pane.role === 'agent');
  const pane =
    name === undefined
      ? (agents.findLast(each => each.running) ?? agents.at(-1))
      : view.panes.find(each => each.name === name);
  if (pane) return pane;
  if (name === undefined || view.panes.length === 0)
    throw new TuttiError('notFound', `${nameOf(view)} has no terminal now; tutti why says what became of it.`);
  throw new TuttiError(
    'notFound',
    `${nameOf(view)} has no pane ${name}; it has ${view.panes.map(each => each.name).join(', ')}.`,
  );
}
