import type { AgentQuestion } from '../../session/agent-question.ts';
import { wantedQuestion } from '../store/inbox.ts';
import type { World } from './performer.ts';

/** Reads what the selected agent asks whenever the inbox shows it and something about it has moved. Returns what ends it. */
export function keepQuestion({ store, client }: Pick<World, 'store' | 'client'>): () => void {
  let asking: string | undefined;
  const look = () => {
    const wanted = wantedQuestion(store.get());
    if (!wanted || wanted.key === asking) return;
    const { session, key, asks } = wanted;
    const told = (question: AgentQuestion | undefined, trouble: string | undefined) => {
      if (asking === key) asking = undefined;
      store.dispatch({ type: 'questionRead', key, question, trouble, at: undefined });
    };
    if (!asks) return told(undefined, undefined);
    asking = key;
    client.request('question/read', { session }).then(
      ({ question }) => told(question ?? undefined, undefined),
      (thrown: unknown) => told(undefined, thrown instanceof Error ? thrown.message : String(thrown)),
    );
  };
  return store.subscribe(look);
}
