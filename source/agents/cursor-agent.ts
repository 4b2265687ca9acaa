import type { Agent, Launch, StartOptions } from './agent.ts';
import { flag, plainArgument, programOf } from './arguments.ts';
import { CURSOR_LOGIN } from './known-logins.ts';
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
 * The id of its chat can't be chosen, and it tells none of one that it begins: so an empty one is made first, and resumed from the start
 * on. How its box looks is not known, so that a prompt is typed where its screen stands still.
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
    login: CURSOR_LOGIN,
  },
  seenWith: undefined,
  sources: sourcesOf(
    { resume: 'argv', firstPrompt: 'argv', working: 'screen', permission: 'screen', background: 'screen' },
    'all',
  ),
  permissionModes: Object.keys(MODES),
  cannot: {
    letGo: 'cursor-agent does not report when a turn is over, so it cannot be let go',
    adopt: 'tutti has not seen yet how cursor-agent goes on with a conversation in another folder',
  },
  start: options => ({
    ...launch(options, undefined),
    makes: { argv: () => [...programOf(options), 'create-chat'], read: idIn },
  }),
  resume: options => launch(options, options.conversation),
  elsewhere: { idAfter: ['--resume'] },
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

/** `create-chat` prints the id of an empty chat. */
function idIn(output: string): string | undefined {
  return /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/u.exec(output)?.[0];
}

function launch(options: StartOptions, conversation: string | undefined): Launch {
  const promptGiven = plainArgument(options.prompt);
  const { permissionMode = 'agent' } = options;
  return {
    argv: [
      ...programOf(options),
      ...(MODES[permissionMode] ?? []),
      ...flag(options, '--model', options.model),
      ...(conversation === undefined ? [] : [`--resume=${conversation}`]),
      ...options.extra,
      ...(promptGiven ? ['--', options.prompt ?? ''] : []),
    ],
    env: {},
    conversation,
    promptGiven,
  };
}
