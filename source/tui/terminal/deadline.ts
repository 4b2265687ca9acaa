/** Runs something once after so many milliseconds, unless the returned function is called before. Tests pass their own. */
export type SetDeadline = (ms: number, run: () => void) => () => void;

/** A moment that has just passed is as good as now: Node would warn of a negative time. */
export const setDeadline: SetDeadline = (ms, run) => {
  const timer = setTimeout(run, Math.max(0, ms));
  return () => clearTimeout(timer);
};
