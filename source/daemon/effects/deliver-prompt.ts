import { agentOf } from '../../agents/index.ts';
import type { PromptDelivery } from '../../protocol/host.ts';
import type { Effect } from '../../session/effect.ts';
import { type Brain, sessionOf } from '../brain.ts';
import type { Outcome } from './outcome.ts';

type DeliverPrompt = Effect & { type: 'deliverPrompt' };

/** The host does the whole of it and remembers the operation: asked again after a crash, it answers and pastes nothing. */
export async function runDeliverPrompt(brain: Brain, effect: DeliverPrompt, signal: AbortSignal): Promise<Outcome> {
  const session = sessionOf(brain, effect.session);
  const link = session.host.state === 'none' ? undefined : brain.hosts.find(session.id, session.host.name);
  if (!link) return { later: 'its host is not connected' };
  const { input } = agentOf(session.agent.kind);
  const text = input.protect(effect.text);
  const delivery: PromptDelivery = {
    operation: effect.operation,
    by: effect.by,
    text,
    ...(input.ready ? { ready: input.ready } : {}),
    ...(input.empty ? { empty: input.empty } : {}),
    dialogs: input.dialogs,
    ...(input.seen ? { seen: input.seen(text) } : {}),
    bracketed: input.bracketed,
    enterAfterMs: input.enterAfterMs,
    timeoutMs: input.timeoutMs,
    enter: true,
  };
  const { operation } = effect;
  // A host of an older build, or one that has just gone, has nothing to say to it.
  const cancel = () => link.connection.request('prompt/cancel', { operation }).catch(() => {});
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const result = await link.connection.request('prompt/deliver', delivery);
    const seen = link.status.events.at(-1)?.n ?? 0;
    return { facts: [{ type: 'promptTried', prompt: effect.prompt, result, seen }] };
  } catch (thrown) {
    return { later: `its host does not answer: ${thrown instanceof Error ? thrown.message : String(thrown)}` };
  }
}
