import { agentFor } from '../../agents/described.ts';
import type { PromptDelivery } from '../../protocol/host.ts';
import { TuttiError, toTuttiError } from '../../protocol/rpc.ts';
import type { Effect } from '../../session/effect.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { ANSWER_MS } from '../hosts.ts';
import type { Outcome } from './outcome.ts';

/** A delivery waits for its pane to be ready, to take the paste, to show it. */
const MOST_WAITS = 4;

type DeliverPrompt = Effect & { type: 'deliverPrompt' };

/** What ends a delivery early: nobody wants it any more, or it is to wait in the outbox again. */
interface DeliveryEnd {
  readonly withdrawn: AbortSignal;
  readonly putBack: AbortSignal;
}

/** The host does the whole of it and remembers the operation: asked again after a crash, it answers and pastes nothing. */
export async function runDeliverPrompt(brain: Brain, effect: DeliverPrompt, end: DeliveryEnd): Promise<Outcome> {
  // The host has not heard of it yet, so it could not be told there.
  if (end.withdrawn.aborted || end.putBack.aborted) return { facts: [] };
  const session = sessionOf(brain, effect.session);
  const link = session.host.state === 'none' ? undefined : brain.hosts.find(session.id, session.host.name);
  if (!link) return { later: 'its host is not connected' };
  const { input } = agentFor(session.agent);
  const text = input.protect(effect.text);
  const delivery: PromptDelivery = {
    operation: effect.operation,
    // A host knows two: who may type while a person has the keys, and who may not.
    by: effect.by === 'person' ? 'person' : 'automation',
    text,
    ...(input.ready ? { ready: input.ready } : {}),
    ...(input.empty ? { empty: input.empty } : {}),
    dialogs: input.dialogs,
    ...(input.calmMs === undefined ? {} : { calmMs: input.calmMs }),
    ...(input.seen ? { seen: input.seen(text) } : {}),
    bracketed: input.bracketed,
    enterAfterMs: input.enterAfterMs,
    timeoutMs: input.timeoutMs,
    enter: true,
  };
  const { operation } = effect;
  // A host of an older build, or one that has just gone, has nothing to say to it.
  const ask = (method: 'prompt/cancel' | 'prompt/putBack') => () =>
    link.connection.request(method, { operation }).catch(() => {});
  end.withdrawn.addEventListener('abort', ask('prompt/cancel'), { once: true });
  end.putBack.addEventListener('abort', ask('prompt/putBack'), { once: true });
  try {
    const result = await link.connection.request('prompt/deliver', delivery, MOST_WAITS * input.timeoutMs + ANSWER_MS);
    const seen = link.status.events.at(-1)?.n ?? 0;
    return { facts: [{ type: 'promptTried', prompt: effect.prompt, result, seen }] };
  } catch (thrown) {
    const { kind, message } = toTuttiError(thrown);
    // It went away, or is stopped: asked again under the same name, it or the next daemon's look at it tells what came of it.
    if (kind === 'unavailable' || kind === 'cancelled') return { later: `its host does not answer: ${message}` };
    throw new TuttiError(kind, `Could not send the prompt: ${message}`, { cause: thrown });
  }
}
