import { operationOf } from '../session/effect.ts';
import type { SessionFact } from '../session/event.ts';
import type { Session } from '../session/session.ts';
import { readEntered } from '../system/bundle.ts';
import { hostBundle } from '../system/paths.ts';
import type { Brain } from './brain.ts';

/**
 * A prompt that a host sent before it died with its answer and its events. Noted before the end, so that the next host does not
 * send it again: it counts as undelivered, and a person decides.
 */
export function enteredFacts(brain: Pick<Brain, 'paths'>, session: Session, name: string): readonly SessionFact[] {
  const entered = readEntered(hostBundle(brain.paths, session.id, name));
  const open = session.outbox.filter(({ state }) => state === 'queued' || state === 'withdrawn');
  const prompt = open.find(other => operationOf(other) === entered?.operation);
  if (!entered || !prompt) return [];
  const result = { outcome: 'submitted', at: entered.at } as const;
  return [{ type: 'promptTried', prompt: prompt.id, result, seen: 0 }];
}
