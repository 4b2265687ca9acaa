import { itemOf, refusalOfSnooze, SPANS, type Span } from '../../session/snooze.ts';
import { wasRead } from '../../session/unread.ts';
import { lastPutAway } from '../store/inbox.ts';
import type { Question } from '../store/overlay.ts';
import { selectedView } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { type Command, type Intent, said } from './command.ts';
import { key, type OverlayKey } from './overlay-key.ts';
import { noSelection, open, selected } from './selected-session.ts';

/** Putting away what waits until later, and back; and marking as unread what was looked at. */
export const SNOOZE_COMMANDS: readonly Command[] = [
  {
    ...selected('snooze', (view, state) =>
      view.status === 'snoozed' ? { acts: [{ type: 'wake', session: view.session.id }] } : putAway(state, 'list'),
    ),
    title: 'Put away until later what it has for you, or bring it back',
    short: state => (selectedView(state)?.status === 'snoozed' ? 'bring back' : 'later'),
    keys: ['Z'],
    footer: state => (selectedView(state)?.status === 'snoozed' ? 9 : undefined),
    disabledReason: state => {
      const view = selectedView(state);
      if (!view || view.status === 'snoozed') return noSelection(state);
      return refusalOfSnooze(view);
    },
  },
  {
    ...selected('markUnread', ({ session }) => ({ acts: [{ type: 'markUnread', session: session.id }] })),
    title: 'Mark its end as unread: it is news again',
    short: 'unread',
    keys: ['U'],
    disabledReason: state => noSelection(state) ?? notRead(state),
  },
];

function notRead(state: State): string | undefined {
  const view = selectedView(state);
  return view && wasRead(view) ? undefined : 'it has come to no end that you have looked at';
}

/** Those of the inbox, for what it shows. */
export function snoozeKeysOfInbox(): readonly OverlayKey[] {
  return [
    key(['s'], 'later', state => {
      const view = selectedView(state);
      const refused = view && refusalOfSnooze(view);
      return refused ? said(state, `It can't be put away: ${refused}.`) : putAway(state, 'inbox');
    }),
    key(['u'], undefined, state => {
      const last = lastPutAway(state);
      if (!last) return said(state, 'Nothing is put away.');
      return { acts: [{ type: 'wake', session: last.session.id }] };
    }),
    key(['U'], undefined, state => {
      const why = notRead(state);
      if (why !== undefined || state.selected === undefined)
        return said(state, `It can't be marked as unread: ${why}.`);
      return { acts: [{ type: 'markUnread', session: state.selected }] };
    }),
  ];
}

/** Letters: a digit that comes late would answer the agent. */
const KEYS: Readonly<Record<Span, string>> = { tenMinutes: 'm', hour: 'h', tomorrow: 't', change: 'c' };

/** For how long. Whoever came from the inbox is led back to it. */
export function snoozeKeys({ session, item, from }: Extract<Question, { ask: 'snooze' }>): readonly OverlayKey[] {
  const back: Intent['actions'] =
    from === 'inbox' ? [{ type: 'overlayClosed' }, { type: 'inboxOpened' }] : [{ type: 'overlayClosed' }];
  const spans = Object.keys(KEYS) as Span[];
  return [
    ...spans.map(span =>
      key([KEYS[span]], SPANS[span].words, () => ({
        actions: back,
        acts: [{ type: 'snooze', session, item, span }],
      })),
    ),
    key(['escape', 'n', 'ctrl-c'], 'no', () => ({ actions: back })),
  ];
}

function putAway(state: State, from: 'inbox' | 'list'): Intent {
  const view = selectedView(state);
  if (!view) return {};
  return open({ kind: 'question', question: { ask: 'snooze', session: view.session.id, item: itemOf(view), from } });
}
