import { type Agent, cannotAdopt } from '../../agents/agent.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import { takenBy } from '../../session/conversations-of.ts';
import { agentAccounts } from '../agent-accounts.ts';
import { foldersOf } from '../conversations.ts';
import type { Daemon } from '../daemon.ts';
import { lookElsewhere } from '../open-elsewhere.ts';

/** One conversation has one session: two programs that write into it would spoil it. */
export function checkAdoptable(daemon: Daemon, agent: Agent, conversation: string): void {
  const cannot = cannotAdopt(agent);
  if (cannot) throw new TuttiError('notSupported', `The conversation ${conversation} can't be adopted: ${cannot}.`);
  const session = daemon.brain.ledger.sessions().find(each => takenBy(each).includes(conversation));
  if (!session) return;
  const { id, title, life } = session;
  const how = life.name === 'killed' ? `tutti undo ${id} brings it back` : `it is the session ${id}`;
  throw new TuttiError('conflict', `The conversation ${conversation} is that of "${title}" already: ${how}.`);
}

/** Looked at once more when it is taken: it may have been opened since the list was made. Throws where it is open. */
export async function checkNotOpen(
  { brain }: Daemon,
  wanted: {
    readonly agent: Agent;
    readonly conversation: string;
    readonly env: Readonly<Record<string, string>>;
    readonly gitDir: string;
  },
): Promise<void> {
  const { agent, conversation, env, gitDir } = wanted;
  const accounts = agentAccounts(await brain.settings(), { env, home: brain.system.home });
  const own = accounts.filter(account => account.agent === agent);
  const { placeOf } = await lookElsewhere(brain, { accounts: own, folders: await foldersOf(brain, gitDir), env });
  const openIn = placeOf(agent, conversation);
  if (openIn === undefined) return;
  throw new TuttiError(
    'conflict',
    `The conversation ${conversation} is open in ${openIn}, and two programs on one conversation lose words: end it there first, or say that it is to be taken all the same (tutti adopt --open).`,
  );
}
