import type { SessionView } from '../../protocol/daemon.ts';
import { plainLines } from '../../text/plain.ts';
import { paneHeight } from './list-rows.ts';
import { selectedView, shownPane } from './select.ts';
import type { State } from './state.ts';

/** What the last check printed, as rows. */
export function checkRows({ session: { run } }: SessionView): readonly string[] {
  return run?.lastCheck?.output.flatMap(line => plainLines(line)) ?? [];
}

/** The verdict and a blank row stand above the output. */
export const CHECK_HEAD = 2;

/** The check is over and its output is drawn by us: nobody else scrolls it. */
export function showsCheckOutput(state: State): boolean {
  return state.tab === 'check' && !shownPane(state)?.running;
}

/** Rows of its output that lie above what is seen at its end. */
export function checkRowsAbove(state: State): number {
  const view = selectedView(state);
  return view ? Math.max(0, checkRows(view).length - (paneHeight(state) - CHECK_HEAD)) : 0;
}
