import type { Why } from '../../protocol/daemon.ts';
import type { Conversation, RunningElsewhere, SearchHit, SessionHistory } from '../../protocol/records.ts';
import type { Turn } from '../../session/history.ts';
import type { Editor } from '../text/editor.ts';
import type { Form } from './form.ts';
import type { Inbox, Pressed } from './inbox.ts';

/** What stands over the screen and has the keys. There is one or none; esc closes it. */
export type Overlay =
  | { readonly kind: 'help'; readonly top: number }
  | { readonly kind: 'palette'; readonly query: Editor; readonly at: number }
  /** `from`: who was selected when it was opened. */
  | { readonly kind: 'filter'; readonly query: Editor; readonly from?: string | undefined }
  | { readonly kind: 'messages'; readonly top: number }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'question'; readonly question: Question }
  | Inbox
  /** What had the keys is gone: what is typed means nothing until the user has seen that. */
  | { readonly kind: 'gone'; readonly what: string; readonly leaveKey: string; readonly attached: boolean }
  /** What was asked of a session and what came of it; `found` is undefined until the daemon has answered. */
  | {
      readonly kind: 'turns';
      readonly session: string;
      readonly found: SessionHistory | undefined;
      readonly trouble: string | undefined;
      readonly top: number;
      readonly sought?: Sought | undefined;
    }
  /** Conversations that began outside of tutti; `look`: the history of one of them, over the list. */
  | {
      readonly kind: 'adopt';
      readonly conversations: readonly Conversation[] | undefined;
      /** In panes of the user's tmux, with nothing in the list. */
      readonly running: readonly RunningElsewhere[];
      readonly trouble: string | undefined;
      readonly at: number;
      /** One that is open elsewhere was chosen once, by its id. */
      readonly armed: Pressed | undefined;
      readonly look: { readonly found: SessionHistory; readonly top: number } | undefined;
    }
  /** Turns that have words; `asked`: those that `hits` are for. */
  | {
      readonly kind: 'search';
      readonly query: Editor;
      readonly asked: string | undefined;
      /** Undefined until the daemon has answered. */
      readonly hits: readonly SearchHit[] | undefined;
      readonly trouble: string | undefined;
      readonly at: number;
    }
  | {
      readonly kind: 'why';
      readonly session: string;
      /** Undefined until the daemon has answered. */
      readonly why: Why | undefined;
      readonly history: boolean;
      readonly top: number;
    };

/** The turn that a history was opened for, out of a search. */
export interface Sought {
  /** A turn has no name of its own: this is what tells it from others. */
  readonly turn: Pick<Turn, 'at' | 'prompt'>;
  /** What was looked for, marked in it. */
  readonly words: readonly string[];
  /** It was led to; from then on the history stands where it is scrolled to. */
  readonly reached: boolean;
}

/** A yes-or-no about one thing, bound to what was shown when it was asked. */
export type Question =
  | { readonly ask: 'kill'; readonly session: string }
  | { readonly ask: 'pause'; readonly session: string }
  /** `uncommitted`: so many files are not committed; they can be, before the push. `commits`: what there is beside them. */
  | {
      readonly ask: 'push';
      readonly session: string;
      readonly commit: string;
      readonly uncommitted: number;
      readonly commits: number;
    }
  | { readonly ask: 'merge'; readonly session: string; readonly commit: string }
  /** The branch has moved since the pause: where shall the folder go? */
  | { readonly ask: 'resume'; readonly session: string; readonly reason: string }
  /** For how long shall it be put away? `item`: what it is about. */
  | { readonly ask: 'snooze'; readonly session: string; readonly item: string; readonly from: 'inbox' | 'list' }
  /** A folder that is in no repository: one typo in the shell should not make it one. */
  | { readonly ask: 'beginRepository'; readonly path: string }
  | { readonly ask: 'quit' };

/** The history of a session, which is not read yet. */
export function historyOverlay(session: string, sought?: Omit<Sought, 'reached'>): Overlay {
  const plain = { kind: 'turns', session, found: undefined, trouble: undefined, top: 0 } as const;
  return sought ? { ...plain, sought: { ...sought, reached: false } } : plain;
}
