import type { AgentChoice } from './session.ts';

const BETWEEN = ' · ';

/** `claude`, or `claude · work` with a profile: how an agent is called wherever sessions are listed. */
export function agentName({ kind, profile }: Pick<AgentChoice, 'kind' | 'profile'>): string {
  return profile === undefined ? kind : `${kind}${BETWEEN}${profile}`;
}

/** The same name taken apart again: neither part can have what stands between them. */
export function agentNamed(name: string): Pick<AgentChoice, 'kind' | 'profile'> {
  const [kind = name, profile] = name.split(BETWEEN);
  return profile === undefined ? { kind } : { kind, profile };
}

/** An agent as it is chosen by its name alone: all else is left to the settings. */
export function choiceBy({ kind, profile }: Pick<AgentChoice, 'kind' | 'profile'>): AgentChoice {
  const open = { kind, command: undefined, permissionMode: undefined, model: undefined, extra: [] };
  return profile === undefined ? open : { ...open, profile };
}
