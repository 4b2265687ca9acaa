import type { Form } from '../store/form.ts';
import { isOffering, offered } from '../store/offer.ts';
import { led } from '../store/recall.ts';
import type { State } from '../store/state.ts';
import { askedNow, templatesFor } from '../store/template.ts';
import type { Intent } from './command.ts';
import { key, type OverlayKey } from './overlay-key.ts';
import { submitForm } from './submit-form.ts';

/** The keys that a prompt has beside those of every form; what is offered below its text has them first. */
export function promptKeys(form: Form): readonly OverlayKey[] {
  if (form.purpose.name !== 'prompt' || form.sending) return [];
  return [...(isOffering(form) ? offerKeys(form) : []), ...ownKeys(form)];
}

function offerKeys(form: Form): readonly OverlayKey[] {
  const leave = key(['escape', 'ctrl-c'], 'none of them', () => ({ actions: [{ type: 'offerLeft' }] }));
  if (offered(form).length === 0) return [leave];
  return [
    key(['enter', 'tab'], 'take it', () => ({ actions: [{ type: 'offerTaken' }] })),
    key(['down', 'ctrl-n'], 'choose', () => ({ actions: [{ type: 'offerMoved', by: 1 }] })),
    key(['up', 'ctrl-p'], undefined, () => ({ actions: [{ type: 'offerMoved', by: -1 }] })),
    leave,
  ];
}

function ownKeys(form: Form): readonly OverlayKey[] {
  return [
    ...(askedNow(form) === undefined
      ? []
      : [key(['tab'], 'next to fill in', () => ({ actions: [{ type: 'nextFilled' }] }))]),
    key(['up'], undefined, lead(form, 1)),
    key(['down'], undefined, lead(form, -1)),
    key(['ctrl-t'], undefined, offerTemplates(form)),
    key(['ctrl-x'], undefined, interruptAndSend),
  ];
}

/** Now, and not when its turn is over: the turn is interrupted for it. */
function interruptAndSend(state: State): Intent {
  const { overlay } = state;
  if (overlay?.kind !== 'form' || overlay.form.purpose.name !== 'prompt') return {};
  const views = overlay.form.purpose.sessions.flatMap(id => state.sessions.get(id) ?? []);
  const why = views.map(({ refused }) => refused.interrupt).find(reason => reason !== undefined);
  if (why !== undefined)
    return { actions: [{ type: 'formRefused', trouble: `Not sent: ${why}. Enter lets it wait.` }] };
  const { actions, acts = [] } = submitForm(overlay.form);
  return {
    actions: actions ?? [],
    acts: acts.map(act => (act.type === 'sendPrompt' ? { ...act, interrupt: true } : act)),
  };
}

/** At the ends of the text ↑ and ↓ lead to earlier prompts, as in a shell; else they move in it. */
function lead(form: Form, by: 1 | -1): (state: State) => Intent {
  return state => {
    const to = led(state, form, by);
    return {
      actions: [to === 'out' ? { type: 'promptRecalled', by } : { type: 'overlayEdited', edit: { type: 'move', to } }],
    };
  };
}

function offerTemplates({ purpose }: Form): (state: State) => Intent {
  return ({ templates, sessions }) => {
    const views = purpose.name === 'prompt' ? purpose.sessions.flatMap(id => sessions.get(id) ?? []) : [];
    return { actions: [{ type: 'templatesOffered', templates: templatesFor(templates, views) }] };
  };
}
