import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Launch } from '../agents/agent.ts';
import type { Session } from '../session/session.ts';
import { askProgram } from '../system/ask-program.ts';
import { writeAtomic } from '../system/atomic-write.ts';
import { makeDirectory } from '../system/make-directory.ts';
import { agentFolder } from '../system/paths.ts';
import type { Brain } from './brain.ts';

/** A program that takes longer is started without, and begins one that nobody can name. */
const LIMIT_MS = 20_000;

const FILE = 'conversation.json';

type Of = Pick<Session, 'id' | 'agent'>;

/**
 * The conversation that a session's program has made before its start (`Launch.makes`), by its id; undefined: none, or one of another
 * account. It is kept beside the session, so that a start that is done again, after a crash too, has the same.
 */
export function madeConversation({ paths }: Pick<Brain, 'paths'>, { id, agent }: Of): string | undefined {
  try {
    const made: unknown = JSON.parse(readFileSync(join(agentFolder(paths, id), FILE), 'utf8'));
    const { conversation, profile } = made as { conversation?: unknown; profile?: unknown };
    return typeof conversation === 'string' && profile === agent.profile ? conversation : undefined;
  } catch {
    return undefined;
  }
}

/** The same, or a new one that is made now; undefined: the program can't, as where nobody is logged in. */
export async function makeConversation(
  brain: Pick<Brain, 'paths'>,
  session: Of & Pick<Session, 'worktree'>,
  { makes, env }: { readonly makes: NonNullable<Launch['makes']>; readonly env: Readonly<Record<string, string>> },
): Promise<string | undefined> {
  const there = madeConversation(brain, session);
  if (there !== undefined) return there;
  const [program, ...args] = makes.argv;
  const output = await askProgram({ program, args, env, cwd: session.worktree, limitMs: LIMIT_MS });
  const conversation = makes.read(output ?? '');
  if (conversation === undefined) return undefined;
  const folder = agentFolder(brain.paths, session.id);
  makeDirectory(folder, 0o700);
  writeAtomic(join(folder, FILE), JSON.stringify({ conversation, profile: session.agent.profile }));
  return conversation;
}
