import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { fitsArgument, flag, programOf } from './arguments.ts';
import { demoRecords } from './demo-records.ts';
import { startsInBox } from './prompt-text.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim } from './screen-claim.ts';
import { sourcesOf } from './sources.ts';
import { type StandingChoice, THIS_SESSION } from './standing-choices.ts';

/** What its labels mean for later. */
const STANDING: readonly StandingChoice[] = [{ label: 'in this conversation', holds: THIS_SESSION }];

/** The input box below its heading; dialogs have a heading of their own kind in its place. */
const BOX: ScreenRule = {
  name: 'its input box',
  matchText: '(?:^|\\n)── demo agent ─*\\n>[^\\n]*(?:\\n(?!─)[^\\n]*){0,12}\\n─+\\n',
  region: { bottom: 20 },
};
/** Its placeholder is dim and gone with the first letter of a draft. */
const EMPTY: ScreenRule = { match: 'Type a prompt', region: { bottom: 4 }, dim: true };

const DIALOGS: readonly ScreenClaim[] = [
  demoDialog({ kind: 'permission', heading: 'permission', text: 'a permission' }),
  demoDialog({ kind: 'permission', heading: 'trust', text: 'trust this folder' }),
  demoDialog({ kind: 'question', heading: 'question', text: 'a question' }),
  demoDialog({ kind: 'plan', heading: 'plan', text: 'approve the plan' }),
];

/** The demo agent of this package: always there, offline, scripted by what is typed to it. It stands for claude in every way. */
export const demo: Agent = {
  kind: 'demo',
  name: 'demo',
  isDemo: true,
  detect: {
    program: undefined,
    versionArgs: ['--version'],
    version: output => output.trim() || undefined,
    install: undefined,
  },
  seenWith: undefined,
  sources: sourcesOf({
    resume: 'argv',
    firstPrompt: 'argv',
    working: 'word',
    permission: ['word', 'screen'],
    question: ['word', 'screen'],
    plan: ['word', 'screen'],
    finished: 'word',
    interrupted: 'word',
    denied: 'word',
    apiError: 'word',
    limit: ['word', 'records'],
    subAgent: 'word',
    background: 'word',
    trust: ['word', 'screen'],
    answerPermission: 'keys',
    answerQuestion: 'keys',
    answerPlan: 'keys',
    history: 'records',
  }),
  permissionModes: ['edits', 'ask'],
  cannot: { model: 'the demo agent has no model: it plays what is typed to it' },
  start: options => launch(options, ['--session-id', options.uuid], options.uuid),
  resume: options => launch(options, ['--resume', options.conversation], options.conversation),
  conversationLost: 'No conversation found with session ID',
  unset: [],
  input: {
    interrupt: { key: '\x1b', shows: { all: [BOX, { match: 'esc to interrupt\\)', region: { bottom: 20 } }] } },
    ready: BOX,
    empty: EMPTY,
    dialogs: DIALOGS.map(({ rule }) => rule),
    seen: text => startsInBox({ text, before: '(?:^|\\n)── demo agent ─*\\n>', pasted: '\\[Pasted text' }),
    bracketed: 'always',
    enterAfterMs: 20,
    timeoutMs: 15_000,
    protect: text => text,
    whileBusy: 'queues',
  },
  numbered: {
    begin: '^── demo agent · ',
    pick: 'nearest',
    refuses: '^No, and tell the agent what',
    standing: STANDING,
    commands: { drawn: '^Action\\n{command}\\nDo you want to proceed\\?$', once: '^Yes$' },
  },
  // It stands for programs whose word tells the whole of it.
  commandAsked: (_status, text) => {
    const [, command] = /^approve Action: (.+)$/u.exec(text ?? '') ?? [];
    return command === undefined ? undefined : { tool: 'Action', command };
  },
  records: demoRecords,
  afterLimitMs: 0,
  rules: rulesOf(DIALOGS),
  activity: (status, now) =>
    activityBy({
      status,
      now,
      claims: DIALOGS,
      refine: word =>
        word.state === 'waiting' && word.text?.startsWith('approve the plan') ? { ...word, kind: 'plan' } : word,
    }),
};

function demoDialog(options: {
  readonly kind: 'permission' | 'question' | 'plan';
  readonly heading: string;
  readonly text: string;
}): ScreenClaim {
  const { kind, heading, text } = options;
  return dialog({
    name: `demo/${heading}`,
    rule: { match: `^── demo agent · ${heading} ─*$`, region: { bottom: 30 } },
    kind,
    text,
  });
}

function launch(options: StartOptions, conversationArgs: readonly string[], conversation: string): Launch {
  const promptGiven = fitsArgument(options.prompt);
  return {
    argv: [
      ...programOf(options),
      ...conversationArgs,
      ...flag(options, '--permission-mode', options.permissionMode ?? 'edits'),
      ...options.extra,
      ...(promptGiven ? ['--', options.prompt ?? ''] : []),
    ],
    env: {},
    conversation,
    promptGiven,
  };
}
