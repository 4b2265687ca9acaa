import type { Run } from './run.ts';

/** Each check has a host of its own, so that its output stays. */
export function nextCheckHost({ checks }: Pick<Run, 'checks'>): string {
  return `check-${checks + 1}`;
}
