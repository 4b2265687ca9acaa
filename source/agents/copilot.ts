import type { HostStatus, NamedRule } from '../protocol/host.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { flag, plainArgument, programOf } from './arguments.ts';
import {
  askedByCopilot,
  claimOfCopilotHooks,
  copilotPlugin,
  copilotPluginFiles,
  endOfCopilot,
  GAVE_UP_RULE,
  retriedByCopilot,
} from './copilot-hooks.ts';
import { copilotRecords } from './copilot-records.ts';
import { COPILOT_LOGIN } from './known-logins.ts';
import { COPILOT_SOURCES } from './known-sources.ts';
import { startsInBox } from './prompt-text.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim, work, workOrIdle } from './screen-claim.ts';
import type { StandingChoice } from './standing-choices.ts';

/**
 * Two styles were seen with one version: between two lines behind `❯`, or behind a thick bar, as tutti's terminal gets it. A long text makes
 * it half as tall as the screen, and then it shows the end of it.
 */
const BOX: ScreenRule = {
  name: 'its input box',
  any: [
    { matchText: '(?:^|\\n)─{20,}\\n❯[^\\n]*(?:\\n(?!─{20})[^\\n]*)*\\n─{20,}' },
    { matchText: '(?:^|\\n)╻▄{20,}(?:\\n┃[^\\n]*)+\\n╹▀{20,}' },
  ],
};
const EMPTY: ScreenRule = {
  any: [
    { matchText: '(?:^|\\n)─{20,}\\n❯\\s*\\n─{20,}', region: { bottom: 6 } },
    { matchText: '(?:^|\\n)╻▄{20,}\\n┃\\s*\\n╹▀{20,}', region: { bottom: 6 } },
  ],
};
/** What stands before the text in the box. */
const BEFORE_TEXT = '(?:^|\\n)(?:─{20,}\\n❯|╻▄{20,}\\n┃)';
const AFTER_TEXT = '\\n(?:─{20,}|╹▀{20,})';

/** What they end with; in a narrow pane the rest of it stands in the next row. */
const KEYS_OF_CHOICES: ScreenRule = { match: '^│ ↑/↓ to navigate · enter to select\\b', region: { bottom: 5 } };

const DIALOGS: readonly ScreenClaim[] = [
  dialog({
    name: 'copilot/trust',
    rule: { match: 'Confirm folder trust' },
    kind: 'permission',
    text: 'trust this folder',
    // The keys below it are those of a permission.
    counts: 'always',
  }),
  dialog({
    name: 'copilot/plan',
    // Its last choice too: for a moment it is drawn without its beginning.
    rule: {
      all: [
        { any: [{ match: '^│ Plan Ready for Review\\s+│$' }, { match: '^│ [ ❯] 4\\. Suggest changes\\s+│$' }] },
        KEYS_OF_CHOICES,
      ],
    },
    kind: 'plan',
    text: 'approve the plan',
    counts: 'always',
  }),
  dialog({
    name: 'copilot/permission',
    rule: KEYS_OF_CHOICES,
    kind: 'permission',
    text: 'a permission',
    // Where it sends its progress, that says busy meanwhile.
    counts: 'always',
  }),
  dialog({
    name: 'copilot/question',
    rule: { match: '↑/↓ select · enter accept\\b', region: { bottom: 5 } },
    kind: 'question',
    text: 'a question',
    counts: 'always',
  }),
];

/** Above the row with its folder, which stands above its box; its other rows begin further in. */
const COMPACTS: ScreenRule = {
  matchText: '(?:^|\\n)\\S Compacting conversation\\b[^\\n]*\\n[^\\n]*\\n(?:─{20,}|╻▄{20,})',
};

/** What its labels mean for later. */
const STANDING: readonly StandingChoice[] = [
  {
    label: 'don.t ask again|in this repo',
    holds: 'written to permissions-config.json in its home, for this repository',
  },
];

/**
 * Below its box stands one row for all that goes on: its word for that (`Working`, or any other), which is cut where the row is narrow,
 * and the keys that end it, which are not.
 */
const ROW = { bottom: 2 };
const WAITS: ScreenRule = { match: '^ ?\\S Waiting for\\b', region: ROW };
const FOR_AGENTS: ScreenRule = { match: '\\bbackground ag|\\bstop agents\\b', region: ROW };
const WORKS: ScreenRule = {
  name: 'that it works',
  all: [
    {
      any: [
        { match: '^ ?\\S (?:Working|Executing)\\b', region: ROW },
        { match: '\\besc (?:esc|again to) (?:interrupt|cancel|edit prompt)\\b', region: ROW },
      ],
    },
    { not: WAITS },
  ],
};

const CLAIMS: readonly ScreenClaim[] = [
  ...DIALOGS,
  ...workOrIdle({
    name: 'copilot/idle',
    box: BOX,
    // Its hooks do not tell of an interrupt.
    counts: 'always',
    work: [
      work({
        name: 'copilot/working',
        rule: WORKS,
      }),
      work({
        name: 'copilot/compacting',
        rule: COMPACTS,
        text: 'sums up its conversation',
      }),
      // After a no and after an interrupt; it may work for a moment more then.
      work({
        name: 'copilot/cancelling',
        rule: { match: '^ ?\\S Cancelling\\b', region: ROW },
      }),
      work({
        name: 'copilot/background',
        rule: { all: [WAITS, { not: FOR_AGENTS }] },
        text: 'a background shell is running',
      }),
      work({
        name: 'copilot/agents',
        rule: { all: [WAITS, FOR_AGENTS] },
        text: 'a background agent is running',
      }),
    ],
  }),
];

/** What it says last, below all else in the conversation, when it has given up. */
const GAVE_UP: NamedRule = {
  name: GAVE_UP_RULE,
  rule: { matchText: `(?:^|\\n) ?✗ [^\\n]*(?:\\n(?! ?[●❯$])[^\\n]*)*${BEFORE_TEXT}` },
};

/** It trims what it is given and runs what begins with `!` then, unasked: only another sign before it makes that a text. */
function inert(text: string): string {
  if (/^\s*!/u.test(text)) return `> ${text.trimStart()}`;
  return /^[/@#?]/u.test(text) || /\s@\S*$/u.test(text) ? ` ${text} ` : text;
}

/** All tools ask in `manual`. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  manual: [],
  'allow-edits': ['--allow-tool=write'],
  'allow-all-tools': ['--allow-all-tools'],
};

/** What its hooks know better than its screen, by rule. */
const REFINED: Readonly<Record<string, (claim: ScreenClaim, status: HostStatus) => ScreenClaim>> = {
  'copilot/idle': endOfCopilot,
  'copilot/permission': askedByCopilot,
  'copilot/working': retriedByCopilot,
};

/** GitHub Copilot CLI, with hooks for this start; its conversation's id can be chosen, and the same flag starts and resumes. */
export const copilot: Agent = {
  kind: 'copilot',
  name: 'copilot',
  isDemo: false,
  detect: {
    program: 'copilot',
    versionArgs: ['--version'],
    version: output => /GitHub Copilot CLI (\d+\.\d+\.\d+[^\s.]*)/u.exec(output)?.[1],
    install: 'npm install -g @github/copilot',
    login: COPILOT_LOGIN,
  },
  seenWith: '1.0.102',
  sources: COPILOT_SOURCES,
  permissionModes: Object.keys(MODES),
  letGoMode: 'allow-edits',
  cannot: {},
  start: options => launch(options, options.uuid),
  resume: options => launch(options, options.conversation),
  unset: ['COPILOT_ALLOW_ALL'],
  input: {
    interrupt: {
      key: '\x1b',
      shows: { all: [BOX, WORKS] },
      again: { match: '\\besc again to interrupt\\b', region: { bottom: 2 } },
    },
    ready: BOX,
    empty: EMPTY,
    dialogs: DIALOGS.map(({ rule }) => rule),
    seen: text => startsInBox({ text, before: BEFORE_TEXT, pasted: '\\[Paste #\\d+', after: AFTER_TEXT }),
    bracketed: 'always',
    enterAfterMs: 100,
    timeoutMs: 20_000,
    protect: inert,
    // Enter while a tool runs moves that tool to the background.
    whileBusy: 'never',
  },
  hasHooks: true,
  numbered: {
    begin: '^ ?╭─{20,}╮$',
    pick: 'nearest',
    standing: STANDING,
    inPane: { any: DIALOGS.filter(({ name }) => name === 'copilot/question').map(({ rule }) => rule) },
  },
  records: copilotRecords,
  elsewhere: { idAfter: ['--session-id', '--resume'] },
  rules: [...rulesOf(CLAIMS), GAVE_UP],
  receipt: { hook: 'userPromptSubmitted', rules: ['copilot/working'], states: [] },
  activity: (status, now) =>
    activityBy({
      status,
      now,
      claims: CLAIMS.map(claim => REFINED[claim.name]?.(claim, status) ?? claim),
      // It takes its progress (OSC 9;4) back when the turn and its background work are over.
      refine: claim => (claim.state === 'unknown' ? { ...claim, state: 'idle' } : claim),
      hooks: claimOfCopilotHooks,
    }),
};

function launch(options: StartOptions, conversation: string): Launch {
  const promptGiven = plainArgument(options.prompt);
  const { report } = options;
  return {
    argv: [
      ...programOf(options),
      `--session-id=${conversation}`,
      ...flag(options, '--plugin-dir', report === undefined ? undefined : copilotPlugin(report)),
      ...(MODES[options.permissionMode ?? 'manual'] ?? []),
      ...flag(options, '--model', options.model),
      ...options.extra,
      ...(promptGiven ? [`--interactive=${options.prompt}`] : []),
    ],
    env: {},
    conversation,
    promptGiven,
    ...(report === undefined ? {} : { hookFiles: copilotPluginFiles(report) }),
  };
}
