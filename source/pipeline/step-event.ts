import type { SessionFact } from '../session/event.ts';
import { nextCheckHost } from './check-host.ts';
import type { Step } from './next-step.ts';
import type { Run } from './run.ts';

/** The event that a step becomes. `promptId` is a fresh id, used only when the step sends a prompt. */
export function eventOfStep(step: Exclude<Step, { type: 'wait' | 'look' }>, run: Run, promptId: string): SessionFact {
  switch (step.type) {
    case 'check':
      return { type: 'checkRequested', host: nextCheckHost(run), tree: step.tree };
    case 'commit':
      return { type: 'commitRequested' };
    case 'prompt':
      return {
        type: 'runPrompted',
        prompt: promptId,
        text: step.text,
        anew: false,
        ...(step.afterLimit ? { afterLimit: true } : {}),
      };
    case 'hold': {
      const { type: _, ...held } = step;
      return { type: 'runHeld', ...held };
    }
    case 'goOn':
      return { type: 'runGoesOn' };
    case 'stop':
      return { type: 'runStopped', why: step.why, text: step.text };
    default:
      return step satisfies never;
  }
}
