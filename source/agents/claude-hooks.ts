import type { HookReport, HostStatus } from '../protocol/host.ts';
import type { Claim } from '../session/claim.ts';
import { isOfSubAgent } from '../session/receipt.ts';
import { HOOK_TIMEOUT_S, hookCommand, hookReports, lastMessage } from './hook-reports.ts';
import { wordOf } from './word-of.ts';

/** What its hooks are asked to report. Tools are left out: its own word (OSC 7501) names them, without a process for each. */
const HOOKS = ['UserPromptSubmit', 'PermissionRequest', 'Stop', 'StopFailure'] as const;

/**
 * Value of `--settings`: hooks for this start only, beside those of the user and the project. Seen with 2.1.330: nothing of it is written
 * into the repository or into the user's settings.
 */
export function claudeSettings(report: string): string {
  const hooksOf = (name: string) => [
    { hooks: [{ type: 'command', command: hookCommand(report, name), timeout: HOOK_TIMEOUT_S }] },
  ];
  return JSON.stringify({ hooks: Object.fromEntries(HOOKS.map(name => [name, hooksOf(name)])) });
}

/**
 * What its hooks say. An interrupt or a dialog that was answered with no has none, so that OSC 7501 comes first where it is sent; and
 * a turn is over with its background work only.
 */
export function claimOfClaudeHooks(status: Pick<HostStatus, 'events'>): Claim | undefined {
  const newest = reports(status).at(-1);
  if (!newest) return undefined;
  const { name, at, data } = newest;
  const common = { source: 'hook', since: at, at, words: name } as const;
  switch (name) {
    case 'UserPromptSubmit':
      return { ...common, state: 'busy' };
    case 'PermissionRequest': {
      const tool = wordOf(data.tool_name) ?? 'a tool';
      const kind = KINDS.get(tool) ?? 'permission';
      return { ...common, state: 'waiting', kind, text: `approve ${tool}`, words: `${name}, ${tool}` };
    }
    case 'Stop': {
      const work = Array.isArray(data.background_tasks) ? data.background_tasks.length : 0;
      if (work > 0) return { ...common, state: 'busy', words: `${name}, ${work} in the background` };
      return { ...common, state: 'idle', outcome: 'done', text: lastMessage(newest) };
    }
    case 'StopFailure':
      return {
        ...common,
        state: 'idle',
        outcome: 'error',
        text: lastMessage(newest),
        words: `${name}, ${wordOf(data.error) ?? 'an error'}`,
      };
    default:
      return undefined;
  }
}

/** The first line of what it said when the turn that is over ended; undefined: another turn has begun, or it said nothing. */
export function lastWordsOfClaude(status: Pick<HostStatus, 'events'>): string | undefined {
  const newest = reports(status).findLast(({ name }) => name !== 'PermissionRequest');
  return newest?.name === 'Stop' ? lastMessage(newest) : undefined;
}

/** The id of the conversation that it has now: `/clear` begins another one, which its next prompt tells. */
export function conversationOfClaude(status: Pick<HostStatus, 'events'>): string | undefined {
  const id = reports(status).findLast(({ name }) => name === 'UserPromptSubmit')?.data.session_id;
  return typeof id === 'string' ? id : undefined;
}

const KINDS: ReadonlyMap<string, NonNullable<Claim['kind']>> = new Map([
  ['AskUserQuestion', 'question'],
  ['ExitPlanMode', 'plan'],
]);

/** A sub-agent's hooks come with its id: they say nothing of the whole. But what it asks, the user is asked. */
function reports(status: Pick<HostStatus, 'events'>): readonly HookReport[] {
  return hookReports(status).filter(report => !isOfSubAgent(report) || report.name === 'PermissionRequest');
}
