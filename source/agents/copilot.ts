import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { fitsArgument, flag, programOf } from './arguments.ts';
import { copilotRecords } from './copilot-records.ts';
import { COPILOT_SOURCES } from './known-sources.ts';
import { startsInBox } from './prompt-text.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim, work, workOrIdle } from './screen-claim.ts';

/** Two styles were seen with one version: between two lines behind `❯`, or behind a thick bar, as tutti's terminal gets it. */
const BOX: ScreenRule = {
  name: 'its input box',
  any: [
    {
      matchText: '(?:^|\\n)─{20,}\\n❯[^\\n]*(?:\\n(?!─{20})[^\\n]*){0,12}\\n─{20,}',
      region: { bottom: 20 },
    },
    { matchText: '(?:^|\\n)╻▄{20,}(?:\\n┃[^\\n]*){1,13}\\n╹▀{20,}', region: { bottom: 20 } },
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

const DIALOGS: readonly ScreenClaim[] = [
  dialog({
    name: 'copilot/trust',
    rule: { match: 'Confirm folder trust' },
    kind: 'permission',
    text: 'trust this folder',
  }),
  dialog({
    name: 'copilot/permission',
    rule: { match: '↑/↓ to navigate · enter to select · esc to cancel', region: { bottom: 4 } },
    kind: 'permission',
    text: 'a permission',
    // Where it sends its progress, that says busy meanwhile.
    counts: 'always',
  }),
  dialog({
    name: 'copilot/question',
    rule: { match: '↑/↓ select · enter accept · ctrl\\+d decline', region: { bottom: 4 } },
    kind: 'question',
    text: 'a question',
    counts: 'always',
  }),
];

const CLAIMS: readonly ScreenClaim[] = [
  ...DIALOGS,
  ...workOrIdle({
    name: 'copilot/idle',
    box: BOX,
    work: [
      work({
        name: 'copilot/working',
        rule: { match: '^ ?\\S Working\\b|\\besc again to interrupt\\b', region: { bottom: 2 } },
      }),
      work({
        name: 'copilot/background',
        rule: { match: 'Waiting for background shells', region: { bottom: 2 } },
        text: 'a background shell is running',
      }),
    ],
  }),
];

/** GitHub Copilot CLI, started as it is; its conversation's id can be chosen, and the same flag starts and resumes. */
export const copilot: Agent = {
  kind: 'copilot',
  name: 'copilot',
  isDemo: false,
  detect: {
    program: 'copilot',
    versionArgs: ['--version'],
    version: output => /GitHub Copilot CLI (\d+\.\d+\.\d+[^\s.]*)/u.exec(output)?.[1],
    install: 'npm install -g @github/copilot',
  },
  seenWith: '1.0.102',
  sources: COPILOT_SOURCES,
  permissionModes: ['manual', 'allow-all-tools'],
  cannot: {
    adopt: 'tutti has not seen yet how copilot goes on with a conversation in another folder',
    letGo: 'copilot reports when a turn is over only by hooks, which tutti does not set yet, so it cannot be let go',
  },
  start: options => launch(options, options.uuid),
  resume: options => launch(options, options.conversation),
  unset: ['COPILOT_ALLOW_ALL'],
  input: {
    ready: BOX,
    empty: EMPTY,
    dialogs: DIALOGS.map(({ rule }) => rule),
    seen: text => startsInBox({ text, before: BEFORE_TEXT, pasted: '\\[Paste #\\d+' }),
    bracketed: 'always',
    enterAfterMs: 100,
    timeoutMs: 20_000,
    protect: text => (/^[!/@#?]/u.test(text) || /\s@\S*$/u.test(text) ? ` ${text} ` : text),
    // Enter while a tool runs moves that tool to the background.
    whileBusy: 'never',
  },
  numbered: {
    begin: '^ ?╭─{20,}╮$',
    pick: 'nearest',
    inPane: { any: DIALOGS.filter(({ name }) => name === 'copilot/question').map(({ rule }) => rule) },
  },
  records: copilotRecords,
  rules: rulesOf(CLAIMS),
  // It takes its progress back when the turn and its background work are over.
  activity: (status, now) =>
    activityBy({
      status,
      now,
      claims: CLAIMS,
      refine: claim => (claim.state === 'unknown' ? { ...claim, state: 'idle' } : claim),
    }),
};

function launch(options: StartOptions, conversation: string): Launch {
  const promptGiven = fitsArgument(options.prompt);
  return {
    argv: [
      ...programOf(options),
      `--session-id=${conversation}`,
      ...(options.permissionMode === 'allow-all-tools' ? ['--allow-all-tools'] : []),
      ...flag(options, '--model', options.model),
      ...options.extra,
      ...(promptGiven ? [`--interactive=${options.prompt}`] : []),
    ],
    env: {},
    conversation,
    promptGiven,
  };
}
