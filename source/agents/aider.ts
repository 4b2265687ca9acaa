import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { flag, programOf } from './arguments.ts';
import { startsInBox } from './prompt-text.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim, workOrIdle } from './screen-claim.ts';
import { sourcesOf } from './sources.ts';

/** `> `, or with the name of its chat mode and `multi` before it. Its line editor keeps the cursor there. */
const BOX: ScreenRule = { name: 'its prompt', match: '^(?:[a-z-]+ ?){0,2}>(?: |$)', region: 'cursorRow' };
const EMPTY: ScreenRule = { name: 'its empty prompt', match: '^(?:[a-z-]+ ?){0,2}>$', region: 'cursorRow' };

const DIALOGS: readonly ScreenClaim[] = [
  dialog({
    name: 'aider/permission',
    rule: { match: '\\(Y\\)es/\\(N\\)o.*\\[(?:Yes|No)\\]:', region: { bottom: 4 } },
    kind: 'permission',
    text: 'a question to be answered with yes or no',
  }),
];

const CLAIMS: readonly ScreenClaim[] = [...DIALOGS, ...workOrIdle({ name: 'aider/idle', box: BOX, work: [] })];

/**
 * aider. Documented only: read in its source (0.86), never seen running here. It has no conversation with an id; its history is a file,
 * which is kept with the session and read again by a resume.
 *
 * It writes nothing into the repository: its histories lie in the session's folder, it is not to ask for an entry in `.gitignore`, and
 * it has no map of the repository, whose cache it would keep in the worktree (`args` with `--map-tokens` bring it back). It commits
 * nothing by itself either: in tutti that is an act of the person or of the run, with the repository's hooks.
 */
export const aider: Agent = {
  kind: 'aider',
  name: 'aider',
  isDemo: false,
  detect: {
    program: 'aider',
    versionArgs: ['--version'],
    version: output => /aider (\d+\.\d+\.\d+\S*)/u.exec(output)?.[1],
    install: 'python -m pip install aider-chat',
  },
  seenWith: undefined,
  sources: sourcesOf(
    {
      resume: 'argv',
      firstPrompt: 'typed',
      working: 'output',
      permission: 'screen',
      finished: 'screen',
      interrupted: 'screen',
      denied: 'screen',
    },
    'all',
  ),
  permissionModes: ['default', 'yes-always'],
  cannot: {
    letGo: 'aider does not report when a turn is over, so it cannot be let go',
    firstPrompt: 'aider ends after a prompt that it is given as an argument: it is typed when its prompt stands there',
  },
  start: options => launch(options, []),
  resume: options => launch(options, ['--restore-chat-history']),
  unset: [],
  input: {
    ready: BOX,
    empty: EMPTY,
    dialogs: DIALOGS.map(({ rule }) => rule),
    seen: text => startsInBox({ text, before: '(?:^|\\n)(?:[a-z-]+ ?){0,2}>', pasted: '(?!)' }),
    bracketed: 'asked',
    enterAfterMs: 150,
    timeoutMs: 20_000,
    // It looks at the first character alone: `/` is a command, `!` runs a shell.
    protect: text => (/^[!/]/u.test(text) ? ` ${text}` : text),
    whileBusy: 'never',
  },
  rules: rulesOf(CLAIMS),
  activity: (status, now) => activityBy({ status, now, claims: CLAIMS }),
};

function launch(options: StartOptions, history: readonly string[]): Launch {
  const { folder } = options;
  const inFolder = (name: string) => (folder === undefined ? undefined : `${folder}/${name}`);
  return {
    argv: [
      ...programOf(options),
      ...flag(options, '--chat-history-file', inFolder('aider.chat.history.md')),
      ...flag(options, '--input-history-file', inFolder('aider.input.history')),
      ...flag(options, '--map-tokens', '0'),
      ...unlessSaid(options, 'auto-commits'),
      ...unlessSaid(options, 'dirty-commits'),
      ...unlessSaid(options, 'gitignore'),
      ...unlessSaid(options, 'check-update'),
      ...(options.permissionMode === 'yes-always' ? ['--yes-always'] : []),
      ...flag(options, '--model', options.model),
      ...history,
      ...options.extra,
    ],
    env: {},
    files: {},
    conversation: undefined,
    promptGiven: false,
  };
}

/** `--no-<name>`, unless the user says the one or the other. */
function unlessSaid({ extra }: StartOptions, name: string): readonly string[] {
  return extra.includes(`--${name}`) || extra.includes(`--no-${name}`) ? [] : [`--no-${name}`];
}
