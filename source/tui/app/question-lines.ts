import type { SessionView } from '../../protocol/daemon.ts';
import { STATUSES } from '../../session/status.ts';
import { plain } from '../../text/plain.ts';
import type { Overlay, Question } from '../store/overlay.ts';
import { isWorking, lineOf, shownPane } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { tallyOf } from '../store/tally.ts';
import { quoted } from '../text/quoted.ts';
import { quitWords } from './count-words.ts';
import { plural } from './session-words.ts';

/** A question: its title, and what one has to know to answer it. */
export function questionWords(
  state: State,
  question: Question,
): { readonly title: string; readonly text: readonly string[] } {
  if (question.ask === 'quit') {
    const running = [...state.sessions.values()].filter(view => view.panes.some(pane => pane.running)).length;
    return { title: 'Quit tutti?', text: quitWords(tallyOf(state), running) };
  }
  if (question.ask === 'beginRepository') {
    const text = 'An empty first commit is made in it. What lies there stays as it is, uncommitted.';
    return { title: 'Make a git repository here?', text: [question.path, text] };
  }
  const view = state.sessions.get(question.session);
  if (!view) return { title: 'It is gone', text: ['The session is no longer there.'] };
  const { title, branch, base } = view.session;
  const name = quoted(title);
  const commit = 'commit' in question ? question.commit.slice(0, 10) : '';
  switch (question.ask) {
    case 'kill':
      return {
        title: `Kill ${name}?`,
        text: [unsaved(view), ...working(view), 'A snapshot is kept, ignored files too: u brings everything back.'],
      };
    case 'pause':
      return {
        title: `Pause ${name}?`,
        text: [
          ...working(view),
          `The branch ${branch} becomes free for a checkout elsewhere. Nothing is lost; r resumes it.`,
        ],
      };
    case 'push':
      return {
        title: `Push ${name}${place(view)}?`,
        text: [
          `The branch ${branch} at ${commit}${commits(view)}${place(view) === '' ? '' : ', to a branch of the same name there'}.`,
          ...(question.uncommitted === 0
            ? uncommitted(view)
            : [`${plural(question.uncommitted, 'file')} not committed. y commits all of it as ${name}.`]),
        ],
      };
    case 'merge':
      return {
        title: `Merge ${name} into ${base.ref}?`,
        text: [
          `The branch ${branch} at ${commit}${commits(view)}.`,
          `Nothing is pushed. Where ${base.ref} is checked out, the files there follow.`,
          ...uncommitted(view),
        ],
      };
    case 'snooze':
      return {
        title: `Put ${name} away?`,
        text: [
          `What waits: ${plain(lineOf(view)) || STATUSES[view.status].word}`,
          'It comes back then, or as soon as it changes; u brings it back.',
        ],
      };
    case 'resume':
      return {
        title: `Resume ${name}?`,
        text: [
          question.reason,
          `Its folder can be brought onto ${branch} as it is now, or stay as it was, on a branch of its own.`,
        ],
      };
    default:
      return question satisfies never;
  }
}

/** What had the keys is gone: where they go, and the key that changes it. */
export function goneWords(state: State, { attached, leaveKey }: Extract<Overlay, { kind: 'gone' }>): readonly string[] {
  const again = attached && shownPane(state)?.running ? ['It runs again; enter goes to it.'] : [];
  return [`What you type goes nowhere; ${leaveKey} ${attached ? 'leaves' : 'leads back to the list'}.`, ...again];
}

function unsaved({ changes }: SessionView): string {
  if (!changes) return 'What is not committed there is not known.';
  const parts = [
    ...(changes.uncommitted > 0 ? [`${plural(changes.uncommitted, 'file')} not committed`] : []),
    ...(changes.unpushed > 0 ? [`${plural(changes.unpushed, 'commit')} not pushed`] : []),
  ];
  return parts.length === 0 ? 'Everything there is committed and pushed.' : `${parts.join(', ')}.`;
}

function working(view: SessionView): readonly string[] {
  return isWorking(view) ? [`${view.session.agent.kind} is at work and will be stopped.`] : [];
}

/** Unknown where git has several remotes to choose from: then the push says what to set. */
function place({ changes }: SessionView): string {
  return changes?.pushesTo === undefined ? '' : ` to ${plain(changes.pushesTo)}`;
}

function commits({ changes }: SessionView): string {
  if (!changes) return '';
  return changes.commits === 0 ? ', no commit of its own' : `, ${plural(changes.commits, 'commit')}`;
}

function uncommitted({ changes }: SessionView): readonly string[] {
  return changes && changes.uncommitted > 0
    ? [`${plural(changes.uncommitted, 'file')} not committed ${changes.uncommitted === 1 ? 'is' : 'are'} left out.`]
    : [];
}
