import { currentField } from '../store/edit-form.ts';
import type { Form } from '../store/form.ts';
import type { Overlay, Question } from '../store/overlay.ts';
import { shownPane } from '../store/select.ts';
import type { State } from '../store/state.ts';
import type { Act } from './act.ts';
import { adoptChosen, lookAtChosen } from './adopt-keys.ts';
import type { Intent } from './command.ts';
import { findCommands } from './commands.ts';
import { inboxKeys } from './inbox-keys.ts';
import { key, type OverlayKey, scrolled } from './overlay-key.ts';
import { promptKeys } from './prompt-keys.ts';
import { searchEnter } from './search-keys.ts';
import { snoozeKeys } from './snooze-keys.ts';
import { submitForm } from './submit-form.ts';

/** The keys of the open overlay. What is not here is typed, where there is something to type into. */
export function overlayKeys(overlay: Overlay): readonly OverlayKey[] {
  switch (overlay.kind) {
    case 'help':
    case 'messages':
      return [...scrolling(), key(['escape', 'q', overlay.kind === 'help' ? '?' : 'enter'], 'close', close)];
    case 'why':
      return [
        key(['h'], overlay.history ? 'evidence' : 'history', () => ({ actions: [{ type: 'historyToggled' }] })),
        key(['!'], 'report as wrong', () => done({ type: 'reportState', session: overlay.session })),
        ...scrolling(),
        key(['escape', 'q', 'w', 'enter'], 'close', close),
      ];
    case 'turns':
      return [...scrolling(), key(['escape', 'q', 'h', 'enter'], 'close', close)];
    case 'adopt':
      return adoptKeys(overlay);
    case 'search':
      return [
        key(['enter'], overlay.asked === overlay.query.text.trim() ? 'its history' : 'find', searchEnter),
        key(['up', 'ctrl-p'], undefined, scrolled(-1)),
        key(['down', 'ctrl-n'], overlay.hits?.length ? 'next' : undefined, scrolled(1)),
        key(['escape', 'ctrl-c'], 'close', close),
      ];
    case 'palette':
      return [
        key(['enter'], 'do it', runChosen),
        key(['up', 'ctrl-p'], undefined, () => ({ actions: [{ type: 'overlayScrolled', by: -1 }] })),
        key(['down', 'ctrl-n'], undefined, state => {
          const last = findCommands(state, overlay.query.text).length - 1;
          return overlay.at < last ? { actions: [{ type: 'overlayScrolled', by: 1 }] } : {};
        }),
        key(['escape', 'ctrl-c'], 'close', close),
      ];
    case 'filter':
      return [
        key(['enter'], 'keep filter', close),
        key(['up'], undefined, () => ({ actions: [{ type: 'moved', by: -1 }] })),
        key(['down'], undefined, () => ({ actions: [{ type: 'moved', by: 1 }] })),
        key(['escape', 'ctrl-c'], 'no filter', () => ({
          actions: [{ type: 'filterChanged', filter: '' }, { type: 'overlayClosed' }],
        })),
      ];
    case 'form':
      return formKeys(overlay.form);
    case 'question':
      return questionKeys(overlay.question);
    case 'inbox':
      return inboxKeys();
    case 'gone':
      return goneKeys(overlay);
    default:
      return overlay satisfies never;
  }
}

function adoptKeys({ look, conversations }: Extract<Overlay, { kind: 'adopt' }>): readonly OverlayKey[] {
  const closing = key(['escape', 'q', 'T', 'ctrl-c'], 'close', close);
  if (!conversations?.length) return [closing];
  const adopt = key(['enter'], 'adopt', adoptChosen);
  if (look) {
    const back = () => ({ actions: [{ type: 'conversationLeft' } as const] });
    return [adopt, key(['h'], 'back', back), ...scrolling(), closing];
  }
  return [
    adopt,
    key(['h'], 'history', lookAtChosen),
    key(['down', 'j'], 'next', scrolled(1)),
    key(['up', 'k'], undefined, scrolled(-1)),
    closing,
  ];
}

function formKeys(form: Form): readonly OverlayKey[] {
  const field = currentField(form);
  const several = form.fields.length > 1;
  return [
    ...promptKeys(form),
    key(['enter'], SUBMIT[form.purpose.name], state =>
      state.overlay?.kind === 'form' ? submitForm(state.overlay.form) : {},
    ),
    ...(several
      ? [
          key(['tab'], 'next field', () => ({ actions: [{ type: 'formMoved', by: 1 }] })),
          key(['shift-tab'], undefined, () => ({ actions: [{ type: 'formMoved', by: -1 }] })),
        ]
      : []),
    ...(field?.kind === 'choice' || (field?.kind === 'text' && field.known.length > 0)
      ? [
          key(field.kind === 'choice' ? ['up', 'left'] : ['up'], undefined, () => ({
            actions: [{ type: 'formChosen', by: -1 }],
          })),
          key(field.kind === 'choice' ? ['down', 'right'] : ['down'], 'choose', () => ({
            actions: [{ type: 'formChosen', by: 1 }],
          })),
        ]
      : []),
    ...(field?.kind === 'text' && !field.multiline && several
      ? [
          key(['up'], undefined, () => ({ actions: [{ type: 'formMoved', by: -1 }] })),
          key(['down'], undefined, () => ({ actions: [{ type: 'formMoved', by: 1 }] })),
        ]
      : []),
    ...(field?.kind === 'text' && field.multiline
      ? [
          key(['alt-enter', 'shift-enter', 'ctrl-j'], 'new line', () => ({
            actions: [{ type: 'overlayEdited', edit: { type: 'newline' } }],
          })),
          key(['ctrl-g'], 'editor', () =>
            form.sending ? {} : { acts: [{ type: 'editOutside', field: field.name, text: field.value.text }] },
          ),
        ]
      : []),
    key(['escape', 'ctrl-c'], 'cancel', isFromInbox(form) ? backToInbox : close),
  ];
}

const SUBMIT: Readonly<Record<Form['purpose']['name'], string>> = {
  newSession: 'start',
  prompt: 'send',
  letGo: 'let go',
  sendBack: 'send back',
  deny: 'deny',
  rule: 'make the rule',
  rename: 'rename',
  choosePath: 'open',
};

function questionKeys(question: Question): readonly OverlayKey[] {
  const no = key(['escape', 'n', 'ctrl-c'], 'no', close);
  switch (question.ask) {
    case 'kill': {
      const { session } = question;
      // One that is paused, or not made yet, can only be killed.
      const when = (state: State) => state.sessions.get(session)?.refused.pause === undefined;
      const pause = (state: State) => (when(state) ? done({ type: 'pause', session }) : {});
      return [
        key(['y'], 'kill', () => done({ type: 'kill', session })),
        { ...key(['c'], 'pause instead', pause), when },
        no,
      ];
    }
    case 'pause':
      return [key(['y'], 'pause', () => done({ type: 'pause', session: question.session })), no];
    case 'push': {
      const { session, commit } = question;
      const push = () => done({ type: 'push', session, commit });
      if (question.uncommitted === 0) return [key(['y'], 'push', push), no];
      return [
        key(['y'], 'commit all and push', () => done({ type: 'commitAndPush', session })),
        ...(question.commits > 0 ? [key(['n'], 'push the commits only', push)] : []),
        key(question.commits > 0 ? ['escape', 'ctrl-c'] : ['escape', 'n', 'ctrl-c'], 'no', close),
      ];
    }
    case 'merge':
      return [
        key(['y'], 'merge', () => done({ type: 'merge', session: question.session, commit: question.commit })),
        no,
      ];
    case 'resume':
      return [
        key(['b'], 'bring it onto the branch', () =>
          done({ type: 'resume', session: question.session, onto: 'branch' }),
        ),
        key(['o'], 'on a branch of its own', () => done({ type: 'resume', session: question.session, onto: 'own' })),
        key(['escape', 'n', 'ctrl-c'], 'leave it paused', close),
      ];
    case 'snooze':
      return snoozeKeys(question);
    case 'beginRepository':
      return [key(['y'], 'make it', () => done({ type: 'beginRepository' })), no];
    case 'quit':
      return [
        key(['y', 'enter', 'ctrl-c', 'q'], 'quit', () => ({ acts: [{ type: 'quit' }] })),
        key(['escape', 'n'], 'stay', close),
      ];
    default:
      return question satisfies never;
  }
}

/** No key that one types to a program, enter neither: who did not look up goes on typing. */
function goneKeys({ leaveKey, attached }: Extract<Overlay, { kind: 'gone' }>): readonly OverlayKey[] {
  if (!attached) return [key([leaveKey, 'escape'], 'back to the list', close)];
  return [
    key([leaveKey], 'leaves', () => ({ acts: [{ type: 'quit' }] })),
    key(['enter'], undefined, state => (shownPane(state)?.running ? close() : {})),
  ];
}

function scrolling(): readonly OverlayKey[] {
  return [
    key(['down', 'j', 'shift-down'], 'scroll', scrolled(1)),
    key(['up', 'k', 'shift-up'], undefined, scrolled(-1)),
    key(['pageDown', 'space', 'ctrl-d'], undefined, scrolled(15)),
    key(['pageUp', 'ctrl-u'], undefined, scrolled(-15)),
  ];
}

function isFromInbox({ purpose }: Form): boolean {
  return purpose.name === 'deny' || (purpose.name === 'rule' && purpose.from === 'inbox');
}

function backToInbox(): Intent {
  return { actions: [{ type: 'overlayClosed' }, { type: 'inboxOpened' }] };
}

function close(): Intent {
  return { actions: [{ type: 'overlayClosed' }] };
}

function done(act: Act): Intent {
  return { actions: [{ type: 'overlayClosed' }], acts: [act] };
}

/** The palette's chosen command, or why it can't be done. */
function runChosen(state: State): Intent {
  if (state.overlay?.kind !== 'palette') return {};
  const command = findCommands(state, state.overlay.query.text)[state.overlay.at];
  if (!command) return {};
  const why = command.disabledReason(state);
  const closing = { type: 'overlayClosed' } as const;
  if (why)
    return { actions: [closing, { type: 'said', tone: 'info', text: `${command.title}: ${why}.`, at: state.now }] };
  const intent = command.run({ ...state, overlay: undefined });
  return { actions: [closing, ...(intent.actions ?? [])], acts: intent.acts ?? [] };
}
