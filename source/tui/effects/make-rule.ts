import { ruleWords } from '../../session/allow-rule.ts';
import { plain } from '../../text/plain.ts';
import type { Act } from '../keymap/act.ts';
import { say, type World } from './performer.ts';

/** Makes the rule that was asked for; who came from the inbox goes on there. */
export async function makeRule(world: World, act: Extract<Act, { type: 'makeRule' }>): Promise<void> {
  const { client, store } = world;
  const { session, command, match, where, agent, from } = act;
  const asked = { operation: client.operation(), session, command, match, where, agent };
  const { rule } = await client.request('rule/add', asked);
  store.dispatch({ type: 'commandAllowed', allowed: undefined });
  say(world, 'info', `May run unasked from now on: ${plain(ruleWords(rule))}. tutti rules lists and removes rules.`);
  // Who closed the form meanwhile is elsewhere.
  const { overlay } = store.get();
  if (from !== 'inbox' || overlay?.kind !== 'form' || overlay.form.purpose.name !== 'rule') return;
  store.dispatch({ type: 'formDone' });
  store.dispatch({ type: 'inboxOpened' });
}
