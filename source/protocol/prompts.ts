import type { ActParams, SessionName, SessionView } from './daemon.ts';

/** What is asked about prompts. */
export interface PromptRequests {
  'prompt/send': {
    /** `interrupt`: it goes before those that wait, and the turn that is under way is interrupted for it. Older daemons let it wait. */
    params: ActParams & { readonly text: string; readonly interrupt?: boolean | undefined };
    /** `prompt`: the id of this one, as another one may have been sent meanwhile. `notInterrupted`: the turn goes on all the same. */
    result: SessionView & { readonly prompt: string; readonly notInterrupted?: true };
  };
  /** With the whole text of what was withdrawn; older daemons don't tell it. */
  'prompt/withdraw': {
    params: ActParams & { readonly prompt: string };
    result: SessionView & { readonly text?: string };
  };
  /** Files of its worktree that fit letters best, as paths in it; ignored ones are left out. Older daemons don't know it. */
  'file/find': {
    params: { readonly session: SessionName; readonly letters: string; readonly most: number };
    result: { readonly paths: readonly string[] };
  };
}
