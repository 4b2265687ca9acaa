import { readFileSync, rmSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Launch } from '../agents/agent.ts';
import { TuttiError } from '../protocol/rpc.ts';
import type { Session } from '../session/session.ts';
import { askProgram } from '../system/ask-program.ts';
import { writeAtomic } from '../system/atomic-write.ts';
import { makeDirectory } from '../system/make-directory.ts';
import { agentFolder } from '../system/paths.ts';
import type { Brain } from './brain.ts';

/** A program that takes longer is started without, and begins one that nobody can name. */
const LIMIT_MS = 20_000;

const FILE = 'conversation.json';

/** A conversation that is copied, as its program prints it, and the copy before its program has taken it. */
const [WHOLE, COPY] = ['copied.json', 'copy.json'];

/** It is read at one go. */
const MOST_BYTES = 64 * 1024 * 1024;

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

/** The same, or a new one that is made now; undefined: the program can't, as where nobody is logged in. A copy that can't be made throws. */
export async function makeConversation(
  brain: Pick<Brain, 'paths'>,
  session: Of & Pick<Session, 'worktree'>,
  { makes, env }: { readonly makes: Makes; readonly env: Readonly<Record<string, string>> },
): Promise<string | undefined> {
  const there = madeConversation(brain, session);
  if (there !== undefined) return there;
  const folder = agentFolder(brain.paths, session.id);
  makeDirectory(folder, 0o700);
  const asked = { folder, env, cwd: session.worktree };
  const conversation = makes.copies ? await copied(makes, makes.copies, asked) : await made(makes, asked);
  if (conversation === undefined) return undefined;
  writeAtomic(join(folder, FILE), JSON.stringify({ conversation, profile: session.agent.profile }));
  return conversation;
}

type Makes = NonNullable<Launch['makes']>;

interface Asked {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

async function made(makes: Makes, { folder, env, cwd }: Asked): Promise<string | undefined> {
  const [program, ...args] = makes.argv(join(folder, COPY));
  return makes.read((await askProgram({ program, args, env, cwd, limitMs: LIMIT_MS })) ?? '');
}

/** Another conversation, which may be long: it goes through files. */
async function copied(makes: Makes, copies: NonNullable<Makes['copies']>, asked: Asked): Promise<string> {
  const { folder, env, cwd } = asked;
  const [file, into] = [join(folder, COPY), join(folder, WHOLE)];
  const [program, ...args] = copies.argv;
  const failed = (why: string) => new TuttiError('failed', `Could not copy the conversation: ${why}.`);
  try {
    const told = await askProgram({ program, args, env, cwd, limitMs: LIMIT_MS, into });
    const command = copies.argv.join(' ');
    if (told === undefined) throw failed(`${command} failed`);
    if (statSync(into).size > MOST_BYTES) throw failed('it is too long');
    const copy = copies.write(await readFile(into, 'utf8'));
    if (copy === undefined) throw failed(`what ${command} prints can't be read`);
    await writeFile(file, copy, { mode: 0o600 });
    const conversation = await made(makes, asked);
    if (conversation === undefined) throw failed(`${makes.argv(file).join(' ')} failed`);
    return conversation;
  } finally {
    for (const path of [file, into]) rmSync(path, { force: true });
  }
}
