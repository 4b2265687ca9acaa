import type { ScreenRule } from '../terminal/screen-rule.ts';
import { dialog, type ScreenClaim, work } from './screen-claim.ts';

/** What Codex 0.169.0 draws, as rules; each is tested on a recorded screen or, where marked, on the words of its dialog alone. */

/** The composer. Choices of a dialog begin with the same mark and a number. */
export const CODEX_COMPOSER: ScreenRule = {
  name: 'its input box',
  match: '^›(?!\\s*\\d+\\.)',
  region: { bottom: 14 },
};

/** Its placeholder is dim; a draft is not, and hides it. */
export const CODEX_EMPTY: ScreenRule = { match: 'Ask Codex to do anything$', region: { bottom: 8 }, dim: true };

/** Those before the conversation, which it does not report: enter takes the marked choice. */
export const CODEX_FIRST_DIALOGS: readonly ScreenClaim[] = [
  dialog({
    name: 'codex/login',
    rule: { match: 'Sign in with ChatGPT' },
    kind: 'auth',
    text: 'log in',
  }),
  dialog({
    name: 'codex/trust',
    rule: { match: 'Trust this folder\\?' },
    kind: 'permission',
    text: 'trust this folder',
  }),
  dialog({
    name: 'codex/hooks',
    rule: { match: '^\\s*Hooks need review' },
    kind: 'permission',
    text: 'review hooks',
  }),
  dialog({
    name: 'codex/model',
    rule: { match: 'enter/esc confirm', region: { bottom: 4 } },
    kind: 'question',
    text: 'try a new model',
  }),
  dialog({
    name: 'codex/folder',
    rule: { match: 'Working directory · resume' },
    kind: 'question',
    text: 'which folder to work in',
  }),
  dialog({
    name: 'codex/elsewhere',
    rule: { match: 'This conversation is open in another app' },
    kind: 'question',
    text: 'the conversation is open elsewhere',
  }),
];

export const CODEX_DIALOGS: readonly ScreenClaim[] = [
  ...CODEX_FIRST_DIALOGS,
  // It reports `done` while its plan waits.
  dialog({
    name: 'codex/plan',
    rule: { match: '^\\s*Implement this plan\\?', region: { bottom: 14 } },
    kind: 'plan',
    text: 'approve the plan',
    counts: 'always',
  }),
  dialog({
    name: 'codex/permission',
    rule: {
      match: 'Would you like to (?:run the following command|make the following edits)\\?',
      region: { bottom: 30 },
    },
    kind: 'permission',
    text: 'a permission',
  }),
  dialog({
    name: 'codex/question',
    rule: { match: '^\\s*Question \\d+/\\d+ \\(', region: { bottom: 30 } },
    kind: 'question',
    text: 'a question',
  }),
];

/** Its word for it is an error without a text. When it ends stands in its pane only, over several rows. */
export const CODEX_LIMIT: ScreenClaim = {
  name: 'codex/limit',
  rule: { match: '^■ You.ve hit your usage limit' },
  state: 'idle',
  outcome: 'error',
  text: 'its usage limit is reached; its pane says until when',
  counts: 'silent',
};

/** Its `done` does not mean that a background terminal is over, and `working` says nothing of a retry. */
export const CODEX_WORK: readonly ScreenClaim[] = [
  work({
    name: 'codex/background',
    rule: { match: '\\d+ background terminals? running', region: { bottom: 8 } },
    text: 'a background terminal is running',
  }),
  work({
    name: 'codex/retrying',
    rule: { match: 'Reconnecting\\.\\.\\. \\d+/\\d+', region: { bottom: 14 } },
    text: 'no answer from the model, retrying',
  }),
];
