import { STATUSES, type Status } from '../session/status.ts';

const ALL = Object.keys(STATUSES) as readonly Status[];

/** Where nothing goes on by itself: whoever waits need not wait longer. */
export const RESTING: readonly Status[] = ALL.filter(status => STATUSES[status].group !== 'working');

/**
 * Where an unattended run has come to an end, or can't go on without a person. `idle` and `unknown` are on the way; what was put away had
 * come to its end before.
 */
export const RUN_ENDS: readonly Status[] = RESTING.filter(
  status => status !== 'idle' && status !== 'unknown' && status !== 'snoozed',
);

/** `ready`, `needs-you`, …: how a status is written on a command line. */
export const STATUS_WORDS: readonly string[] = ALL.map(wordOf);

export function statusOfWord(word: string): Status | undefined {
  return ALL.find(status => status === word || wordOf(status) === word);
}

function wordOf(status: Status): string {
  return status.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
