import type { ActParams, SessionName, SessionView } from './daemon.ts';

/** What is asked about prompts. */
export interface PromptRequests {
  'prompt/send': {
    params: ActParams & { readonly text: string };
    /** The id of this prompt: another one may have been sent meanwhile. */
    result: SessionView & { readonly prompt: string };
  };
  'prompt/withdraw': { params: ActParams & { readonly prompt: string }; result: SessionView };
  /** Files of its worktree that fit letters best, as paths in it; ignored ones are left out. Older daemons don't know it. */
  'file/find': {
    params: { readonly session: SessionName; readonly letters: string; readonly most: number };
    result: { readonly paths: readonly string[] };
  };
}
