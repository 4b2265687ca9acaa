import { createHash } from 'node:crypto';
import type { Launch, StartOptions } from './agent.ts';
import { programOf } from './arguments.ts';
import { isRow, parts, type Row, text } from './record-row.ts';

/**
 * How opencode goes on with a copy of a conversation in another folder, seen with 1.18.33. Its own fork stays in the folder of the other one;
 * `export` prints a conversation, and `import` binds what it is given to the folder where it is called, but leaves out all whose ids it
 * knows already: the copy has ids of its own.
 */
export function copyByOpencode(options: StartOptions, conversation: string): NonNullable<Launch['makes']> {
  return {
    copies: {
      argv: [...programOf(options), 'export', conversation],
      write: whole => withOwnIds(whole, options.uuid),
    },
    argv: file => [...programOf(options), 'import', file],
    read: output => /^Imported session: (\S+)$/mu.exec(output)?.[1],
  };
}

/** The same under other ids, the same ones for the same seed: made once more it is no second copy. Undefined: it is not what `export` prints. */
function withOwnIds(whole: string, seed: string): string | undefined {
  const conversation = conversationIn(whole);
  if (!conversation) return undefined;
  const { share, ...info } = conversation.info;
  const ids = idsOf(conversation);
  const own = new Map(ids.map(id => [id, ownId(id, seed)]));
  return JSON.stringify(renamed({ ...conversation, info }, own));
}

interface Exported {
  readonly info: Row;
  readonly messages: readonly Row[];
}

function conversationIn(whole: string): Exported | undefined {
  try {
    const row: unknown = JSON.parse(whole);
    if (!isRow(row) || !isRow(row.info) || text(row.info, 'id') === undefined) return undefined;
    return { info: row.info, messages: parts(row, 'messages') };
  } catch {
    return undefined;
  }
}

function idsOf({ info, messages }: Exported): readonly string[] {
  const named = [info, ...messages.flatMap(message => [message.info, ...parts(message, 'parts')])];
  return named.flatMap(each => (isRow(each) ? (text(each, 'id') ?? []) : []));
}

/** Its kind and its time, by which opencode orders them, with another end. */
const KEPT = 'ses_'.length + 12;

function ownId(id: string, seed: string): string {
  return id.slice(0, KEPT) + createHash('sha256').update(`${seed} ${id}`).digest('hex').slice(0, 14);
}

/** Wherever one of the ids stands alone, it names what was renamed; in a text it is a word of somebody. */
function renamed(value: unknown, own: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return own.get(value) ?? value;
  if (Array.isArray(value)) return value.map(each => renamed(each, own));
  if (!isRow(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, renamed(each, own)]));
}
