import type { Agent, Launch, StartOptions } from './agent.ts';
import { programOf } from './arguments.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim } from './screen-claim.ts';
import { sourcesOf } from './sources.ts';

const DIALOGS: readonly ScreenClaim[] = [
  // Seen running.
  dialog({
    name: 'amp/login',
    rule: { match: 'Would you like to log in to Amp\\?' },
    kind: 'auth',
    text: 'log in',
  }),
  dialog({
    name: 'amp/permission',
    rule: {
      match: '(?:[Ww]aiting for approval|[Rr]un this command\\?|[Aa]llow (?:editing|creating) file:)',
      region: { bottom: 20 },
    },
    kind: 'permission',
    text: 'a permission',
  }),
];

/**
 * Amp. Seen running with 0.0.1790142911: its flags and its login; it needs its vendor's server for all else, so its other dialogs are
 * documented only, and when it works is not known. It keeps its conversations on that server, by the folder that they were held in:
 * the newest one of the worktree is resumed.
 */
export const amp: Agent = {
  kind: 'amp',
  name: 'amp',
  isDemo: false,
  detect: {
    program: 'amp',
    versionArgs: ['--version'],
    version: output => /^(\d+\.\d+\.\d+\S*)/u.exec(output.trim())?.[1],
    install: 'npm install -g @ampcode/cli',
  },
  seenWith: undefined,
  sources: sourcesOf({ resume: 'argv', firstPrompt: 'typed', working: 'output', permission: 'screen' }, 'all'),
  permissionModes: [],
  cannot: {
    letGo: 'amp does not report when a turn is over, so it cannot be let go',
    firstPrompt: 'amp takes no prompt as an argument and stays: it is typed when its screen stands still',
    permissionMode: 'amp has no modes at its start: its permissions stand in its own settings',
    model: 'amp has no models to choose, but modes of its own: --mode in its arguments',
  },
  start: options => launch(options, []),
  resume: options => launch(options, ['threads', 'continue', '--last']),
  unset: [],
  input: {
    ready: undefined,
    empty: undefined,
    dialogs: DIALOGS.map(({ rule }) => rule),
    seen: undefined,
    bracketed: 'asked',
    enterAfterMs: 150,
    timeoutMs: 20_000,
    protect: text => (/^[!/$@]/u.test(text) ? ` ${text}` : text),
    whileBusy: 'never',
  },
  rules: rulesOf(DIALOGS),
  activity: (status, now) => activityBy({ status, now, claims: DIALOGS }),
};

/** Its sounds are off: tutti tells who is away. */
function launch(options: StartOptions, conversationArgs: readonly string[]): Launch {
  const { extra } = options;
  const quiet = extra.includes('--notifications') || extra.includes('--no-notifications') ? [] : ['--no-notifications'];
  return {
    argv: [...programOf(options), ...conversationArgs, ...quiet, ...extra],
    env: {},
    conversation: undefined,
    promptGiven: false,
  };
}
