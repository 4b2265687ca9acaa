import type { NewSession, RunRequest } from '../../protocol/daemon.ts';
import type { RuleMatch } from '../../session/allow-rule.ts';
import type { Span } from '../../session/snooze.ts';
import type { Bound, FieldName } from '../store/form.ts';

/** What has to be done outside of the screen, as data. `effects/perform.ts` does it and tells the store how it went. */
export type Act =
  | ({ readonly type: 'createSession' } & Pick<
      NewSession,
      'title' | 'agent' | 'branch' | 'existingBranch' | 'base' | 'prompt' | 'adopt' | 'adoptOpen'
    >)
  | {
      readonly type: 'sendPrompt';
      readonly sessions: readonly string[];
      readonly text: string;
      readonly interrupt?: true;
    }
  /** The text of a field of the open form, in the user's editor. */
  | { readonly type: 'editOutside'; readonly field: FieldName; readonly text: string }
  /** Withdrawn, and in the prompt box again. */
  | { readonly type: 'editWaiting'; readonly session: string; readonly prompt: string }
  | { readonly type: 'withdrawPrompt'; readonly session: string; readonly prompt: string }
  | { readonly type: 'kill' | 'pause' | 'restart' | 'giveBack' | 'takeOver'; readonly session: string }
  | { readonly type: 'resume'; readonly session: string; readonly onto: 'branch' | 'own' | undefined }
  | { readonly type: 'undo' }
  | { readonly type: 'rename'; readonly session: string; readonly title: string }
  | { readonly type: 'letGo'; readonly session: string; readonly run: RunRequest }
  | { readonly type: 'sendBack'; readonly session: string; readonly remark: string }
  | { readonly type: 'push' | 'merge'; readonly session: string; readonly commit: string }
  /** All that is there in one commit, whose message is the session's title; then the push. */
  | { readonly type: 'commitAndPush'; readonly session: string }
  | { readonly type: 'openShell'; readonly session: string }
  /** Bound to the question that is shown. `opens`: words have to be typed into its pane then. */
  | {
      readonly type: 'answer';
      readonly session: string;
      readonly question: string;
      readonly choice: string;
      readonly opens: boolean;
    }
  /** The same answer to several that ask the same, each bound to its own question; the first of them is the one that is shown. */
  | { readonly type: 'answerAll'; readonly asks: readonly Bound[]; readonly choice: string }
  /** As an answer; the agent is told the reason with it, or by a prompt after it. `others` that ask the same hear the same. */
  | {
      readonly type: 'deny';
      readonly session: string;
      readonly question: string;
      readonly choice: string;
      readonly reason: string;
      readonly others?: readonly Bound[] | undefined;
    }
  /** `agent`: null is all. Of that session, or in its repository. */
  | {
      readonly type: 'makeRule';
      readonly session: string;
      readonly command: string;
      readonly match: RuleMatch;
      readonly where: 'session' | 'repository' | 'everywhere';
      readonly agent: string | null;
      readonly from: 'inbox' | 'list';
    }
  /** Bound to what was shown. */
  | { readonly type: 'snooze'; readonly session: string; readonly item: string; readonly span: Span }
  | { readonly type: 'wake' | 'markUnread'; readonly session: string }
  | { readonly type: 'askWhy'; readonly session: string }
  | { readonly type: 'reportState'; readonly session: string }
  /** Conversations that began outside of tutti, and one of them. */
  | { readonly type: 'listConversations' }
  | { readonly type: 'readConversation'; readonly agent: string; readonly profile?: string; readonly id: string }
  /** Turns of all sessions that are shown, and killed ones, that have all the words. */
  | { readonly type: 'searchHistories'; readonly query: string }
  | { readonly type: 'listAgents' }
  /** Repositories that have sessions. */
  | { readonly type: 'listRepositories' }
  /** Branches and uncommitted files as they are now. */
  | { readonly type: 'describeRepository' }
  | { readonly type: 'beginRepository' }
  | { readonly type: 'openPath'; readonly path: string }
  | { readonly type: 'openDemo' }
  /** Rows up are positive; `end` follows the program again. */
  | { readonly type: 'scrollPane'; readonly by: number | 'end' }
  /** Back to the shell until `fg`. */
  | { readonly type: 'suspend' }
  | { readonly type: 'quit' };
