import type { HostStatus } from '../protocol/host.ts';
import type { Claim } from '../session/claim.ts';
import { isOfSubAgent, TURN_WORDS } from '../session/receipt.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { fitsArgument, flag, programOf } from './arguments.ts';
import { claimOfClaudeHooks } from './claude-hooks.ts';
import { hookCommand, hookReports } from './hook-reports.ts';
import { startsInBox } from './prompt-text.ts';
import { qwenRecords } from './qwen-records.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim, work, workOrIdle } from './screen-claim.ts';
import { sourcesOf } from './sources.ts';
import type { StandingChoice } from './standing-choices.ts';

/** Between two lines over the whole width; earlier prompts stand behind the same mark, but indented. */
const BOX: ScreenRule = {
  name: 'its input box',
  matchText: '(?:^|\\n)─{20,}\\n[>!*] ?[^\\n]*(?:\\n(?!─{20})[^\\n]*){0,12}\\n─{20,}(?:\\n[^\\n]*){0,5}$',
  region: { bottom: 20 },
};

/** Its placeholder has a colour of the theme and is not dim: it is told by its words. */
const EMPTY: ScreenRule = {
  name: 'its empty input box',
  match: '^[>*]\\s+Type your message or @path/to/file',
  region: { bottom: 8 },
};

const DIALOGS: readonly ScreenClaim[] = [
  dialog({
    name: 'qwen/login',
    rule: { match: '^\\s*│ Connect a Provider\\s*│' },
    kind: 'auth',
    text: 'connect a provider',
  }),
  dialog({
    name: 'qwen/plan',
    rule: { matchText: '\\n\\s*\\? ExitPlanMode [\\s\\S]*Waiting for user confirmation', region: { bottom: 34 } },
    kind: 'plan',
    text: 'approve the plan',
  }),
  dialog({
    name: 'qwen/question',
    rule: { match: '↑/↓: Navigate \\| Enter: Select\\b', region: { bottom: 6 } },
    kind: 'question',
    text: 'a question',
  }),
  dialog({
    name: 'qwen/permission',
    rule: { match: '^\\s*\\S Waiting for user confirmation\\.\\.\\.', region: { bottom: 3 } },
    kind: 'permission',
    text: 'a permission',
  }),
];

/** What its labels mean for later. */
const STANDING: readonly StandingChoice[] = [
  { label: 'in this project$', holds: 'kept in its settings of this project, for later sessions too' },
  { label: 'for this user$', holds: 'kept in its settings of yours, for all projects' },
];

const CLAIMS: readonly ScreenClaim[] = [
  ...DIALOGS,
  ...workOrIdle({
    name: 'qwen/idle',
    box: BOX,
    work: [
      work({
        name: 'qwen/working',
        // In a narrow pane its words are wrapped, and the key stands below them.
        rule: {
          matchText: '(?:^|\\n) {1,2}[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] [^\\n]*(?:\\n {2,}\\S[^\\n]*){0,2}· esc to cancel\\)',
          region: { bottom: 16 },
        },
      }),
    ],
  }),
];

/** What its hooks are asked to report. */
const HOOKS = ['UserPromptSubmit', 'Stop', 'StopFailure'] as const;

/**
 * Qwen Code, a fork of gemini-cli that has grown apart from it. Seen running with 0.24.4: all that stands here, but for `StopFailure`.
 * Its conversation's id can be chosen, once, and belongs to its folder. While a model does not answer it shows nothing but its work.
 */
export const qwen: Agent = {
  kind: 'qwen',
  name: 'qwen',
  isDemo: false,
  detect: {
    program: 'qwen',
    versionArgs: ['--version'],
    version: output => /^(\d+\.\d+\.\d+\S*)/u.exec(output.trim())?.[1],
    install: 'npm install -g @qwen-code/qwen-code',
  },
  seenWith: '0.24.4',
  sources: sourcesOf(
    {
      resume: 'argv',
      firstPrompt: 'argv',
      working: 'screen',
      permission: 'screen',
      question: 'screen',
      plan: 'screen',
      finished: ['screen', 'hook'],
      interrupted: 'screen',
      denied: 'screen',
      apiError: 'hook',
      background: 'hook',
      answerPermission: 'keys',
      answerQuestion: 'keys',
      answerPlan: 'keys',
      history: 'records',
      tokens: 'records',
    },
    ['apiError', 'background'],
  ),
  permissionModes: ['default', 'plan', 'auto-edit', 'auto', 'yolo'],
  letGoMode: 'auto-edit',
  cannot: {
    adopt: 'qwen goes on with a conversation only in the folder where it began',
  },
  start: options => launch(options, ['--session-id', options.uuid], options.uuid),
  resume: options => launch(options, ['--resume', options.conversation], options.conversation),
  conversationLost: 'No saved session found with ID',
  unset: ['QWEN_CODE_NO_RELAUNCH'],
  input: {
    ready: BOX,
    empty: EMPTY,
    dialogs: DIALOGS.map(({ rule }) => rule),
    seen: text => startsInBox({ text, before: '(?:^|\\n)─{20,}\\n[>*]', pasted: '\\[Pasted ' }),
    bracketed: 'always',
    enterAfterMs: 150,
    timeoutMs: 20_000,
    protect: inert,
    whileBusy: 'steers',
  },
  hasHooks: true,
  receipt: { hook: 'UserPromptSubmit', states: TURN_WORDS },
  conversationOf: conversationOfQwen,
  records: qwenRecords,
  elsewhere: { idAfter: ['--session-id', '--resume', '-r'] },
  // What it says and what it asks are indented alike, what stands in a dialog further.
  numbered: { begin: '^ {2}\\? \\S', pick: 'nearest', refuses: '^No, suggest changes', standing: STANDING },
  rules: rulesOf(CLAIMS),
  activity: (status, now) => activityBy({ status, now, claims: CLAIMS, hooks: claimOfQwenHooks }),
};

/** `!` in an empty box switches to a shell. A blank in front does not disarm `/quit`: seen with 0.24.4. */
function inert(text: string): string {
  return /^\s*\//u.test(text) ? `> ${text}` : /^[!?]/u.test(text) ? ` ${text}` : text;
}

/** The mode is always said. Files of its own settings are never touched: what is ours comes as defaults of the system, below the user's. */
function launch(options: StartOptions, conversationArgs: readonly string[], conversation: string): Launch {
  const { folder, report, prompt } = options;
  const promptGiven = fitsArgument(prompt);
  const own = folder === undefined ? undefined : { 'qwen-defaults.json': defaults(report) };
  return {
    argv: [
      ...programOf(options),
      ...flag(options, '--approval-mode', options.permissionMode ?? 'default'),
      ...conversationArgs,
      ...flag(options, '-m', options.model),
      ...options.extra,
      ...(promptGiven ? [`--prompt-interactive=${inert(prompt)}`] : []),
    ],
    env: own === undefined ? {} : { QWEN_CODE_SYSTEM_DEFAULTS_PATH: `${folder}/qwen-defaults.json` },
    files: own,
    conversation,
    promptGiven,
  };
}

/** A suggestion that it writes into its box cannot be told from a draft by its cells. Its hooks count milliseconds. */
function defaults(report: string | undefined): string {
  const hooksOf = (name: string) => [
    { hooks: [{ type: 'command', command: hookCommand(report ?? '', name), timeout: 10_000 }] },
  ];
  return JSON.stringify({
    ui: { enableFollowupSuggestions: false },
    ...(report === undefined ? {} : { hooks: Object.fromEntries(HOOKS.map(name => [name, hooksOf(name)])) }),
  });
}

/**
 * How a turn ended, as claude's hooks tell it, background work too. An interrupt has no hook: while a turn runs its screen tells what it
 * does.
 */
function claimOfQwenHooks(status: HostStatus): Claim | undefined {
  const newest = hookReports(status).findLast(report => !isOfSubAgent(report));
  return newest?.name === 'UserPromptSubmit' ? undefined : claimOfClaudeHooks(status);
}

/** `/clear` begins another one in the same program. */
function conversationOfQwen(status: Pick<HostStatus, 'events'>): string | undefined {
  const { session_id } = hookReports(status).findLast(report => !isOfSubAgent(report))?.data ?? {};
  return typeof session_id === 'string' ? session_id : undefined;
}
