import type { Act } from '../keymap/act.ts';
import { readHere } from '../store/inbox.ts';
import { answerEach, tell } from './answer-all.ts';
import { offerRule } from './offer-rule.ts';
import { nameOf, say, type World } from './performer.ts';

/** Answers the question that is shown; then the next one that waits is shown, or its pane where words have to follow. */
export async function answer(world: World, act: Extract<Act, { type: 'answer' }>): Promise<void> {
  const { client, store } = world;
  const { session, question, choice, opens } = act;
  const shown = readHere(store.get())?.question;
  // It has changed since the key.
  if (shown?.id !== question) return;
  store.dispatch({ type: 'answerSent' });
  try {
    const operation = client.operation();
    const done = await client.request('question/answer', { operation, session, question, choice, byKey: true });
    store.dispatch({ type: 'sessionChanged', view: done.view });
    say(
      world,
      'info',
      `Answered ${nameOf(store.get(), session)}: ${done.choice.label}${offerRule(world, session, shown, choice)}`,
    );
  } catch (thrown) {
    store.dispatch({ type: 'answerRefused' });
    throw thrown;
  }
  // The user may have gone elsewhere meanwhile.
  const { overlay, selected } = store.get();
  if (overlay?.kind !== 'inbox' || selected !== session) return;
  if (opens) {
    store.dispatch({ type: 'overlayClosed' });
    store.dispatch({ type: 'viewChosen', view: 'pane' });
  } else {
    store.dispatch({ type: 'answered', session });
  }
}

/** Refuses what was shown when the reason was begun, with that reason; then the next one that waits is shown. */
export async function deny(world: World, act: Extract<Act, { type: 'deny' }>): Promise<void> {
  const { client, store } = world;
  const { session, question, choice, reason, others = [] } = act;
  const asked = { operation: client.operation(), session, question, choice, byKey: true as const, reason };
  const { view } = await client.request('question/answer', asked);
  store.dispatch({ type: 'sessionChanged', view });
  if (others.length === 0) say(world, 'info', `Denied ${nameOf(store.get(), session)}; its agent is told why.`);
  else {
    const refused = await answerEach(world, others, { choice, reason });
    tell(world, { asks: [{ session, question }, ...others], refused, did: 'Denied' });
  }
  // Who closed the form meanwhile is elsewhere.
  const { overlay } = store.get();
  if (overlay?.kind !== 'form' || overlay.form.purpose.name !== 'deny') return;
  store.dispatch({ type: 'formDone' });
  store.dispatch({ type: 'inboxOpened' });
  store.dispatch({ type: 'answered', session });
}
