import type { NamedRule } from '../protocol/host.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { flag, programOf } from './arguments.ts';
import { geminiRecords } from './gemini-records.ts';
import { GEMINI_LOGIN } from './known-logins.ts';
import { GEMINI_SOURCES } from './known-sources.ts';
import { startsInBox } from './prompt-text.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim, work, workOrIdle } from './screen-claim.ts';
import { type StandingChoice, THIS_SESSION } from './standing-choices.ts';

/** Its box shows a placeholder when it is empty; a draft replaces it. */
const EMPTY: ScreenRule = {
  name: 'its empty input box',
  match: '^ [>*]\\s+Type your message or @path/to/file',
  region: { bottom: 8 },
};

/**
 * Earlier prompts stand between the same bars, but with no line above them. While it works, the newest one is at the end of the screen for a
 * moment again and again: it erases its rows from the bottom up, and draws the box anew only after what it says. Between the line and the bars
 * stand its hint and which files it has read, in a narrow pane one below the other.
 */
const BOX: ScreenRule = {
  name: 'its input box',
  matchText:
    '─{20,}(?:\\n[^\\n]*){0,5}\\n▄{20,}\\n [>*] [^\\n]*(?:\\n(?!▀{20})[^\\n]*){0,12}\\n▀{20,}(?:\\n[^\\n]*){0,4}$',
  region: { bottom: 24 },
};

const DIALOGS: readonly ScreenClaim[] = [
  dialog({
    name: 'gemini/trust',
    rule: { match: 'Do you trust the files in this folder\\?' },
    kind: 'permission',
    text: 'trust this folder',
  }),
  dialog({
    name: 'gemini/login',
    rule: { match: 'How would you like to authenticate for this project\\?' },
    kind: 'auth',
    text: 'log in',
  }),
  dialog({
    name: 'gemini/permission',
    rule: { match: 'Allow execution of \\[|Apply this change\\?', region: { bottom: 30 } },
    kind: 'permission',
    text: 'a permission',
  }),
  dialog({
    name: 'gemini/plan',
    // The row of its keys too: for a moment it is drawn without its beginning.
    rule: {
      any: [{ match: '^│ Ready to start implementation\\?' }, { match: 'Ctrl\\+G to edit\\b', region: { bottom: 6 } }],
    },
    kind: 'plan',
    text: 'approve the plan',
  }),
  dialog({
    name: 'gemini/limit',
    rule: { match: '^│ Usage limit reached for ', region: { bottom: 20 } },
    kind: 'question',
    text: 'its usage limit is reached',
  }),
  dialog({
    name: 'gemini/question',
    // In a narrow pane the rest of its keys stands in the next row.
    rule: { match: '^│ Enter to select ·', region: { bottom: 6 } },
    kind: 'question',
    text: 'a question',
  }),
];

/** In a narrow pane its words are wrapped, and the key stands below them. */
const THINKS: ScreenRule = {
  matchText: '(?:^|\\n) ?[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] [^\\n]*(?:\\n[^\\n]*){0,2}\\(esc\\b',
  region: { bottom: 16 },
};

const WORK: readonly ScreenClaim[] = [
  work({ name: 'gemini/working', rule: THINKS }),
  work({
    name: 'gemini/compacting',
    rule: { match: '^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Compressing chat history\\b', region: { bottom: 20 } },
    text: 'sums up its conversation',
  }),
  // Its turn is over then, and nothing tells when that is.
  work({
    name: 'gemini/background',
    rule: { match: '\\d+ Background process', region: { bottom: 16 } },
    text: 'a background process is running',
  }),
];

/** The last of what was said in the conversation is that the model has failed: no word of anybody stands below it. */
const FAILED: ScreenRule = {
  matchText: '(?:^|\\n)✕ \\[API Error[^\\n]*(?:\\n(?! ?[✦✕✓⊷>*╭▄])[^\\n]*){0,16}\\n▄{20,}\\n [>*]',
  region: { bottom: 40 },
};

/** What its labels mean for later. */
const STANDING: readonly StandingChoice[] = [
  { label: 'for this session', holds: THIS_SESSION },
  { label: 'for all future sessions', holds: 'written to policies/auto-saved.toml in its home, for all sessions' },
  { label: '^Trust (?:parent )?folder', holds: 'written to trustedFolders.json in its home, for later sessions too' },
];

const LATEST = ['--resume', 'latest'] as const;

/** What was in its box has gone from there. */
const TAKEN: NamedRule = { name: 'gemini/taken', rule: { all: [BOX, EMPTY] } };

const CLAIMS: readonly ScreenClaim[] = [
  ...DIALOGS,
  {
    name: 'gemini/failed',
    rule: { all: [BOX, FAILED, { not: { any: WORK.map(({ rule }) => rule) } }] },
    state: 'idle',
    outcome: 'error',
    text: 'its model answered with an error',
    counts: 'silent',
  },
  ...workOrIdle({ name: 'gemini/idle', box: BOX, work: WORK }),
];

/**
 * Gemini CLI, started as it is. Its first prompt does not go by argument: the trust dialog does not hold it back, so it would run
 * before the user has answered.
 */
export const gemini: Agent = {
  kind: 'gemini',
  name: 'gemini',
  isDemo: false,
  detect: {
    program: 'gemini',
    versionArgs: ['--version'],
    version: output => /^(\d+\.\d+\.\d+\S*)/u.exec(output.trim())?.[1],
    install: 'npm install -g @google/gemini-cli',
    login: GEMINI_LOGIN,
  },
  seenWith: '0.61.0',
  sources: GEMINI_SOURCES,
  permissionModes: ['default', 'auto_edit', 'plan', 'yolo'],
  cannot: {
    letGo: 'gemini does not report when a turn is over, so tutti cannot let it go',
    firstPrompt: 'gemini would run it before its trust question is answered: it is typed when the box is ready',
  },
  // Without an id: it starts itself anew after a yes to its question about trust, with the same arguments, and refuses an id that it has used.
  start: options => launch(options, []),
  // Its newest one in this folder, which is the session's worktree and comes back to its place: also after `/clear`.
  resume: options => launch(options, LATEST),
  // The copy has an id of its own and is from then on the newest here; the other one stays as it is.
  fork: options => launch(options, options.copies === undefined ? LATEST : ['--session-file', options.copies]),
  adoptsCopy: 'atStart',
  conversationLost: 'Error resuming session|No previous sessions found',
  unset: [],
  input: {
    // A dialog takes the place of the box.
    interrupt: { key: '\x1b', shows: { all: [BOX, THINKS] } },
    ready: BOX,
    empty: EMPTY,
    dialogs: DIALOGS.map(({ rule }) => rule),
    // Seen at its start: the box stands for 0.1 to 0.6 s before the question for trust takes its place.
    calmMs: 1500,
    seen: text => startsInBox({ text, before: '▄{20,}\\n [>*]', pasted: '\\[Pasted Text: \\d+' }),
    bracketed: 'always',
    // Enter within 40 ms of a paste becomes a newline.
    enterAfterMs: 150,
    timeoutMs: 20_000,
    // `!` in an empty box switches to a shell that asks nothing, `/` opens a menu.
    protect: text => (/^[!/?]/u.test(text) ? ` ${text}` : text),
    whileBusy: 'never',
  },
  numbered: { begin: '^ ?╭─{20,}╮$', pick: 'nearest', refuses: '^No, suggest changes', standing: STANDING },
  records: geminiRecords,
  elsewhere: { idAfter: ['--session-id', '--resume', '-r'] },
  rules: [...rulesOf(CLAIMS), TAKEN],
  // That its screen changes after Enter is not enough: it may have made a line of it.
  receipt: { rules: ['gemini/working', TAKEN.name], typed: ['gemini/working'], states: [] },
  activity: (status, now) => activityBy({ status, now, claims: CLAIMS }),
};

/** The mode is always said; in a folder that is not trusted it silently counts as `default`. */
function launch(options: StartOptions, conversation: readonly string[]): Launch {
  return {
    argv: [
      ...programOf(options),
      ...flag(options, '--approval-mode', options.permissionMode ?? 'default'),
      ...conversation,
      ...flag(options, '-m', options.model),
      ...options.extra,
    ],
    env: {},
    conversation: undefined,
    promptGiven: false,
  };
}
