import { isAlike } from '../../session/alike.ts';
import { type Other, wantedAlike } from '../store/alike.ts';
import type { World } from './performer.ts';

/** Reads who else asks what the inbox shows, whenever that or they have changed. Returns what ends it. */
export function keepAlike({ store, client }: Pick<World, 'store' | 'client'>): () => void {
  let asking: string | undefined;
  const look = () => {
    const wanted = wantedAlike(store.get());
    if (!wanted || wanted.key === asking) return;
    const { key, question, sessions } = wanted;
    asking = key;
    const read = async (session: string): Promise<readonly Other[]> => {
      const found = await client.request('question/read', { session });
      return found.question && isAlike(question, found.question) ? [{ session, question: found.question }] : [];
    };
    // Whose screen can't be read is answered by itself.
    void Promise.all(sessions.map(session => read(session).catch(() => []))).then(others => {
      if (asking === key) asking = undefined;
      store.dispatch({ type: 'alikeRead', alike: { key, others: others.flat(), at: undefined } });
    });
  };
  return store.subscribe(look);
}
