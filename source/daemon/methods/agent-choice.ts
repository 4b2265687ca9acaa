import type { Agent } from '../../agents/agent.ts';
import { agentFor } from '../../agents/described.ts';
import { AGENTS } from '../../agents/index.ts';
import type { NewSession } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { AgentChoice } from '../../session/session.ts';
import { profileOf } from '../../store/profile-of.ts';
import { settleAgent } from '../../store/settings-agent.ts';
import type { Settings } from '../../store/settings-defaults.ts';

/** The adapter, and what is stored of the choice: what the client left open comes from the settings, then from the adapter. */
export function choiceOf(
  settings: Settings,
  { agent: wanted, run }: Pick<NewSession, 'agent' | 'run'>,
): { readonly agent: Agent; readonly choice: AgentChoice } {
  const known = AGENTS.map(({ kind }) => kind);
  const settled = settleAgent({ choice: wanted, settings, known });
  // One that is missing is said before anything is made; its values are read anew at each start.
  profileOf(settings, settled, '');
  const agent = agentFor(settled);
  if (agent.kind === 'command' && !settled.command) {
    throw new TuttiError(
      'usage',
      'An agent of the kind command needs a command line: give one, or name it in the settings.',
    );
  }
  const permissionMode = settled.permissionMode ?? (run ? agent.letGoMode : undefined);
  const { permissionModes, name } = agent;
  if (permissionMode !== undefined && permissionModes.length > 0 && !permissionModes.includes(permissionMode)) {
    throw new TuttiError(
      'usage',
      `${name} has no permission mode ${permissionMode}: choose one of ${permissionModes.join(', ')}.`,
    );
  }
  return { agent, choice: { ...settled, permissionMode } };
}
