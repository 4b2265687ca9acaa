import { cannotAdopt } from '../agents/agent.ts';
import type { RunningAgent } from '../elsewhere/running-agents.ts';
import { listWorktrees } from '../git/worktree-list.ts';
import type { Conversation, RunningElsewhere } from '../protocol/records.ts';
import { listElsewhere } from '../records/elsewhere.ts';
import { takenBy } from '../session/conversations-of.ts';
import { isInside } from '../text/is-inside.ts';
import { agentAccounts } from './agent-accounts.ts';
import type { Brain } from './brain.ts';
import type { KnownPlaces } from './known-places.ts';
import { lookElsewhere } from './open-elsewhere.ts';

/** More than these nobody reads; the newest are told. */
const MOST = 100;

/**
 * Conversations of this repository that did not begin in tutti: in its checkouts, but in no worktree of a session, and with no id that a
 * session has or had. What stands in the way of taking one over is said with it, and where it is open now. `running`: agents in panes of the user's tmux
 * of which nothing else tells.
 */
export async function conversationsHere(
  { brain, places }: { readonly brain: Brain; readonly places: KnownPlaces },
  wanted: { readonly path: string; readonly env: Readonly<Record<string, string>> },
): Promise<{ readonly conversations: readonly Conversation[]; readonly running: readonly RunningElsewhere[] }> {
  const gitDir = await places.gitDirOf(wanted.path);
  // Outside of any repository what began there is told, and can't be taken over: a session needs one.
  const folders = gitDir === undefined ? [wanted.path] : await foldersOf(brain, gitDir);
  const sessions = brain.ledger.sessions();
  const ours = new Set(sessions.flatMap(takenBy));
  const isOurs = (cwd: string) => sessions.some(({ worktree }) => isInside(cwd, worktree));
  const skip = ({ id, cwd }: { readonly id: string; readonly cwd: string }) => ours.has(id) || isOurs(cwd);
  const accounts = agentAccounts(await brain.settings(), { env: wanted.env, home: brain.system.home });
  const { placeOf, inPanes } = await lookElsewhere(brain, { accounts, folders, env: wanted.env });
  const found: Conversation[] = [];
  for (const { agent, profile, records, folder } of accounts) {
    for (const { id, cwd, prompt, at } of await listElsewhere({ records, folder, folders, skip })) {
      const refused =
        gitDir === undefined ? 'it began in no git repository, and a session needs one' : cannotAdopt(agent);
      const openIn = agent.adoptsCopy ? undefined : placeOf(agent, id);
      const named = { id, agent: agent.kind, ...(profile === undefined ? {} : { profile }) };
      found.push({ ...named, cwd, prompt, at, refused: refused ?? null, ...(openIn === undefined ? {} : { openIn }) });
    }
  }
  const isListed = ({ agent, ids }: RunningAgent) =>
    found.some(each => each.agent === agent.kind && ids.includes(each.id));
  const running = inPanes.filter(
    each => !isListed(each) && !isOurs(each.pane.cwd) && !each.ids.some(id => ours.has(id)),
  );
  return { conversations: found.sort((a, b) => b.at - a.at).slice(0, MOST), running: running.map(runningOf) };
}

/** Where conversations of a repository begin. */
export async function foldersOf({ git }: Pick<Brain, 'git'>, gitDir: string): Promise<readonly string[]> {
  return (await listWorktrees(git, gitDir)).map(({ path }) => path);
}

function runningOf({ agent, pid, pane, ids }: RunningAgent): RunningElsewhere {
  return { agent: agent.kind, pid, cwd: pane.cwd, pane: pane.name, refused: whyNot(agent, ids) };
}

/** Its conversation is none of those that were found. */
function whyNot(agent: RunningAgent['agent'], ids: readonly string[]): string {
  const cannot = cannotAdopt(agent);
  if (cannot !== undefined) return cannot;
  if (!agent.records?.listing) return `tutti can't read what ${agent.name} writes down`;
  return ids.length === 0
    ? `which conversation ${agent.name} has there can't be told`
    : `nothing of its conversation is written down yet among what began here`;
}
