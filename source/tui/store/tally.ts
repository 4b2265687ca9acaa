import { type Counts, countStatuses } from '../../session/order.ts';
import type { Status } from '../../session/status.ts';
import { isListed } from './sections.ts';
import type { State } from './state.ts';

/** How many sessions have which status: in what is listed (this repository, or all), and in other repositories. */
export interface Tally {
  readonly here: Counts;
  readonly elsewhere: Counts;
}

/** Undefined until the fleet is known. A filter hides rows, it counts for nothing here. */
export function tallyOf({ counts, sessions, scope }: State): Tally | undefined {
  if (!counts) return undefined;
  // All are listed: the daemon's word counts.
  if (scope === 'all') return { here: counts, elsewhere: countStatuses([]) };
  const here = countStatuses([...sessions.values()].filter(isListed));
  const rest = Object.entries(counts).map(([status, all]) => [
    status,
    Math.max(0, all - (here[status as Status] ?? 0)),
  ]);
  return { here, elsewhere: Object.fromEntries(rest) };
}

export function sumOf(counts: Tally['here'], of?: readonly Status[]): number {
  return Object.entries(counts).reduce((sum, [status, n]) => (!of || of.includes(status as Status) ? sum + n : sum), 0);
}
