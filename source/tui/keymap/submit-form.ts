import { agentNamed, choiceBy } from '../../session/agent-name.ts';
import { titleOfPrompt } from '../../session/title.ts';
import { chosenOf, type Form, textOf } from '../store/form.ts';
import { askedNow } from '../store/template.ts';
import type { Act } from './act.ts';
import type { Intent } from './command.ts';
import { ruleOf } from './rule-keys.ts';

/** Enter in a form: the act that it is for, or the one sentence about what is missing. */
export function submitForm(form: Form): Intent {
  if (form.sending) return {};
  const act = actOf(form);
  if (typeof act === 'string') return { actions: [{ type: 'formRefused', trouble: act }] };
  return { actions: [{ type: 'formSent' }], acts: [act] };
}

function actOf(form: Form): Act | string {
  const { purpose } = form;
  switch (purpose.name) {
    case 'newSession':
      return newSession(form);
    case 'prompt': {
      const text = textOf(form, 'prompt');
      const asked = askedNow(form);
      if (asked !== undefined) return `Put something in the place of ${asked}: tab goes there.`;
      return text === '' ? 'Type what to say to it first.' : { type: 'sendPrompt', sessions: purpose.sessions, text };
    }
    case 'sendBack': {
      const remark = textOf(form, 'prompt');
      return remark === '' ? 'Say what is to be changed.' : { type: 'sendBack', session: purpose.session, remark };
    }
    case 'deny': {
      const { session, question, choice, others } = purpose;
      const reason = textOf(form, 'prompt');
      return reason === ''
        ? 'Say why not, or what to do instead.'
        : { type: 'deny', session, question, choice, reason, others };
    }
    case 'rule':
      return ruleOf(form, purpose);
    case 'rename': {
      const title = textOf(form, 'title');
      return title === '' ? 'A session needs a title.' : { type: 'rename', session: purpose.session, title };
    }
    case 'letGo':
      return letGo(form, purpose.session);
    case 'choosePath': {
      const path = textOf(form, 'path');
      return path === '' ? 'Type the path of a repository.' : { type: 'openPath', path };
    }
    default:
      return purpose satisfies never;
  }
}

function newSession(form: Form): Act | string {
  const title = textOf(form, 'title');
  const prompt = textOf(form, 'prompt');
  const agent = chosenOf(form, 'agent');
  if (title === '' && prompt === '') return 'Give it a title, or a prompt that tells what to do.';
  if (agent === undefined) return noAgent(form);
  const existing = chosenOf(form, 'branchKind') === 'existing';
  const existingBranch = chosenOf(form, 'existing');
  if (existing && existingBranch === undefined) return 'Choose the branch to work on, or take a new one.';
  const branch = textOf(form, 'branch');
  const base = chosenOf(form, 'base');
  return {
    type: 'createSession',
    title: title === '' ? titleOfPrompt(prompt) : title,
    agent: { ...choiceBy(agentNamed(agent)), permissionMode: chosenOf(form, 'permissions') },
    ...(prompt === '' ? {} : { prompt }),
    ...(existing && existingBranch !== undefined ? { existingBranch } : {}),
    ...(!existing && branch !== '' ? { branch } : {}),
    ...(!existing && base ? { base } : {}),
  };
}

const LOOKED_FOR = 'The agents on this machine are still being looked for. It starts as soon as they are found.';

/** Enter was pressed before it was known which agents there are, and nothing was typed since: it counts when they are. */
export function waitsForAgents(form: Form): boolean {
  return form.trouble === LOOKED_FOR;
}

function noAgent(form: Form): string {
  const field = form.fields.find(each => each.name === 'agent');
  return field?.kind === 'choice' && field.options.length === 0
    ? LOOKED_FOR
    : 'No agent can be chosen: none of them is installed.';
}

function letGo(form: Form, session: string): Act | string {
  const goal = textOf(form, 'goal');
  const check = textOf(form, 'check');
  const attempts = Number(textOf(form, 'attempts'));
  const minutes = Number(textOf(form, 'minutes'));
  if (goal === '') return 'Say what is to be true when it is done.';
  if (attempts < 1) return 'It needs one attempt at least.';
  if (minutes < 1) return 'It needs one minute at least.';
  return { type: 'letGo', session, run: { goal, attempts, minutes, ...(check === '' ? {} : { check }) } };
}
