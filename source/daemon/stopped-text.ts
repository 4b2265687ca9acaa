import type { Effect, EffectType } from '../session/effect.ts';
import type { Session } from '../session/session.ts';

/** What people call the effects that may be stopped. */
const WORDS: Readonly<Partial<Record<EffectType, string>>> = {
  addWorktree: 'making',
  commitRun: 'commit',
  commitAll: 'commit',
  push: 'push',
  merge: 'merge',
};

/** Nobody wanted an effect any more; it may have been done in the same moment. */
export function stoppedText(
  { type, session: id }: Effect,
  { session, isDone }: { readonly session: Session | undefined; readonly isDone: boolean },
): string {
  const how = isDone ? 'was done before it could be ended' : 'was ended with its hooks, before it was done';
  return `The ${WORDS[type] ?? type} of "${session?.title ?? id}" ${how}.`;
}
