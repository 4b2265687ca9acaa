import { type AgentRecords, folderBy } from './agent-records.ts';
import { isRow, number, part, parts, type Row, tellingArgument, text, textOf, time } from './record-row.ts';
import type { TurnBook } from './turn-book.ts';

/** Messages of which it is remembered how much of them was read: one comes again with more in it. */
const KEPT_MESSAGES = 32;

/**
 * `tmp/<folder>/chats/session-<time>-<beginning of the id>.jsonl`, seen with 0.61.0; the newest one of the folder, as each session has
 * a folder of its own, and nothing tells the id that `/clear` brings. The same message comes again with more fields, so that only what is new of it
 * counts. A turn has no end on record: it is over when its last message calls no tool.
 */
export const geminiRecords: AgentRecords = {
  folder: env => folderBy({ HOME: env.GEMINI_CLI_HOME || env.HOME }, '', '.gemini'),
  file: ({ id, cwd }) =>
    cwd === ''
      ? ['tmp', '*', 'chats', `session-*-${id.slice(0, 8)}.jsonl`]
      : ['tmp', folderName(cwd), 'chats', 'session-*.jsonl'],
  newest: true,
  // Of an older one nobody knows where it began: its folder had a hash for its name, and no such file.
  listing: {
    files: () => [['tmp', '*', 'chats', 'session-*.jsonl']],
    idOf: (_path, first) => text(first, 'sessionId'),
    cwdFile: '../.project_root',
  },
  reader: book => {
    const seen = new Map<string, { readonly tools: number; readonly said: boolean }>();
    return row => read(book, row, seen);
  },
};

/** How it tells the model what the person has run by `!`, seen with 0.61.0: nothing is asked by it. */
const OWN_SHELL = /^I ran the following shell command:\n```sh\n/u;

/** As it names the folder of a project; a second one of that name would get a number behind it. */
function folderName(cwd: string): string {
  const name = cwd.slice(cwd.lastIndexOf('/') + 1);
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
}

function read(book: TurnBook, row: Row, seen: Map<string, { tools: number; said: boolean }>): void {
  const id = text(row, 'id');
  if (id === undefined) return;
  const at = time(row, 'timestamp');
  const before = seen.get(id);
  const content = textOf(row.content);
  const calls = parts(row, 'toolCalls');
  seen.set(id, { tools: calls.length, said: content.trim() !== '' });
  const [oldest] = seen.keys();
  if (seen.size > KEPT_MESSAGES && oldest !== undefined) seen.delete(oldest);
  switch (row.type) {
    case 'user':
      if (!before && content.trim() !== '' && !OWN_SHELL.test(content)) book.begin(content, at);
      return;
    case 'gemini':
      for (const call of calls.slice(before?.tools ?? 0))
        book.use({ name: text(call, 'name') ?? 'a tool', what: tellingArgument(part(call, 'args')) }, at);
      if (!before?.said) book.say(content, at, id);
      if (isRow(row.tokens)) spend(book, id, row.tokens);
      if (calls.length === 0 && content.trim() !== '') book.end('done', at);
      return;
    case 'error':
      book.say(content, at);
      book.end('failed', at);
      return;
    case 'info':
      if (/^Request cancelled/iu.test(content)) book.end('interrupted', at);
      return;
    default:
      return;
  }
}

function spend(book: TurnBook, message: string, tokens: Row): void {
  const input = number(tokens, 'input') ?? 0;
  const output = (number(tokens, 'output') ?? 0) + (number(tokens, 'thoughts') ?? 0);
  book.spend(message, { input, cached: number(tokens, 'cached') ?? 0, output });
  if (input > 0) book.holds({ used: input + output, of: undefined });
}
