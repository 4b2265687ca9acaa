import { type AgentRecords, folderBy } from './agent-records.ts';
import { number, part, parts, type Row, tellingArgument, text, textOf, time } from './record-row.ts';
import type { TurnBook } from './turn-book.ts';

/**
 * `projects/<folder>/chats/<id>.jsonl`, seen with 0.24.4. What a call of the model took stands in its telemetry, which also tells of the
 * turns that it asks for by itself, as to remember things: they count, and are no turns of anybody. A turn has no end on record: it is
 * over when its last message calls no tool. Of an interrupt and of a denial nothing is written down.
 */
export const qwenRecords: AgentRecords = {
  folder: env => env.QWEN_RUNTIME_DIR || folderBy(env, 'QWEN_HOME', '.qwen'),
  file: ({ id }) => ['projects', '*', 'chats', `${id}.jsonl`],
  listing: {
    files: folders =>
      folders.map(folder => ['projects', `${folder.replace(/[^A-Za-z0-9]/gu, '-')}*`, 'chats', '*.jsonl']),
    idOf: path => /\/([0-9a-f-]{36})\.jsonl$/u.exec(path)?.[1],
    open: { files: ['sessions', '*.json'] },
  },
  words: ['"type":"user"', '"type":"assistant"', '"qwen-code.api_'],
  reader: book => row => read(book, row),
};

function read(book: TurnBook, row: Row): void {
  const cwd = text(row, 'cwd');
  if (cwd !== undefined) book.place(cwd);
  const at = time(row, 'timestamp');
  const { parts: content } = part(row, 'message');
  switch (row.type) {
    case 'user': {
      const said = textOf(content);
      // What it says to itself is no prompt.
      if (row.provenance === 'real_user' && said.trim() !== '') book.begin(said, at);
      return;
    }
    case 'assistant':
      readAssistant(book, row, at);
      return;
    case 'system':
      readTelemetry(book, part(part(row, 'systemPayload'), 'uiEvent'), at);
      return;
    default:
      return;
  }
}

function readAssistant(book: TurnBook, row: Row, at: number | undefined): void {
  const blocks = parts(part(row, 'message'), 'parts').filter(({ thought }) => thought !== true);
  const calls = blocks
    .filter(({ functionCall }) => functionCall !== undefined)
    .map(block => part(block, 'functionCall'));
  const said = textOf(blocks);
  if (said.trim() !== '') book.say(said, at, text(row, 'uuid'));
  for (const call of calls)
    book.use({ name: text(call, 'name') ?? 'a tool', what: tellingArgument(part(call, 'args')) }, at);
  if (calls.length === 0 && said.trim() !== '') book.end('done', at);
}

function readTelemetry(book: TurnBook, event: Row, at: number | undefined): void {
  const isOfSubAgent = event.subagent_id !== undefined;
  if (event['event.name'] === 'qwen-code.api_response') {
    const id = text(event, 'response_id');
    const input = number(event, 'input_token_count') ?? 0;
    const output = (number(event, 'output_token_count') ?? 0) + (number(event, 'thoughts_token_count') ?? 0);
    const cached = number(event, 'cached_content_token_count') ?? 0;
    if (id !== undefined) book.spend(id, { input, cached, output });
    if (input > 0 && !isOfSubAgent) book.holds({ used: input + output, of: undefined });
  }
  if (event['event.name'] === 'qwen-code.api_error' && !isOfSubAgent) {
    book.say(text(event, 'error_message') ?? '', at);
    book.end('failed', at);
  }
}
