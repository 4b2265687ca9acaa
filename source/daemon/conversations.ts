import { type Agent, cannotAdopt } from '../agents/agent.ts';
import { AGENTS } from '../agents/index.ts';
import { listWorktrees } from '../git/worktree-list.ts';
import type { Conversation } from '../protocol/records.ts';
import { type Elsewhere, listElsewhere } from '../records/elsewhere.ts';
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
  const found: Conversation[] = [];
  for (const agent of AGENTS) {
    const { kind, records } = agent;
    if (!records) continue;
    const folder = records.folder(wanted.env);
    for (const each of await listElsewhere({ records, folder, folders, skip })) {
      const { id, cwd, prompt, at } = each;
      const refused =
        gitDir === undefined ? 'it began in no git repository, and a session needs one' : refusalOf(brain, agent, each);
      found.push({ id, agent: kind, cwd, prompt, at, refused: refused ?? null });
    }
  }
  return found.sort((a, b) => b.at - a.at).slice(0, MOST);
}

/** Two programs that write into one conversation spoil it. */
function refusalOf({ processes }: Brain, agent: Agent, { openIn }: Elsewhere): string | undefined {
  const cannot = cannotAdopt(agent);
  if (cannot !== undefined) return cannot;
  const isOpen = openIn !== undefined && processes.startOf(openIn) !== undefined;
  return isOpen ? `it is open in ${agent.name} with the process id ${openIn}: leave it there first` : undefined;
}
