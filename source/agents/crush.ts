import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { flag, programOf } from './arguments.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim } from './screen-claim.ts';
import { sourcesOf } from './sources.ts';

/** Its placeholder says whether it is ready; a draft replaces it. */
const EMPTY: ScreenRule = {
  name: 'its empty input box',
  match: '\\bReady(?:!|\\.\\.\\.|\\?| for instructions)|\\bYolo mode!',
  region: { bottom: 12 },
};

const DIALOGS: readonly ScreenClaim[] = [
  dialog({
    name: 'crush/permission',
    rule: { match: '\\bPermission Required\\b' },
    kind: 'permission',
    text: 'a permission',
  }),
  dialog({
    name: 'crush/begin',
    rule: { match: 'Would you like to initialize this project\\?' },
    kind: 'question',
    text: 'write a file about the project',
  }),
];

/**
 * Crush. Documented only: read in its source (August 2026), never seen running here. It sends OSC 7501 by what is told of newer
 * versions. Its data lies in the session's folder and not in the worktree, so that the newest conversation in there is the session's.
 */
export const crush: Agent = {
  kind: 'crush',
  name: 'crush',
  isDemo: false,
  detect: {
    program: 'crush',
    versionArgs: ['--version'],
    version: output => /version v?(\d+\.\d+\.\d+\S*)/u.exec(output)?.[1],
    install: 'npm install -g @charmland/crush',
  },
  seenWith: undefined,
  sources: sourcesOf(
    {
      resume: 'argv',
      firstPrompt: 'typed',
      working: ['word', 'output'],
      permission: ['word', 'screen'],
      finished: 'word',
    },
    'all',
  ),
  permissionModes: ['ask', 'yolo'],
  cannot: {
    letGo: 'crush was not seen to report when a turn is over, so it cannot be let go',
    firstPrompt: 'crush takes no prompt as an argument and stays: it is typed when its box is ready',
    model: 'crush takes no model at its start: choose it in its own settings',
  },
  start: options => launch(options, []),
  resume: options => launch(options, ['--continue']),
  unset: ['CRUSH_CLIENT_SERVER'],
  input: {
    ready: EMPTY,
    empty: EMPTY,
    dialogs: DIALOGS.map(({ rule }) => rule),
    seen: undefined,
    bracketed: 'asked',
    enterAfterMs: 150,
    timeoutMs: 20_000,
    // `/` opens its commands, `@` a list of files.
    protect: text => (/^[/!@]/u.test(text) ? ` ${text}` : text),
    whileBusy: 'never',
  },
  rules: rulesOf(DIALOGS),
  activity: (status, now) => activityBy({ status, now, claims: DIALOGS }),
};

function launch(options: StartOptions, conversationArgs: readonly string[]): Launch {
  return {
    argv: [
      ...programOf(options),
      ...flag(options, '--data-dir', options.folder),
      ...conversationArgs,
      ...(options.permissionMode === 'yolo' ? ['--yolo'] : []),
      ...options.extra,
    ],
    env: {},
    files: {},
    conversation: undefined,
    promptGiven: false,
  };
}
