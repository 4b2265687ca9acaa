import type { Agent } from '../agents/agent.ts';
import type { AgentRecords } from '../agents/agent-records.ts';
import { AGENTS } from '../agents/index.ts';
import { profileOf, profilesOf } from '../store/profile-of.ts';
import type { Settings } from '../store/settings-defaults.ts';

/** A folder that an agent writes its conversations into. */
export interface AgentAccount {
  readonly agent: Agent;
  readonly profile: string | undefined;
  readonly records: AgentRecords;
  readonly folder: string;
  /** What its programs are started with. */
  readonly env: Readonly<Record<string, string>>;
}

/** Each folder once that an agent writes its records into: by the client's environment, then by each profile of its own. */
export function agentAccounts(
  settings: Settings,
  { env: client, home }: { readonly env: Readonly<Record<string, string>>; readonly home: string },
): readonly AgentAccount[] {
  return AGENTS.flatMap(agent => {
    const { kind, records } = agent;
    if (!records) return [];
    const accounts = [undefined, ...profilesOf(settings, kind)].map(profile => {
      const { environment } = profileOf(settings, { kind, profile }, client.HOME ?? home);
      const env = { ...client, ...environment };
      return { agent, profile, records, folder: records.folder(env), env };
    });
    return accounts.filter(({ folder }, at) => accounts.findIndex(other => other.folder === folder) === at);
  });
}
