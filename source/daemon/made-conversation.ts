import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Launch } from '../agents/agent.ts';
import { TuttiError } from '../protocol/rpc.ts';
import type { Session } from '../session/session.ts';
import { askProgram, type ProgramQuestion } from '../system/ask-program.ts';
import { writeAtomic } from '../system/atomic-write.ts';
import { killPoint } from '../system/kill-point.ts';
import { makeDirectory } from '../system/make-directory.ts';
import { agentFolder } from '../system/paths.ts';
import type { Brain } from './brain.ts';
import { freshId } from './fresh-id.ts';

/** So long a program may take to make an empty one, without which it is started then, and for each step of a copy. */
const LIMIT_MS = 20_000;

const FILE = 'conversation.json';

/** A conversation that is copied, as its program prints it, and the copy before its program has taken it. */
const COPIES = /^cop(?:ied|y)-.*\.json$/u;

/** It is read at one go, while nothing else is done. */
const MOST_BYTES = 16 * 1024 * 1024;

type Of = Pick<Session, 'id' | 'agent' | 'earlier'>;

/**
 * The conversation that a session's program has made before its start (`Launch.makes`), by its id; undefined: none, or one of another
 * account, or one that it had before. It is kept beside the session, so that a start that is done again, after a crash too, has the same.
 */
export function madeConversation({ paths }: Pick<Brain, 'paths'>, { id, agent, earlier }: Of): string | undefined {
  try {
    const made: unknown = JSON.parse(readFileSync(join(agentFolder(paths, id), FILE), 'utf8'));
    const { conversation, profile } = made as { conversation?: unknown; profile?: unknown };
    if (typeof conversation !== 'string' || profile !== agent.profile) return undefined;
    return earlier?.some(other => other.id === conversation) ? undefined : conversation;
  } catch {
    return undefined;
  }
}

/** The same, or a new one that is made now; undefined: the program can't, as where nobody is logged in. A copy that can't be made throws. */
export async function makeConversation(
  brain: Pick<Brain, 'paths' | 'system'>,
  session: Of & Pick<Session, 'worktree'>,
  { makes, env }: { readonly makes: Makes; readonly env: Readonly<Record<string, string>> },
): Promise<string | undefined> {
  const there = madeConversation(brain, session);
  if (there !== undefined) return there;
  const folder = agentFolder(brain.paths, session.id);
  makeDirectory(folder, 0o700);
  const asked = { env, cwd: session.worktree, limitMs: LIMIT_MS };
  const conversation = makes.copies
    ? await copied(makes, makes.copies, { ...asked, folder, attempt: freshId(brain.system) })
    : await made(makes.argv(''), makes, asked);
  if (conversation === undefined) return undefined;
  killPoint('daemon:makeConversation:made');
  writeAtomic(join(folder, FILE), JSON.stringify({ conversation, profile: session.agent.profile }));
  return conversation;
}

type Makes = NonNullable<Launch['makes']>;

type Asked = Pick<ProgramQuestion, 'env' | 'cwd' | 'limitMs'>;

async function made(argv: ReturnType<Makes['argv']>, makes: Makes, asked: Asked): Promise<string | undefined> {
  const [program, ...args] = argv;
  return makes.read((await askProgram({ ...asked, program, args })) ?? '');
}

/**
 * Another conversation, which may be long: it goes through files, those of an attempt that a crash has ended not among them, as what it has called
 * may write there still.
 */
async function copied(
  makes: Makes,
  copies: NonNullable<Makes['copies']>,
  { folder, attempt, ...asked }: Asked & { readonly folder: string; readonly attempt: string },
): Promise<string> {
  const [file, into] = [join(folder, `copy-${attempt}.json`), join(folder, `copied-${attempt}.json`)];
  const [program, ...args] = copies.argv;
  const failed = (why: string) => new TuttiError('failed', `Could not copy the conversation: ${why}.`);
  try {
    const told = await askProgram({ ...asked, program, args, into });
    const command = copies.argv.join(' ');
    if (told === undefined) throw failed(`${command} failed`);
    if (statSync(into).size > MOST_BYTES) throw failed(`it has more than ${MOST_BYTES / 1024 / 1024} MB`);
    const copy = copies.write(await readFile(into, 'utf8'));
    if (copy === undefined) throw failed(`what ${command} prints can't be read`);
    await writeFile(file, copy, { mode: 0o600 });
    const conversation = await made(makes.argv(file), makes, asked);
    if (conversation === undefined) throw failed(`${makes.argv(file).join(' ')} failed`);
    return conversation;
  } finally {
    for (const name of readdirSync(folder)) if (COPIES.test(name)) rmSync(join(folder, name), { force: true });
  }
}
