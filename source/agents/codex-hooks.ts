import { createHash } from 'node:crypto';
import type { FactRule } from '../protocol/fact-rule.ts';
import type { HookReport, HostStatus } from '../protocol/host.ts';
import type { Claim } from '../session/claim.ts';
import { isOfSubAgent } from '../session/receipt.ts';
import { HOOK_TIMEOUT_S, hookCommand, hookReports, lastMessage, toolWords } from './hook-reports.ts';

/** What its hooks are asked to report. Tools are left out: each hook holds it up for some 40 ms. */
const HOOKS = [
  'SessionStart',
  'UserPromptSubmit',
  'PermissionRequest',
  'SubagentStart',
  'SubagentStop',
  'Stop',
] as const;

/** A sub-agent may work through more reports of others than a host keeps. */
export const CODEX_FACTS: readonly FactRule[] = [
  { report: 'SubagentStart', of: 'sub-agent', id: ['agent_id'] },
  { report: 'SubagentStop', of: 'sub-agent', id: ['agent_id'], ends: true },
];

/** Where it looks for the trust in hooks that came with its arguments. */
const FLAGS = '/<session-flags>/config.toml';

/**
 * Arguments that give codex hooks for this start only, and the trust in them: each is known by a hash of what it would run, so
 * that nothing but these is trusted. The user's own hooks and his trust stay in force beside them. Seen with 0.169.0.
 */
export function codexHooks(report: string | undefined): readonly string[] {
  if (report === undefined) return [];
  const trust = HOOKS.map(name => {
    const hash = createHash('sha256')
      .update(JSON.stringify(trusted(report, name)))
      .digest('hex');
    return `${JSON.stringify(`${FLAGS}:${snake(name)}:0:0`)}={trusted_hash="sha256:${hash}"}`;
  });
  const hooks = HOOKS.map(name => {
    const command = JSON.stringify(hookCommand(report, name));
    return `hooks.${name}=[{hooks=[{type="command",command=${command},timeout=${HOOK_TIMEOUT_S}}]}]`;
  });
  return [...hooks, `hooks.state={${trust.join(',')}}`].flatMap(value => ['-c', value]);
}

/** As codex writes it down before it hashes it: keys in order, no blanks. */
function trusted(report: string, name: string) {
  const handler = { async: false, command: hookCommand(report, name), timeout: HOOK_TIMEOUT_S, type: 'command' };
  return { event_name: snake(name), hooks: [handler] };
}

function snake(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/gu, letter => `_${letter}`).toLowerCase();
}

/** The id of the conversation that it has now: it chooses one itself, and another with `/clear`. */
export function conversationOfCodex(status: Pick<HostStatus, 'events'>): string | undefined {
  const id = hookReports(status).findLast(report => report.name === 'SessionStart' && !isOfSubAgent(report))?.data
    .session_id;
  return typeof id === 'string' ? id : undefined;
}

/**
 * Its own word with what its hooks know better: it says `done` while sub-agents work on, and neither what it has said last nor what it
 * asks to do.
 */
export function refineByCodexHooks(reported: Claim, status: Pick<HostStatus, 'events'>): Claim {
  if (reported.state === 'idle' && reported.outcome === 'done') {
    const working = subAgents(status);
    if (working > 0) {
      const text = working === 1 ? 'a sub-agent works' : `${working} sub-agents work`;
      return { ...reported, state: 'busy', outcome: undefined, text, words: `${reported.words}, but ${text}` };
    }
    const end = hookReports(status).findLast(report => isTurn(report));
    return { ...reported, text: reported.text ?? (end?.name === 'Stop' ? lastMessage(end) : undefined) };
  }
  if (reported.state === 'waiting' && reported.kind === 'permission') {
    const asked = hookReports(status).findLast(({ name }) => name === 'PermissionRequest');
    return { ...reported, text: reported.text ?? (asked && `approve ${toolWords(asked)}`) };
  }
  return reported;
}

/** Beside its own word, and in its stead where that does not come through. An interrupt has none of these hooks. */
export function claimOfCodexHooks(status: Pick<HostStatus, 'events'>): Claim | undefined {
  const newest = hookReports(status).findLast(report => isTurn(report) || report.name === 'PermissionRequest');
  if (!newest) return undefined;
  const { name, at } = newest;
  const common = { source: 'hook', since: at, at, words: name } as const;
  if (name === 'UserPromptSubmit') return { ...common, state: 'busy' };
  if (name === 'Stop') return { ...common, state: 'idle', outcome: 'done', text: lastMessage(newest) };
  const tool = toolWords(newest);
  return { ...common, state: 'waiting', kind: 'permission', text: `approve ${tool}`, words: `${name}, ${tool}` };
}

function isTurn(report: HookReport): boolean {
  return (report.name === 'UserPromptSubmit' || report.name === 'Stop') && !isOfSubAgent(report);
}

/** How many have begun and not ended. Sub-agents of an ended process ended with it, and each host counts anew. */
function subAgents(status: Pick<HostStatus, 'events'>): number {
  const open = new Set<unknown>();
  for (const { name, data } of hookReports(status)) {
    if (name === 'SubagentStart') open.add(data.agent_id);
    if (name === 'SubagentStop') open.delete(data.agent_id);
  }
  return open.size;
}
