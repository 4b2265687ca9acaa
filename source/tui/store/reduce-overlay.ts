import { type Edit, type Editor, edit } from '../text/editor.ts';
import type { Action } from './action.ts';
import { chooseOption, currentField, editForm, moveField, rewritten } from './edit-form.ts';
import { type Form, textOf } from './form.ts';
import { withNewDraft } from './new-draft.ts';
import { withPermissions } from './new-session-form.ts';
import { leaveOffer, moveOffer, takeOffer, withMention, withPaths } from './offer.ts';
import type { Overlay } from './overlay.ts';
import { withAside, withDraft } from './prompt-memory.ts';
import { draftIn, givenUp, recalled } from './recall.ts';
import { filtered } from './sections.ts';
import type { State } from './state.ts';
import { fillNext } from './template.ts';

type OverlayAction = Extract<
  Action,
  {
    type:
      | 'overlayOpened'
      | 'overlayClosed'
      | 'overlayScrolled'
      | 'overlayEdited'
      | 'historyToggled'
      | 'whyAnswered'
      | 'turnsRead'
      | 'conversationsListed'
      | 'adoptArmed'
      | 'conversationRead'
      | 'conversationLeft'
      | 'searchAsked'
      | 'searched'
      | 'formMoved'
      | 'formChosen'
      | 'formSent'
      | 'formRefused'
      | 'formDone'
      | 'promptRecalled'
      | 'filesFound'
      | 'templatesOffered'
      | 'offerMoved'
      | 'offerTaken'
      | 'offerLeft'
      | 'nextFilled'
      | 'fieldWritten';
  }
>;

/** What stands over the screen: opened, typed into, closed. */
export function reduceOverlay(state: State, action: OverlayAction): State {
  const next = reduced(state, action);
  const purpose = formOf(state)?.purpose;
  const own = givenUp(formOf(state), formOf(next));
  if (own === undefined || purpose?.name !== 'prompt') return next;
  return { ...next, memory: withAside(next.memory, purpose.sessions, own) };
}

function formOf({ overlay }: State): Form | undefined {
  return overlay?.kind === 'form' ? overlay.form : undefined;
}

function reduced(state: State, action: OverlayAction): State {
  const { overlay } = state;
  switch (action.type) {
    case 'overlayOpened':
      return { ...state, overlay: action.overlay, firstHint: false };
    case 'overlayClosed':
      return overlay ? { ...withDraftKept(state, overlay), overlay: undefined } : state;
    case 'overlayScrolled':
      return overlay ? { ...state, overlay: scrolled(overlay, action.by) } : state;
    case 'overlayEdited':
      return overlay ? edited(state, overlay, action) : state;
    case 'historyToggled':
      return overlay?.kind === 'why' ? { ...state, overlay: { ...overlay, history: !overlay.history, top: 0 } } : state;
    case 'whyAnswered':
      if (overlay?.kind !== 'why' || overlay.session !== action.why.view.session.id) return state;
      return { ...state, overlay: { ...overlay, why: action.why } };
    case 'turnsRead': {
      if (overlay?.kind !== 'turns' || overlay.session !== action.session) return state;
      const { found, trouble } = action;
      return { ...state, overlay: { ...overlay, found: found ?? overlay.found, trouble } };
    }
    case 'conversationsListed': {
      if (overlay?.kind !== 'adopt') return state;
      const { conversations, running, trouble } = action;
      return { ...state, overlay: { ...overlay, conversations, running, trouble, at: 0 } };
    }
    case 'adoptArmed':
      if (overlay?.kind !== 'adopt') return state;
      return { ...state, overlay: { ...overlay, armed: { key: action.id, at: action.at, repeats: action.repeats } } };
    case 'conversationRead': {
      if (overlay?.kind !== 'adopt') return state;
      // Another one may have been chosen since this one was asked for: what is looked at is what is taken.
      if (action.id !== overlay.conversations?.[overlay.at]?.id) return state;
      return { ...state, overlay: { ...overlay, look: { found: action.found, top: 0 } } };
    }
    case 'conversationLeft':
      return overlay?.kind === 'adopt' ? { ...state, overlay: { ...overlay, look: undefined } } : state;
    case 'searchAsked':
      if (overlay?.kind !== 'search') return state;
      return { ...state, overlay: { ...overlay, asked: action.query, hits: undefined, trouble: undefined, at: 0 } };
    case 'searched': {
      if (overlay?.kind !== 'search' || overlay.asked !== action.query) return state;
      const { hits, trouble } = action;
      return { ...state, overlay: { ...overlay, hits, trouble } };
    }
    case 'formMoved':
      return withForm(state, form => moveField(form, action.by));
    case 'formChosen':
      return withForm(state, form => {
        const chosen = chooseOption(form, action.by);
        return currentField(form)?.name === 'agent' ? withPermissions(chosen, state.agents) : chosen;
      });
    case 'formSent': {
      // What is being sent is the draft until it has gone: an earlier one of the same must not come back after it.
      const drafted =
        overlay?.kind === 'form' ? withDraftOf(state, overlay.form, textOf(overlay.form, 'prompt')) : state;
      return withForm(drafted, form => ({ ...form, sending: true, trouble: undefined }));
    }
    case 'formDone':
      return { ...state, overlay: undefined };
    case 'promptRecalled':
      return withForm(state, form => recalled(form, state, action.by));
    case 'filesFound':
      return withForm(state, form => withPaths(form, action));
    case 'templatesOffered':
      return withForm(state, form => ({ ...form, offer: { kind: 'templates', templates: action.templates, at: 0 } }));
    case 'offerMoved':
      return withForm(state, form => moveOffer(form, action.by));
    case 'offerTaken':
      return withForm(state, takeOffer);
    case 'offerLeft':
      return withForm(state, leaveOffer);
    case 'nextFilled':
      return withForm(state, fillNext);
    case 'fieldWritten':
      return withForm(state, form => (currentField(form)?.name === action.field ? rewritten(form, action.text) : form));
    case 'formRefused':
      return withForm(state, form => ({ ...form, sending: false, trouble: action.trouble }));
    default:
      return action satisfies never;
  }
}

/** What was typed and not sent is there when a prompt to the same, or a new session, is begun again. */
function withDraftKept(state: State, overlay: Overlay): State {
  return overlay.kind === 'form' ? withDraftOf(state, overlay.form, draftIn(overlay.form)) : state;
}

function withDraftOf(state: State, form: Form, text: string | undefined): State {
  const { purpose } = form;
  if (purpose.name === 'newSession') return { ...state, newDraft: withNewDraft(state.newDraft, form) };
  if (purpose.name !== 'prompt' || text === undefined) return state;
  return { ...state, memory: withDraft(state.memory, purpose.sessions, text) };
}

/** The screen clamps what is too far: it alone knows how much there is. */
function scrolled(overlay: Overlay, by: number): Overlay {
  switch (overlay.kind) {
    case 'help':
    case 'messages':
    case 'why':
    case 'inbox':
      return { ...overlay, top: Math.max(0, overlay.top + by) };
    case 'turns': {
      const top = Math.max(0, overlay.top + by);
      const { sought, found } = overlay;
      return sought && found ? { ...overlay, top, sought: { ...sought, reached: true } } : { ...overlay, top };
    }
    case 'adopt': {
      const { look, conversations = [], at } = overlay;
      if (look) return { ...overlay, look: { ...look, top: Math.max(0, look.top + by) } };
      return { ...overlay, armed: undefined, at: Math.max(0, Math.min(conversations.length - 1, at + by)) };
    }
    case 'search':
      return { ...overlay, at: Math.max(0, Math.min((overlay.hits?.length ?? 0) - 1, overlay.at + by)) };
    case 'palette':
      return { ...overlay, at: Math.max(0, overlay.at + by) };
    case 'filter':
    case 'form':
    case 'question':
    case 'gone':
      return overlay;
    default:
      return overlay satisfies never;
  }
}

function edited(state: State, overlay: Overlay, { edit: change }: Extract<Action, { type: 'overlayEdited' }>): State {
  switch (overlay.kind) {
    case 'palette':
      return { ...state, overlay: { ...overlay, query: editQuery(overlay.query, change), at: 0 } };
    case 'search':
      return { ...state, overlay: { ...overlay, query: editQuery(overlay.query, change) } };
    case 'filter': {
      const query = editQuery(overlay.query, change);
      return filtered({ ...state, overlay: { ...overlay, query } }, query.text.trim());
    }
    case 'form':
      return withForm(state, form => withMention(editForm(form, change)));
    case 'help':
    case 'messages':
    case 'why':
    case 'turns':
    case 'adopt':
    case 'question':
    case 'inbox':
    case 'gone':
      return state;
    default:
      return overlay satisfies never;
  }
}

/** What is looked for by is a few words; more of a paste is not kept. */
function editQuery(query: Editor, change: Edit): Editor {
  const { text, cursor } = edit(query, change, false);
  return { text: text.slice(0, LONGEST_QUERY), cursor: Math.min(cursor, LONGEST_QUERY) };
}

const LONGEST_QUERY = 200;

function withForm(state: State, change: (form: Form) => Form): State {
  if (state.overlay?.kind !== 'form') return state;
  const form = change(state.overlay.form);
  return form === state.overlay.form ? state : { ...state, overlay: { kind: 'form', form } };
}
