import type { AgentOffer } from '../../protocol/agent-offer.ts';
import type { Fleet, Notice, RepositoryView, SessionView, Why } from '../../protocol/daemon.ts';
import type { Conversation, RunningElsewhere, SearchHit, SessionHistory } from '../../protocol/records.ts';
import type { Edit } from '../text/editor.ts';
import type { Line } from '../text/line.ts';
import type { Alike } from './alike.ts';
import type { DiffView } from './diff-view.ts';
import type { FieldName } from './form.ts';
import type { ReadQuestion } from './inbox.ts';
import type { Overlay } from './overlay.ts';
import type { PromptMemory, SentPrompt } from './prompt-memory.ts';
import type { Unseen } from './seen.ts';
import type { State, Tab } from './state.ts';
import type { Template } from './template.ts';

/** What happened, for the screen. Keys become actions by the keymap, the daemon's words by the effects. */
export type Action =
  // From the daemon.
  | { readonly type: 'fleetWatched'; readonly fleet: Fleet }
  | { readonly type: 'sessionChanged'; readonly view: SessionView }
  | { readonly type: 'sessionRemoved'; readonly id: string }
  | { readonly type: 'fleetCounted'; readonly counts: Fleet['counts'] }
  | { readonly type: 'noticeRaised'; readonly notice: Notice }
  | { readonly type: 'repositoryChanged'; readonly repository: RepositoryView | undefined }
  | { readonly type: 'agentsListed'; readonly agents: readonly AgentOffer[] }
  | { readonly type: 'repositoriesListed'; readonly repositories: State['repositories'] }
  | { readonly type: 'connectionChanged'; readonly connection: State['connection'] }
  | { readonly type: 'diffRead'; readonly diff: DiffView }
  | {
      readonly type: 'diffColored';
      readonly session: string;
      readonly mark: string;
      /** By their place in the rows. */
      readonly lines: ReadonlyMap<number, Line>;
    }
  | { readonly type: 'lastWordsRead'; readonly bundle: string; readonly lines: readonly string[] }
  | { readonly type: 'whyAnswered'; readonly why: Why }
  | {
      readonly type: 'turnsRead';
      readonly session: string;
      readonly found: SessionHistory | undefined;
      readonly trouble: string | undefined;
    }
  | {
      readonly type: 'conversationsListed';
      readonly conversations: readonly Conversation[] | undefined;
      readonly running: readonly RunningElsewhere[];
      readonly trouble: string | undefined;
    }
  | { readonly type: 'adoptArmed'; readonly id: string; readonly at: number; readonly repeats: boolean }
  | { readonly type: 'searchAsked'; readonly query: string }
  | {
      readonly type: 'searched';
      readonly query: string;
      readonly hits: readonly SearchHit[] | undefined;
      readonly trouble: string | undefined;
    }
  | { readonly type: 'conversationRead'; readonly id: string; readonly found: SessionHistory }
  /** Back to the list. */
  | { readonly type: 'conversationLeft' }
  // From the user.
  | { readonly type: 'resized'; readonly columns: number; readonly rows: number }
  | { readonly type: 'moved'; readonly by: number }
  | { readonly type: 'selected'; readonly id: string }
  | { readonly type: 'rested' }
  | { readonly type: 'tabChosen'; readonly tab: Tab }
  | { readonly type: 'viewChosen'; readonly view: State['view'] }
  /** A shell is being opened and gets the keys as soon as it is there. */
  | { readonly type: 'shellAwaited' }
  | { readonly type: 'shellRefused' }
  | { readonly type: 'diffScrolled'; readonly by: number }
  | { readonly type: 'diffFileChosen'; readonly by: 1 | -1 }
  | { readonly type: 'paneScrolled'; readonly rows: number }
  | { readonly type: 'scopeChosen'; readonly scope: State['scope'] }
  | { readonly type: 'pathChosen'; readonly repository: RepositoryView }
  | { readonly type: 'filterChanged'; readonly filter: string }
  | { readonly type: 'hintSeen' }
  | { readonly type: 'markToggled'; readonly id: string }
  | { readonly type: 'marksCleared' }
  // Overlays.
  | { readonly type: 'overlayOpened'; readonly overlay: Overlay }
  | { readonly type: 'overlayClosed' }
  | { readonly type: 'overlayScrolled'; readonly by: number }
  | { readonly type: 'overlayEdited'; readonly edit: Edit }
  | { readonly type: 'historyToggled' }
  | { readonly type: 'formMoved'; readonly by: 1 | -1 }
  | { readonly type: 'formChosen'; readonly by: 1 | -1 }
  | { readonly type: 'formSent' }
  /** What it was for is done: it closes, and nothing of it is kept. */
  | { readonly type: 'formDone' }
  | { readonly type: 'formRefused'; readonly trouble: string }
  // Prompts.
  | { readonly type: 'filesFound'; readonly letters: string; readonly paths: readonly string[] }
  | { readonly type: 'templatesOffered'; readonly templates: readonly Template[] }
  | { readonly type: 'offerMoved'; readonly by: 1 | -1 }
  | { readonly type: 'offerTaken' | 'offerLeft' | 'nextFilled' }
  /** Written elsewhere: it takes the place of all that stands in a field. */
  | { readonly type: 'fieldWritten'; readonly field: FieldName; readonly text: string }
  | { readonly type: 'promptRecalled'; readonly by: 1 | -1 }
  | ({ readonly type: 'promptSent' } & SentPrompt)
  | { readonly type: 'sessionStarted'; readonly title: string; readonly prompt: string }
  | { readonly type: 'draftKept'; readonly sessions: readonly string[]; readonly text: string }
  | { readonly type: 'memoryRead'; readonly memory: PromptMemory }
  // The inbox.
  | { readonly type: 'inboxOpened' }
  /** At what waits in other repositories: all are listed, and the inbox opens once their sessions are known. */
  | { readonly type: 'inboxAwaited' }
  | { readonly type: 'inboxMoved'; readonly by: 1 | -1 }
  | ({ readonly type: 'questionRead' } & ReadQuestion)
  | { readonly type: 'alikeRead'; readonly alike: Alike }
  /** The user's terminal shows this, as far as the inbox shows it still. */
  | ({ readonly type: 'inboxSeen'; readonly at: number } & Unseen)
  | { readonly type: 'toAllToggled' }
  | { readonly type: 'answerArmed'; readonly key: string; readonly at: number }
  /** One of the keys that answer or deal with what is shown, also where it does nothing. */
  | { readonly type: 'inboxKeyPressed'; readonly key: string; readonly at: number; readonly repeats: boolean }
  | { readonly type: 'answerSent' }
  /** What the inbox showed of it is dealt with, here or elsewhere, or put away: the inbox leads on. */
  | { readonly type: 'answered'; readonly session: string }
  | { readonly type: 'answerRefused' }
  | { readonly type: 'commandAllowed'; readonly allowed: State['allowed'] }
  /** Something other than an answer was begun with what the inbox shows; undefined: what it leads to is yet to come. */
  | { readonly type: 'dealChanged'; readonly session: string | undefined }
  /** Undefined: the last thing that can be undone is something else by now. */
  | { readonly type: 'putAway'; readonly session: string | undefined }
  // Words and time.
  | { readonly type: 'said'; readonly tone: 'info' | 'failure'; readonly text: string; readonly at: number }
  | { readonly type: 'messageSeen' }
  | { readonly type: 'promptFollowed'; readonly session: string; readonly prompt: string | undefined }
  | { readonly type: 'busyChanged'; readonly what: string | undefined }
  | { readonly type: 'ticked'; readonly now: number };
