import type { ErrorKind } from './rpc.ts';

/** Exit codes of every command, in one place. 130 is set by an interrupt, not by an error. */
export const EXIT_CODES: Readonly<Record<ErrorKind, number>> = {
  failed: 1,
  bug: 1,
  unavailable: 1,
  usage: 2,
  notFound: 3,
  conflict: 4,
  notSupported: 5,
  cancelled: 130,
};
