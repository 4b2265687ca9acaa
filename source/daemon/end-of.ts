import type { ProgramExit } from '../protocol/host.ts';
import type { End, Session } from '../session/session.ts';

/** Why a program ended, as its host saw it. A signal that nobody here sent is a crash. */
export function endOf(session: Session, exit: ProgramExit): End {
  const name = session.agent.command?.[0] ?? session.agent.kind;
  const common = { at: exit.at, code: exit.code, signal: exit.signal };
  if (exit.signal !== undefined) {
    return { ...common, cause: 'crash', text: `${name} was ended by ${exit.signal}.` };
  }
  return { ...common, cause: 'exit', text: `${name} ended with code ${exit.code ?? 'unknown'}.` };
}
