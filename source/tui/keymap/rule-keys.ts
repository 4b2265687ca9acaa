import { checkRule } from '../../session/allow-rule.ts';
import { chosenOf, type Form, type Purpose, textOf } from '../store/form.ts';
import { ruleForm } from '../store/rule-form.ts';
import type { State } from '../store/state.ts';
import type { Act } from './act.ts';
import { type Command, FLEET, type Intent, said } from './command.ts';
import { key, type OverlayKey } from './overlay-key.ts';
import { open } from './selected-session.ts';

/** Rules of what was allowed, in the list and in the inbox. */
export const RULE_COMMAND: Command = {
  id: 'rule',
  title: 'Make a rule of the command that you have allowed last',
  short: 'rule',
  keys: ['Y'],
  chapter: 'Sessions',
  places: FLEET,
  footer: state => (allowedView(state) ? 13 : undefined),
  disabledReason: state => (allowedView(state) ? undefined : NOTHING),
  run: state => formOf(state, 'list'),
};

const NOTHING = 'no command was allowed here by an answer yet';

export function ruleKeyOfInbox(): OverlayKey {
  return key(['Y'], undefined, state =>
    allowedView(state) ? formOf(state, 'inbox') : said(state, `There is nothing to make a rule of: ${NOTHING}.`),
  );
}

/** What the form says, or the one sentence about what is missing. */
export function ruleOf(form: Form, { session, from }: Extract<Purpose, { name: 'rule' }>): Act | string {
  const match = chosenOf(form, 'match') === 'beginning' ? 'beginning' : 'exact';
  const checked = checkRule(textOf(form, 'command'), match);
  if ('problem' in checked) return checked.problem;
  const where = WHERE.find(each => each === chosenOf(form, 'where')) ?? 'session';
  const agent = chosenOf(form, 'whose') || null;
  return { type: 'makeRule', session, command: checked.command, match, where, agent, from };
}

const WHERE = ['session', 'repository', 'everywhere'] as const;

function allowedView({ allowed, sessions }: State) {
  return allowed && sessions.get(allowed.session);
}

function formOf(state: State, from: 'inbox' | 'list'): Intent {
  const view = allowedView(state);
  if (!view || !state.allowed) return {};
  return open({ kind: 'form', form: ruleForm(view.session, state.allowed.command, from) });
}
