/** Runs something once after so many milliseconds, unless the returned function is called before. Tests pass their own. */
export type SetDeadline = (ms: number, run: () => void) => () => void;

export const setDeadline: SetDeadline = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
