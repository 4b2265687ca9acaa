import { plain } from '../../text/plain.ts';
import type { Act } from '../keymap/act.ts';
import type { Bound } from '../store/form.ts';
import { readHere } from '../store/inbox.ts';
import { offerRule } from './offer-rule.ts';
import { nameOf, say, type World } from './performer.ts';

/** Gives the same answer to all that were shown to ask the same; each is read again by itself. Then the next one that waits is shown. */
export async function answerAll(world: World, { asks, choice }: Extract<Act, { type: 'answerAll' }>): Promise<void> {
  const { store } = world;
  const [first] = asks;
  const shown = readHere(store.get())?.question;
  // It has changed since the key.
  if (!first || !shown || shown.id !== first.question) return;
  store.dispatch({ type: 'answerSent' });
  const refused = await answerEach(world, asks, { choice });
  const more = refused.has(first.session) ? '' : offerRule(world, first.session, shown, choice);
  tell(world, { asks, refused, did: 'Answered', more });
  const { overlay, selected } = store.get();
  if (overlay?.kind !== 'inbox' || selected !== first.session) return;
  store.dispatch(refused.has(first.session) ? { type: 'answerRefused' } : { type: 'answered', session: first.session });
}

/** Those that refused it, each with its reason. */
export async function answerEach(
  { client, store }: World,
  asks: readonly Bound[],
  answer: { readonly choice: string; readonly reason?: string },
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  const one = async ({ session, question }: Bound) => {
    try {
      const asked = { operation: client.operation(), session, question, byKey: true as const, ...answer };
      const { view } = await client.request('question/answer', asked);
      store.dispatch({ type: 'sessionChanged', view });
    } catch (thrown) {
      refused.set(session, thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
  await Promise.all(asks.map(one));
  return refused;
}

interface Outcome {
  readonly asks: readonly Bound[];
  readonly refused: ReadonlyMap<string, string>;
  readonly did: 'Answered' | 'Denied';
  readonly more?: string;
}

/** `Answered 3.`, or `Answered 2, one refused it ("Drum"): Its question has changed.` */
export function tell(world: World, { asks, refused, did, more = '' }: Outcome): void {
  const taken = asks.length - refused.size;
  const done = `${did} ${taken === 0 ? 'none' : taken}`;
  if (refused.size === 0) {
    say(world, 'info', `${done}${more === '' ? '.' : more}`);
    return;
  }
  const names = [...refused.keys()].map(session => nameOf(world.store.get(), session)).join(', ');
  const [why = ''] = refused.values();
  say(world, 'failure', `${done}, ${refused.size === 1 ? 'one' : refused.size} refused it (${names}): ${plain(why)}`);
}
