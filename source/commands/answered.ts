import type { DaemonRequests } from '../protocol/daemon.ts';
import { plain } from '../text/plain.ts';
import { nameOf } from './session-row.ts';

/** `answered 7k2m "Fix the cart": 1 Yes`, and what follows from it. */
export function answered(
  { view, choice }: DaemonRequests['question/answer']['result'],
  reason: string | undefined,
): string {
  const more = choice.opens ? '. It waits for words now: tutti attach' : '';
  const why = reason === undefined ? '' : '. Its agent is told why';
  return `answered ${nameOf(view)}: ${choice.key} ${plain(choice.label)}${more}${why}`;
}
