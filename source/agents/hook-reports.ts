import type { HookReport, HostStatus } from '../protocol/host.ts';
import type { AskedCommand } from './allow-once.ts';
import { firstLine } from './first-line.ts';
import { wordOf } from './word-of.ts';

/** All that the hooks of a host's program have reported, oldest first. */
export function hookReports({ events }: Pick<HostStatus, 'events'>): readonly HookReport[] {
  return events.flatMap(event => (event.type === 'hook' ? [event.report] : []));
}

/** The first line of what an agent said last, by a report that its turn is over. */
export function lastMessage({ data }: HookReport): string | undefined {
  return typeof data.last_assistant_message === 'string' ? firstLine(data.last_assistant_message) : undefined;
}

/** What it wants to do, in one line: `Bash: rm -rf dist`, `Edit: source/cart.ts`. */
export function toolWords({ data }: HookReport): string {
  const tool = wordOf(data.tool_name) ?? 'a tool';
  const input = (data.tool_input ?? {}) as Readonly<Record<string, unknown>>;
  const object = [input.command, input.file_path, input.path, input.url].find(value => typeof value === 'string');
  const line = firstLine(wordOf(object) ?? '');
  return line === undefined ? tool : `${tool}: ${line}`;
}

/** The shell command that it asked for last, whole: only its newest question can stand on its screen. */
export function commandOfHooks(status: Pick<HostStatus, 'events'>): AskedCommand | undefined {
  const asked = hookReports(status).findLast(({ name }) => name === 'PermissionRequest');
  const tool = asked?.data.tool_name;
  const { command } = (asked?.data.tool_input ?? {}) as { readonly command?: unknown };
  return typeof tool === 'string' && typeof command === 'string' ? { tool, command } : undefined;
}

/** Seconds after which an agent goes on without its hook: a report takes some milliseconds. */
export const HOOK_TIMEOUT_S = 10;

/** The command line of a hook, for the shell by which an agent runs it: `report` and its name. */
export function hookCommand(report: string, name: string): string {
  return `'${report.replaceAll("'", "'\\''")}' ${name}`;
}
