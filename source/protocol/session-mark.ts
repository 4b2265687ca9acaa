/**
 * How a program that a session has started tells the daemon whose it is. Both stand in its environment, and a `tutti` that finds them
 * there says them in its hello. The second is called neither token, secret nor key: agents take variables of such names away from their
 * tools, and a `tutti` without it would count as the person's.
 */
export interface SessionMark {
  /** The session's id. */
  readonly id: string;
  /** `<home>.<proof>`, made anew for each start of its agent (`daemon/session-pass.ts`). */
  readonly pass: string;
}

const ID = 'TUTTI_SESSION';
const PASS = 'TUTTI_PASS';

/** Never handed on to what is not the session's own: another session's agent, a shell tab, a daemon. */
export const MARK_VARIABLES: readonly string[] = [ID, PASS];

export function markVariables({ id, pass }: SessionMark): Readonly<Record<string, string>> {
  return { [ID]: id, [PASS]: pass };
}

/**
 * Undefined: the environment is no session's. What is there of a mark is said, also half of one: an agent's filter took the rest away, and
 * the daemon refuses it. Only a pass of a tutti that has its files elsewhere (`TUTTI_HOME`) is none here: its fleet is another.
 */
export function markIn(env: Readonly<Record<string, string | undefined>>, home: string): SessionMark | undefined {
  const { [ID]: id = '', [PASS]: pass = '' } = env;
  if (id === '' && pass === '') return undefined;
  return pass === '' || homeOfPass(pass) === home ? { id, pass } : undefined;
}

/** Names the tutti that a pass is of. */
function homeOfPass(pass: string): string {
  return pass.slice(0, pass.lastIndexOf('.'));
}

export function withoutMark<Value>(env: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !MARK_VARIABLES.includes(name)));
}
