import type { DeliveryResult } from '../protocol/host.ts';
import type { SessionEvent } from '../session/event.ts';
import { untilWords } from '../session/snooze.ts';

/** An event as one line for people, for `tutti why`. */
export function eventText(event: SessionEvent): string {
  switch (event.type) {
    case 'sessionCreated':
      return `created on ${event.branch} from ${event.base.ref}`;
    case 'worktreeAdded':
      return 'worktree made';
    case 'creationUndone':
      return 'creation undone';
    case 'creationKept':
      return 'creation failed, its work is kept';
    case 'renamed':
      return `renamed to "${event.title}"`;
    case 'rightsGranted':
      return event.grants.length === 0 ? 'its grants were taken back' : `was granted ${event.grants.join(', ')}`;
    case 'killRequested':
      return `kill asked for${byAsker(event)}`;
    case 'pauseRequested':
      return `pause asked for${byAsker(event)}`;
    case 'hostsEnded':
      return 'its programs ended';
    case 'snapshotWritten':
      return event.ref === undefined ? 'no worktree to keep a snapshot of' : `snapshot kept as ${event.ref}`;
    case 'worktreeStored':
      return event.folder === undefined ? 'no worktree to put aside' : 'worktree put aside';
    case 'resumeRequested':
      return 'resume asked for';
    case 'undoRequested':
      return 'undo asked for';
    case 'worktreeRestored':
      return `worktree brought back on ${event.branch}`;
    case 'effectFailed':
      return `failed: ${event.why}`;
    case 'askAnswered':
      return `asked "${event.question}", answered: ${event.choice.label}`;
    case 'allowedByRule':
      return `allowed by a rule: ${event.command}`;
    case 'reported':
      return `reported ${event.state}${event.text === undefined ? '' : `: ${event.text}`}`;
    case 'seen':
      return 'looked at';
    case 'unseen':
      return 'marked as unread';
    case 'snoozed':
      return `put away ${untilWords(event)}`;
    case 'woken':
      return 'brought back';
    case 'restartRequested':
      return 'restart asked for';
    case 'hostStarted':
      return `${event.name} started, process ${event.programPid}${event.promptGiven ? ', with its prompt' : ''}`;
    case 'hostExited':
      return `${event.name}: ${event.end.text}`;
    case 'hostLost':
      return `${event.name} lost by a ${event.cause}`;
    case 'conversationReported':
      return `conversation ${event.conversation}`;
    case 'promptQueued':
      if (event.asker !== undefined) return `prompt queued${byAsker(event)}`;
      return `prompt queued by ${event.by === 'person' ? 'you' : 'the run'}`;
    case 'promptTried':
      return triedText(event.result);
    case 'draftMet':
      return 'prompt waits for a draft in the pane';
    case 'turnBegun':
      return 'turn begun';
    case 'promptWithdrawn':
      return 'prompt withdrawn';
    case 'runStarted':
      return `let go${event.check === undefined ? '' : `, check: ${event.check}`}`;
    case 'runPrompted':
      if (event.afterLimit) return 'told to go on after a limit';
      return event.anew ? 'sent back with a remark' : 'red output sent back';
    case 'checkRequested':
      return `${event.host} asked for${event.again ? ': files changed while the one before it ran' : ''}`;
    case 'checkFinished':
      return `${event.result.host} ${event.result.passed ? 'passed' : `failed with code ${event.result.code ?? 'unknown'}`}`;
    case 'commitRequested':
      return 'commit asked for';
    case 'commitRefused':
      return 'commit refused by a hook';
    case 'runReady':
      return `ready for review at ${event.commit.slice(0, 10)}`;
    case 'runStopped':
      return `stopped: ${event.text}`;
    case 'profileChanged':
      return `goes on by the profile ${event.profile}`;
    case 'runHeld':
      return `held: ${event.text}`;
    case 'runGoesOn':
      return 'goes on';
    case 'commitAllRequested':
      return 'commit of everything asked for';
    case 'committed':
      return `committed as ${event.commit.slice(0, 10)}`;
    case 'pushRequested':
      return 'push asked for';
    case 'pushed':
      return `pushed to ${event.remote}`;
    case 'mergeRequested':
      return 'merge asked for';
    case 'merged':
      return `merged into ${event.into}`;
    default:
      return event satisfies never;
  }
}

function byAsker({ asker }: { readonly asker?: string }): string {
  return asker === undefined ? '' : ` by the session ${asker}`;
}

function triedText({ outcome, detail }: DeliveryResult): string {
  const more = detail === undefined ? '' : `: ${detail}`;
  switch (outcome) {
    case 'submitted':
      return 'prompt sent';
    case 'pasted':
      return `prompt in its input, not sent${more}`;
    case 'notSeen':
      return `prompt pasted, but not seen in its input${more}`;
    case 'notReady':
      return `prompt put off, not seen yet${more}`;
    case 'draft':
      return `prompt put off, a draft stands in its input${more}`;
    case 'dialog':
      return `prompt put off, it asks${more}`;
    case 'leaseHeld':
      return 'prompt put off, you were typing';
    case 'cancelled':
      return 'prompt back in the outbox, nothing of it was typed';
    case 'exited':
      return 'prompt put off, the agent had ended';
    default:
      return outcome satisfies never;
  }
}
