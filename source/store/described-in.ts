import type { AgentDescription } from '../agents/description.ts';
import type { Settings } from './settings-defaults.ts';

/** What the settings say of a program, beside how it is called. Empty where they say nothing. */
export function describedIn({ agents }: Pick<Settings, 'agents'>, kind: string): AgentDescription {
  const own = Object.hasOwn(agents, kind) ? agents[kind] : undefined;
  if (!own) return {};
  const { command, permissionMode, model, args, ...description } = own;
  return description;
}
