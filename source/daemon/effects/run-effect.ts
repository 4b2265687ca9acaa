import type { Effect } from '../../session/effect.ts';
import type { Brain } from '../brain.ts';
import { runAddWorktree } from './add-worktree.ts';
import { runChangeProfile } from './change-profile.ts';
import { runCommitAll } from './commit-all.ts';
import { runCommitRun } from './commit-run.ts';
import { runDeliverPrompt } from './deliver-prompt.ts';
import { runEndHosts } from './end-hosts.ts';
import { runMerge, runPush } from './hand-over.ts';
import { runRestoreWorktree, runStoreWorktree, runWriteSnapshot } from './keep.ts';
import type { Outcome } from './outcome.ts';
import { runRemoveWorktree } from './remove-worktree.ts';
import { runStartCheck } from './start-check.ts';
import { runStartHost } from './start-host.ts';

/**
 * Each effect looks in the world first, then does, then says what has happened. The signal ends what may last for ever; `putBack` only
 * what leaves nothing behind.
 */
export function runEffect(brain: Brain, effect: Effect, signal: AbortSignal, putBack: AbortSignal): Promise<Outcome> {
  switch (effect.type) {
    case 'addWorktree':
      return runAddWorktree(brain, effect, signal);
    case 'removeWorktree':
      return runRemoveWorktree(brain, effect);
    case 'startHost':
      return runStartHost(brain, effect);
    case 'endHosts':
      return runEndHosts(brain, effect);
    case 'writeSnapshot':
      return runWriteSnapshot(brain, effect);
    case 'storeWorktree':
      return runStoreWorktree(brain, effect);
    case 'restoreWorktree':
      return runRestoreWorktree(brain, effect);
    case 'deliverPrompt':
      return runDeliverPrompt(brain, effect, { withdrawn: signal, putBack });
    case 'changeProfile':
      return runChangeProfile(brain, effect);
    case 'startCheck':
      return runStartCheck(brain, effect);
    case 'commitRun':
      return runCommitRun(brain, effect, signal);
    case 'commitAll':
      return runCommitAll(brain, effect, signal);
    case 'push':
      return runPush(brain, effect, signal);
    case 'merge':
      return runMerge(brain, effect, signal);
    default:
      return effect satisfies never;
  }
}
