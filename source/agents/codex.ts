import type { HostStatus } from '../protocol/host.ts';
import type { Claim } from '../session/claim.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { fitsArgument, flag, programOf } from './arguments.ts';
import { CODEX_FACTS, claimOfCodexHooks, codexHooks, conversationOfCodex, refineByCodexHooks } from './codex-hooks.ts';
import { codexRecords } from './codex-records.ts';
import {
  CODEX_COMPOSER,
  CODEX_DIALOGS,
  CODEX_EMPTY,
  CODEX_FIRST_DIALOGS,
  CODEX_LIMIT,
  CODEX_WORK,
} from './codex-screen.ts';
import { commandOfHooks } from './hook-reports.ts';
import { CODEX_LOGIN } from './known-logins.ts';
import { CODEX_SOURCES } from './known-sources.ts';
import { startsInBox, withBlanks } from './prompt-text.ts';
import { activityBy, rulesOf } from './screen-claim.ts';
import { type StandingChoice, THIS_SESSION } from './standing-choices.ts';

/** What its labels mean for later. */
const STANDING: readonly StandingChoice[] = [
  { label: 'these files|in this session|for this session', holds: THIS_SESSION },
  {
    label: 'commands that start with',
    holds: 'written to rules/default.rules in its home, for all projects',
  },
];

const CLAIMS = [...CODEX_DIALOGS, ...CODEX_WORK, CODEX_LIMIT];

/** Sandbox and approval policy of each mode; both are always said. */
const MODES: Readonly<Record<string, readonly [sandbox: string, approval: string]>> = {
  'on-request': ['workspace-write', 'on-request'],
  'read-only': ['read-only', 'on-request'],
  never: ['workspace-write', 'never'],
  'full-access': ['danger-full-access', 'never'],
};

/**
 * Codex. It sends OSC 7501 unasked; its `done` does not mean that sub-agents and background terminals are over, and while it starts it
 * is `working` for a moment, which is no turn. Its hooks tell the one and the other.
 */
export const codex: Agent = {
  kind: 'codex',
  name: 'codex',
  isDemo: false,
  detect: {
    program: 'codex',
    versionArgs: ['--version'],
    version: output => /codex-cli (\d+\.\d+\.\d+\S*)/u.exec(output)?.[1],
    install: 'npm install -g @openai/codex',
    login: CODEX_LOGIN,
  },
  seenWith: '0.169.0',
  sources: CODEX_SOURCES,
  permissionModes: Object.keys(MODES),
  cannot: {},
  start: options => launch(options, [], undefined),
  // `-C` keeps it from asking which folder to work in.
  resume: options => launch(options, ['resume', options.conversation], options.conversation),
  // Its hook tells the id that it has chosen.
  fork: options => launch(options, ['fork', options.conversation], undefined),
  conversationLost: 'No saved session found with ID',
  unset: ['CODEX_TOOL_CALL_ID'],
  input: {
    // While it answers it hides its row of work. At rest one escape only arms what a second one would do.
    interrupt: { key: '\x1b', shows: CODEX_COMPOSER, says: 'working' },
    ready: CODEX_COMPOSER,
    empty: CODEX_EMPTY,
    dialogs: CODEX_DIALOGS.map(({ rule }) => rule),
    seen: text => startsInBox({ text, before: '(?:^|\\n)›', pasted: '\\[Pasted Content \\d+' }),
    bracketed: 'always',
    enterAfterMs: 100,
    timeoutMs: 15_000,
    protect: withBlanks,
    whileBusy: 'steers',
  },
  hasHooks: true,
  facts: CODEX_FACTS,
  receipt: { hook: 'UserPromptSubmit', states: ['blocked', 'done', 'error'] },
  conversationOf: conversationOfCodex,
  numbered: {
    // It draws no frame, and indents what an agent says as it indents these.
    begin: '^ {2}(?:Would you like to|Do you want to|Question \\d+/\\d+ \\(|Implement this plan\\?)',
    pick: 'highest',
    refuses: '^No, and tell Codex what to do differently',
    standing: STANDING,
    commands: {
      drawn: '^Would you like to run the following command\\?\\n(?:.*\\n)*\\$ {command}$',
      once: '^Yes, proceed \\(y\\)$',
    },
    inPane: { any: CODEX_FIRST_DIALOGS.map(({ rule }) => rule) },
  },
  commandAsked: commandOfHooks,
  records: codexRecords,
  elsewhere: { idAfter: ['resume'] },
  rules: rulesOf(CLAIMS),
  activity: (status, now) =>
    activityBy({
      status,
      now,
      claims: CLAIMS,
      refine: reported => limited(refineByCodexHooks(reported, status), status),
      hooks: claimOfCodexHooks,
    }),
};

function limited(reported: Claim, { holding = [] }: HostStatus): Claim {
  const isLimit = reported.outcome === 'error' && holding.some(({ rule }) => rule === CODEX_LIMIT.name);
  return isLimit ? { ...reported, text: reported.text ?? CODEX_LIMIT.text } : reported;
}

/**
 * A `-c` is always among the arguments: without one codex starts a daemon that outlives it and gives every later session the
 * environment of the first. A prompt that begins with `!` would run in a shell, so a blank goes before it.
 */
function launch(options: StartOptions, conversationArgs: readonly string[], conversation: string | undefined): Launch {
  const { permissionMode = 'on-request', prompt } = options;
  const [sandbox, approval] = MODES[permissionMode] ?? [permissionMode, 'on-request'];
  const promptGiven = fitsArgument(prompt);
  return {
    argv: [
      ...programOf(options),
      '-c',
      'check_for_update_on_startup=false',
      ...codexHooks(options.report),
      ...flag(options, '-s', sandbox),
      ...flag(options, '-a', approval),
      ...flag(options, '-C', options.cwd),
      ...flag(options, '-m', options.model),
      ...options.extra,
      ...conversationArgs,
      ...(promptGiven ? ['--', prompt.startsWith('!') ? ` ${prompt}` : prompt] : []),
    ],
    env: {},
    conversation,
    promptGiven,
  };
}
