import { type AgentRecords, folderBy } from './agent-records.ts';
import { isRow, number, parsed, part, type Row, tellingArgument, text } from './record-row.ts';
import type { TurnBook } from './turn-book.ts';

/**
 * A database for all conversations, seen with 1.18.33: a row of `part` for each text and tool, with its message. A conversation whose id
 * is not known is the newest one of its folder: each session of tutti has a folder of its own.
 */
export const opencodeRecords: AgentRecords = {
  folder: env => `${folderBy(env, 'XDG_DATA_HOME', '.local/share')}/opencode`,
  file: () => ['opencode.db'],
  listing: {
    files: () => [['opencode.db']],
    idOf: () => undefined,
    query: {
      conversations: `SELECT id, directory AS cwd, time_updated AS at FROM session WHERE parent_id IS NULL
        ORDER BY time_updated DESC`,
      // What is synthetic opencode has added, or tells of a command that the person has run by `!`.
      promptOf: `SELECT p.data->>'text' AS prompt FROM message m JOIN part p ON p.message_id = m.id
        WHERE m.session_id = ? AND m.data->>'role' = 'user' AND p.data->>'type' = 'text' AND p.data->>'synthetic' IS NOT 1
        ORDER BY m.time_created, m.id, p.id LIMIT 1`,
    },
  },
  query: ({ id, cwd }) => ({
    keys: {
      sql: `SELECT id AS key FROM message
        WHERE session_id = (SELECT id FROM session WHERE id = ? OR (directory = ? AND parent_id IS NULL)
          ORDER BY id = ? DESC, time_created DESC LIMIT 1)
        ORDER BY time_created, id`,
      parameters: [id, cwd, id],
    },
    // What a tool has read is long, and of no use here.
    rowsOf: `SELECT m.id AS message, m.data AS about, s.directory AS directory,
      json_object('type', p.data->>'type', 'text', p.data->>'text', 'synthetic', p.data->'synthetic', 'tool', p.data->>'tool',
        'state', json_object('input', p.data->'$.state.input')) AS part
      FROM message m JOIN session s ON s.id = m.session_id LEFT JOIN part p ON p.message_id = m.id
      WHERE m.id = ? ORDER BY p.id`,
  }),
  reader: book => {
    let prompting: string | undefined;
    let paid: string | undefined;
    let dollars = 0;
    let since: number | undefined;
    /** As opencode reckons it by the prices that it knows, message by message. Nothing is what a model without one costs: no statement. */
    const pay = (message: string, about: Row) => {
      const cost = number(about, 'cost') ?? 0;
      if (cost <= 0 || message === paid) return;
      paid = message;
      dollars += cost;
      since ??= number(part(about, 'time'), 'created');
      book.cost(dollars, since);
    };
    return row => {
      const directory = text(row, 'directory');
      if (directory !== undefined) book.place(directory);
      const message = text(row, 'message') ?? '';
      const about = parsed(text(row, 'about'));
      const block = parsed(text(row, 'part'));
      if (about.role === 'assistant') {
        readAnswer(book, { message, about, block });
        pay(message, about);
        return;
      }
      // Of a prompt the first text: what follows are files, and what opencode adds to it.
      if (about.role !== 'user' || block.type !== 'text' || block.synthetic === true || prompting === message) return;
      prompting = message;
      book.begin(text(block, 'text') ?? '', number(part(about, 'time'), 'created'));
    };
  },
};

/** What is known of a whole message comes with each part of it: told again, it counts once. */
function readAnswer(book: TurnBook, row: { readonly message: string; readonly about: Row; readonly block: Row }): void {
  const { message, about, block } = row;
  const times = part(about, 'time');
  const at = number(times, 'completed') ?? number(times, 'created');
  if (block.type === 'text') book.say(text(block, 'text') ?? '', at, message);
  if (block.type === 'tool')
    book.use({ name: text(block, 'tool') ?? 'a tool', what: tellingArgument(part(part(block, 'state'), 'input')) }, at);
  spend(book, message, about);
  const error = part(about, 'error');
  if (error.name === 'MessageAbortedError') {
    book.end('interrupted', at);
    return;
  }
  if (isRow(about.error)) {
    book.say(text(part(error, 'data'), 'message') ?? `${error.name}`, at);
    book.end('failed', at);
    return;
  }
  if (about.finish === 'stop') book.end('done', at);
}

function spend(book: TurnBook, message: string, about: Row): void {
  const tokens = part(about, 'tokens');
  const cache = part(tokens, 'cache');
  const cached = number(cache, 'read') ?? 0;
  const input = (number(tokens, 'input') ?? 0) + cached + (number(cache, 'write') ?? 0);
  const output = (number(tokens, 'output') ?? 0) + (number(tokens, 'reasoning') ?? 0);
  book.spend(message, { input, cached, output });
  if (input > 0) book.holds({ used: input + output, of: undefined });
}
