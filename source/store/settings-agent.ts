import { TuttiError } from '../protocol/rpc.ts';
import type { AgentChoice } from '../session/session.ts';
import { describedIn } from './described-in.ts';
import type { Settings } from './settings-defaults.ts';

/**
 * An agent as a user named it, with what the settings say about it: what the choice leaves open is filled in. A name that only
 * the settings know stays its kind, and its command line is the command.
 */
export function settleAgent(options: {
  readonly choice: AgentChoice;
  readonly settings: Settings;
  /** Kinds of the adapter table. */
  readonly known: readonly string[];
}): AgentChoice {
  const { choice, settings, known } = options;
  const own = Object.hasOwn(settings.agents, choice.kind) ? settings.agents[choice.kind] : undefined;
  const command = choice.command ?? own?.command;
  const described = describedIn(settings, choice.kind);
  if (!known.includes(choice.kind) && command === undefined) {
    const names = [...known.filter(kind => kind !== 'command'), ...Object.keys(settings.agents)];
    throw new TuttiError(
      'notFound',
      `tutti knows no agent "${choice.kind}". Known are ${[...new Set(names)].join(', ')}; a command of your own is named in the settings, under agents.`,
    );
  }
  return {
    kind: choice.kind,
    command,
    permissionMode: choice.permissionMode ?? own?.permissionMode,
    model: choice.model ?? own?.model,
    extra: [...(own?.args ?? []), ...choice.extra],
    ...(choice.profile === undefined ? {} : { profile: choice.profile }),
    ...(Object.keys(described).length > 0 ? { described } : {}),
  };
}
