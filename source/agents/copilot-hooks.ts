import type { HookReport, HostStatus } from '../protocol/host.ts';
import type { Claim } from '../session/claim.ts';
import { firstLine } from './first-line.ts';
import { HOOK_TIMEOUT_S, hookCommand, hookReports } from './hook-reports.ts';
import type { ScreenClaim } from './screen-claim.ts';
import { wordOf } from './word-of.ts';

/** What its hooks are asked to report. Tools are left out: its screen tells that it works, without a process for each. */
const HOOKS = [
  'sessionStart',
  'userPromptSubmitted',
  'notification',
  'agentStop',
  'errorOccurred',
  // Its sub-agents report as it does, with an id of their own, which is told here.
  'subagentStart',
] as const;

const PLUGIN = 'plugin';

/** Where its plugin is, for `--plugin-dir`: hooks for this start only, beside those of the user and the repository. */
export function copilotPlugin(report: string): string {
  return `${report.slice(0, report.lastIndexOf('/'))}/${PLUGIN}`;
}

/** The files of the plugin. */
export function copilotPluginFiles(report: string): Readonly<Record<string, string>> {
  const hookOf = (name: string) => [{ type: 'command', bash: hookCommand(report, name), timeoutSec: HOOK_TIMEOUT_S }];
  const hooks = { version: 1, hooks: Object.fromEntries(HOOKS.map(name => [name, hookOf(name)])) };
  return {
    [`${PLUGIN}/plugin.json`]: JSON.stringify({ name: 'tutti', version: '1.0.0', hooks: 'hooks.json' }),
    [`${PLUGIN}/hooks.json`]: JSON.stringify(hooks),
  };
}

/** What it says of its own turns, newest last: `userPromptSubmitted`, `agentStop`, `errorOccurred`. */
function turnReports(status: Pick<HostStatus, 'events'>): readonly HookReport[] {
  const all = hookReports(status);
  const subAgents = new Set(all.filter(({ name }) => name === 'subagentStart').map(({ data }) => data.agentId));
  return all.filter(
    ({ name, data }) => Object.hasOwn(TURN, name) && data.agentId === undefined && !subAgents.has(data.sessionId),
  );
}

/** The rule that holds while it says on its screen that it has given up. */
export const GAVE_UP_RULE = 'copilot/gaveUp';

/**
 * Its screen tells that a turn is over, its hooks tell how: an interrupt or a dialog that was left has none. Each try that fails is
 * reported as an error, and the report of a good end may come after the screen: only what the screen says as well has failed. Until one of
 * them comes, or the screen rests, its turn goes on.
 */
export function endOfCopilot(
  idle: ScreenClaim,
  status: Pick<HostStatus, 'events' | 'holding' | 'settled'>,
): ScreenClaim {
  const newest = turnReports(status).at(-1);
  const sinceOf = (name: string) => status.holding?.find(({ rule }) => rule === name)?.since;
  const since = sinceOf(idle.name);
  if (!newest || since === undefined) return idle;
  if (newest.name === 'agentStop') return { ...idle, outcome: 'done' };
  if (newest.name === 'errorOccurred') {
    if (sinceOf(GAVE_UP_RULE) !== undefined) return { ...idle, outcome: 'error', text: errorOf(newest) };
    return status.settled ? idle : { ...idle, state: 'busy' };
  }
  // Taken, and nothing drawn of it yet.
  return newest.at > since ? { ...idle, state: 'busy' } : idle;
}

/** A try that has failed, while its screen says that it works. */
export function retriedByCopilot(work: ScreenClaim, status: Pick<HostStatus, 'events'>): ScreenClaim {
  return turnReports(status).at(-1)?.name === 'errorOccurred' ? { ...work, text: TURN.errorOccurred.text } : work;
}

/** What it wants to do, for the dialog on its screen: `Run command: touch a.txt`. */
export function askedByCopilot(dialog: ScreenClaim, status: Pick<HostStatus, 'events'>): ScreenClaim {
  const asked = hookReports(status).findLast(({ name }) => name === 'notification');
  const words = asked?.data.notification_type === 'permission_prompt' ? wordOf(asked.data.message) : undefined;
  return words === undefined ? dialog : { ...dialog, text: firstLine(words) };
}

/** Evidence beside its screen, and in its stead where that tells nothing. */
export function claimOfCopilotHooks(status: Pick<HostStatus, 'events'>): Claim | undefined {
  const newest = turnReports(status).at(-1);
  if (!newest) return undefined;
  const { name, at } = newest;
  return { source: 'hook', since: at, at, words: name, ...TURN[name as keyof typeof TURN] };
}

const TURN = {
  userPromptSubmitted: { state: 'busy' },
  agentStop: { state: 'idle', outcome: 'done' },
  errorOccurred: { state: 'busy', text: 'no answer from the model, retrying' },
} as const;

/** `error.message` is what the model's server answered, often JSON with a message of its own. */
function errorOf({ data }: HookReport): string | undefined {
  const { message } = (data.error ?? {}) as { readonly message?: unknown };
  if (typeof message !== 'string') return undefined;
  try {
    const inner = (JSON.parse(message) as { readonly message?: unknown }).message;
    return firstLine(typeof inner === 'string' ? inner : message);
  } catch {
    return firstLine(message);
  }
}
