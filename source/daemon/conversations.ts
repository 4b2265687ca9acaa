import { type Agent, cannotAdopt } from '../agents/agent.ts';
import type { AgentRecords } from '../agents/agent-records.ts';
import { AGENTS } from '../agents/index.ts';
import { listWorktrees } from '../git/worktree-list.ts';
import type { Conversation } from '../protocol/records.ts';
import { type Elsewhere, listElsewhere } from '../records/elsewhere.ts';
import { profileOf } from '../store/profile-of.ts';
import type { Settings } from '../store/settings-defaults.ts';
import type { Brain } from './brain.ts';
import type { KnownPlaces } from './known-places.ts';

/** More than these nobody reads; the newest are told. */
const MOST = 100;

/**
 * Conversations of this repository that did not begin in tutti: in its checkouts, but in no worktree of a session, and with no session's
 * id. What stands in the way of taking one over is said with it.
 */
export async function conversationsHere(
  { brain, places }: { readonly brain: Brain; readonly places: KnownPlaces },
  wanted: { readonly path: string; readonly env: Readonly<Record<string, string>> },
): Promise<readonly Conversation[]> {
  const gitDir = await places.gitDirOf(wanted.path);
  const worktrees = gitDir === undefined ? [] : await listWorktrees(brain.git, gitDir);
  // Outside of any repository what began there is told, and can't be taken over: a session needs one.
  const folders = gitDir === undefined ? [wanted.path] : worktrees.map(({ path }) => path);
  const sessions = brain.ledger.sessions();
  const ours = new Set(sessions.map(({ conversation }) => conversation));
  const skip = ({ id, cwd }: { readonly id: string; readonly cwd: string }) =>
    ours.has(id) || sessions.some(({ worktree }) => cwd === worktree || cwd.startsWith(`${worktree}/`));
  const settings = await brain.settings();
  const found: Conversation[] = [];
  for (const { agent, profile, records, folder } of accountsOf(settings, { ...wanted, home: brain.system.home })) {
    for (const each of await listElsewhere({ records, folder, folders, skip })) {
      const { id, cwd, prompt, at } = each;
      const refused =
        gitDir === undefined ? 'it began in no git repository, and a session needs one' : refusalOf(brain, agent, each);
      const named = { id, agent: agent.kind, ...(profile === undefined ? {} : { profile }) };
      found.push({ ...named, cwd, prompt, at, refused: refused ?? null });
    }
  }
  return found.sort((a, b) => b.at - a.at).slice(0, MOST);
}

interface Account {
  readonly agent: Agent;
  readonly profile: string | undefined;
  readonly records: AgentRecords;
  readonly folder: string;
}

/** Each folder once that an agent writes its records into: by the client's environment, then by each profile of its own. */
function accountsOf(
  settings: Settings,
  { env, home }: { readonly env: Readonly<Record<string, string>>; readonly home: string },
): readonly Account[] {
  return AGENTS.flatMap(agent => {
    const { kind, records } = agent;
    if (!records) return [];
    const own = Object.keys(settings.profiles).filter(name => settings.profiles[name]?.agent === kind);
    const accounts = [undefined, ...own].map(profile => {
      const { environment } = profileOf(settings, { kind, profile }, env.HOME ?? home);
      return { agent, profile, records, folder: records.folder({ ...env, ...environment }) };
    });
    return accounts.filter(({ folder }, at) => accounts.findIndex(other => other.folder === folder) === at);
  });
}

/** Two programs that write into one conversation spoil it. */
function refusalOf({ processes }: Brain, agent: Agent, { openIn }: Elsewhere): string | undefined {
  const cannot = cannotAdopt(agent);
  if (cannot !== undefined) return cannot;
  const isOpen = openIn !== undefined && processes.startOf(openIn) !== undefined;
  return isOpen ? `it is open in ${agent.name} with the process id ${openIn}: leave it there first` : undefined;
}
