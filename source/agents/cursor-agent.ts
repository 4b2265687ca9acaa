import type { Agent, Launch, StartOptions } from './agent.ts';
import { flag, plainArgument, programOf } from './arguments.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim, work } from './screen-claim.ts';
import { sourcesOf } from './sources.ts';

const CLAIMS: readonly ScreenClaim[] = [
  dialog({
    name: 'cursor-agent/permission',
    rule: {
      match: '(?:[Rr]un this command\\?|[Ww]rite to this file\\?|[Ww]aiting for approval|[Ss]kip \\(esc or n\\))',
      region: { bottom: 24 },
    },
    kind: 'permission',
    text: 'a permission',
  }),
  work({ name: 'cursor-agent/working', rule: { match: 'ctrl\\+c to stop', region: { bottom: 12 } } }),
  work({
    name: 'cursor-agent/background',
    rule: { match: '\\d+ background tasks?\\b', region: { bottom: 8 } },
    text: 'a background task is running',
  }),
];

/** What each mode says; `ask` only reads, `force` runs everything. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  agent: [],
  plan: ['--mode=plan'],
  ask: ['--mode=ask'],
  force: ['--force'],
};

/**
 * Cursor's CLI. Documented only, never seen running here. It is looked up by its older name: `agent`, its new one, may be anybody's.
 * How its box looks is not known, so that a prompt is typed where its screen stands still.
 */
export const cursorAgent: Agent = {
  kind: 'cursor-agent',
  name: 'cursor-agent',
  isDemo: false,
  detect: {
    program: 'cursor-agent',
    versionArgs: ['--version'],
    version: output => /^(\d{4}\.\d+\.\d+\S*|\d+\.\d+\.\d+\S*)/u.exec(output.trim())?.[1],
    install: 'curl https://cursor.com/install -fsS | bash',
  },
  seenWith: undefined,
  sources: sourcesOf({ firstPrompt: 'argv', working: 'screen', permission: 'screen', background: 'screen' }, 'all'),
  permissionModes: Object.keys(MODES),
  cannot: {
    letGo: 'cursor-agent does not report when a turn is over, so it cannot be let go',
    resume: 'cursor-agent does not tell the id of the conversation that it begins: a restart begins a new one',
  },
  start: launch,
  resume: undefined,
  unset: ['CURSOR_AGENT', 'CURSOR_TRACE_ID'],
  input: {
    ready: undefined,
    empty: undefined,
    dialogs: CLAIMS.filter(({ state }) => state === 'waiting').map(({ rule }) => rule),
    seen: undefined,
    bracketed: 'asked',
    enterAfterMs: 150,
    timeoutMs: 20_000,
    // `&` in front hands the prompt over to the vendor's cloud.
    protect: text => (/^[!/@&]/u.test(text) ? ` ${text}` : text),
    whileBusy: 'never',
  },
  rules: rulesOf(CLAIMS),
  activity: (status, now) => activityBy({ status, now, claims: CLAIMS }),
};

function launch(options: StartOptions): Launch {
  const promptGiven = plainArgument(options.prompt);
  const { permissionMode = 'agent' } = options;
  return {
    argv: [
      ...programOf(options),
      ...(MODES[permissionMode] ?? []),
      ...flag(options, '--model', options.model),
      ...options.extra,
      ...(promptGiven ? ['--', options.prompt ?? ''] : []),
    ],
    env: {},
    conversation: undefined,
    promptGiven,
  };
}
