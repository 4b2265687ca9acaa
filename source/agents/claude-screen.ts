import type { ScreenRule } from '../terminal/screen-rule.ts';
import { dialog, type ScreenClaim, work } from './screen-claim.ts';

/** What Claude Code 2.1.330 draws, as rules; each is tested on a recorded screen. */

const RULE = '─{20,}[^\\n]*';

/** The input box: `❯` between two rules, with as many rows as the draft has. */
export const CLAUDE_BOX: ScreenRule = {
  name: 'its input box',
  matchText: `(?:^|\\n)${RULE}\\n❯(?:\\s[^\\n]*)?(?:\\n(?!─{20})[^\\n]*){0,24}\\n${RULE}`,
  region: { bottom: 40 },
};

/**
 * A box of one row without plain text in it; ghost text is dim but for its first letter. Footers of 1 to 8 rows stand below (sub-agents have
 * a row each), so each height has a rule of its own: above the box an earlier prompt looks just like a draft.
 */
export const CLAUDE_EMPTY: ScreenRule = {
  any: [1, 2, 3, 4, 5, 6, 7, 8].map(footer => ({
    all: [
      {
        matchText: `^${RULE}\\n❯[^\\n]*\\n${RULE}(?:\\n[^\\n]*){${footer}}$`,
        region: { bottom: footer + 3 },
      },
      { not: { match: '^❯\\s+\\S.*$', region: { bottom: footer + 2 }, dim: false } },
    ],
  })),
};

/** What stands before the text in the box, for `startsInBox`. */
export const CLAUDE_BEFORE_TEXT = `(?:^|\\n)${RULE}\\n❯`;

/** Dialogs swallow text, and Enter takes their first choice. Before the conversation nothing but the screen tells most of them. */
const DIALOGS = [
  dialog({
    name: 'claude/trust',
    rule: { match: '^\\s*Accessing workspace:' },
    kind: 'permission',
    text: 'trust this folder',
  }),
  dialog({
    name: 'claude/api-key',
    rule: { match: 'Detected a custom API key' },
    kind: 'auth',
    text: 'use the API key of the environment',
  }),
  dialog({
    name: 'claude/login',
    rule: { match: 'Select login method|Paste code here if prompted' },
    kind: 'auth',
    text: 'log in',
  }),
  dialog({
    name: 'claude/theme',
    rule: { match: 'Choose the text style that looks best' },
    kind: 'question',
    text: 'choose a theme',
  }),
  dialog({
    name: 'claude/bypass',
    rule: { match: 'running in Bypass Permissions mode|Bypass Permissions mode, Claude Code' },
    kind: 'permission',
    text: 'run without asking for permissions',
  }),
  dialog({
    name: 'claude/settings',
    rule: { match: '^\\s*Settings (?:Warning|Error)' },
    kind: 'question',
    text: 'settings with errors',
  }),
  dialog({
    name: 'claude/add-folder',
    rule: { match: '^\\s*Adding a new directory:' },
    kind: 'permission',
    text: 'work in another folder too',
  }),
  dialog({
    name: 'claude/mcp',
    rule: { match: 'New MCP servers? found in this project' },
    kind: 'permission',
    text: 'start the MCP server of this project',
  }),
  dialog({
    name: 'claude/plan',
    rule: { match: '^\\s*(?:Ready to code\\?|Exit plan mode\\?|Would you like to proceed\\?)', region: { bottom: 30 } },
    kind: 'plan',
    text: 'approve the plan',
  }),
  dialog({
    name: 'claude/permission',
    rule: { match: 'Esc to cancel · Tab to amend', region: { bottom: 4 } },
    kind: 'permission',
    text: 'a permission',
  }),
  dialog({
    name: 'claude/question',
    rule: { match: '(?:Enter to select|Enter to submit|Tab\\S* to navigate) .*Esc to cancel', region: { bottom: 4 } },
    kind: 'question',
    text: 'a question',
  }),
];

/** A dialog takes the place of the box: where that stands, the same words are only talk. */
export const CLAUDE_DIALOGS: readonly ScreenClaim[] = DIALOGS.map(claim => ({
  ...claim,
  rule: { name: claim.text, all: [claim.rule, { not: CLAUDE_BOX }] },
}));

/** Its account is at a limit, and it goes on by itself when that is over: what is sent before meets the limit as well. */
const CLAUDE_WAITS: ScreenRule = { match: 'Continuing automatically at ', region: { bottom: 4 } };

/** It takes a prompt: `CLAUDE_BOX` stands there, and no limit. */
export const CLAUDE_READY: ScreenRule = { name: 'its input box', all: [CLAUDE_BOX, { not: CLAUDE_WAITS }] };

/** Opened by the person, reported by nothing: `/model`, rewind and the like. Nothing to say about, but never to be typed into. */
export const CLAUDE_OVERLAY: ScreenRule = {
  name: 'something that was opened over its input box',
  all: [{ match: 'Esc to (?:cancel|exit|close|go back)', region: { bottom: 3 } }, { not: CLAUDE_WAITS }],
};

/** 7501 says no more than `working` while the model does not answer. */
export const CLAUDE_RETRYING: ScreenClaim = work({
  name: 'claude/retrying',
  rule: { match: '· retrying in \\d+s · attempt \\d+/\\d+', region: { bottom: 14 } },
  text: 'no answer from the model, retrying',
});
