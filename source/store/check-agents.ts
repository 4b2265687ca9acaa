import type { z } from 'zod';
import { AGENTS } from '../agents/index.ts';

interface AgentNames {
  readonly defaultAgent?: string | undefined;
  readonly agents: Readonly<
    Record<string, { readonly command?: readonly string[] | undefined; readonly permissionMode?: string | undefined }>
  >;
}

/** What the names of agents mean together: each is one that tutti knows, or has a command of its own. */
export function checkAgents({ defaultAgent, agents }: AgentNames, context: z.RefinementCtx): void {
  const known = AGENTS.filter(agent => agent.kind !== 'command');
  const names = [...new Set([...known.map(agent => agent.kind), ...Object.keys(agents)])];
  const wrong = (path: readonly string[], input: unknown, message: string) =>
    context.addIssue({ code: 'custom', path: [...path], input, message });
  if (defaultAgent !== undefined && !names.includes(defaultAgent))
    wrong(['defaultAgent'], defaultAgent, `the name of an agent: one of ${names.join(', ')}`);
  for (const [name, { command, permissionMode }] of Object.entries(agents)) {
    const agent = known.find(each => each.kind === name);
    if (!agent && command === undefined)
      wrong(['agents', name], agents[name], `"command" in it, as ["aider"]: tutti knows no agent of that name`);
    if (agent && permissionMode !== undefined && !agent.permissionModes.includes(permissionMode)) {
      const modes =
        agent.permissionModes.length === 0
          ? `nothing: ${name} has no modes`
          : `one of ${agent.permissionModes.join(', ')}`;
      wrong(['agents', name, 'permissionMode'], permissionMode, modes);
    }
  }
}
