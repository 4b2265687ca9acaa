import { GROUPS, type Group, STATUSES, type Status } from './status.ts';

interface Row {
  readonly session: { readonly id: string };
  readonly status: Status;
  readonly since: number;
}

/** Sessions under their headings, in the order of the list: inside a group the longest waiting first. Empty groups are left out. */
export function groupRows<T extends Row>(
  rows: readonly T[],
): readonly { readonly group: Group; readonly heading: string; readonly rows: readonly T[] }[] {
  return GROUPS.map(({ group, heading }) => ({
    group,
    heading,
    rows: rows.filter(row => STATUSES[row.status].group === group).toSorted(byWaiting),
  })).filter(entry => entry.rows.length > 0);
}

/** How many sessions have each status. Older daemons know of none that was put away. */
export type Counts = Readonly<Record<Exclude<Status, 'snoozed'>, number>> & { readonly snoozed?: number };

export function countStatuses(rows: readonly Pick<Row, 'status'>[]): Readonly<Record<Status, number>> {
  const counts = Object.fromEntries(Object.keys(STATUSES).map(status => [status, 0])) as Record<Status, number>;
  for (const row of rows) counts[row.status] += 1;
  return counts;
}

/** Ids are ordered by time, so they settle what began in the same moment. */
function byWaiting(a: Row, b: Row): number {
  return a.since - b.since || (a.session.id < b.session.id ? -1 : 1);
}
