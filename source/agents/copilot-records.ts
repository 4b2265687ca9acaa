import { type AgentRecords, folderBy } from './agent-records.ts';
import { number, part, parts, type Row, tellingArgument, text, time } from './record-row.ts';
import type { TurnBook } from './turn-book.ts';

/**
 * `session-state/<id>/events.jsonl`, seen with 1.0.102. What a call costs there are premium requests, no money. The whole file is
 * written anew after an early interrupt, without the prompt that was taken back.
 */
export const copilotRecords: AgentRecords = {
  folder: env => folderBy(env, 'COPILOT_HOME', '.copilot'),
  file: ({ id }) => ['session-state', id, 'events.jsonl'],
  listing: {
    files: () => [['session-state', '*', 'events.jsonl']],
    idOf: path => /\/([0-9a-f-]{36})\/events\.jsonl$/u.exec(path)?.[1],
    open: {
      files: ['session-state', '*', 'inuse.*.lock'],
      byPath: /\/(?<id>[0-9a-f-]{36})\/inuse\.(?<pid>\d+)\.lock$/u,
    },
  },
  words: ['"user.message"', '"assistant.message"', '"tool.execution_', '"session.', '"abort"'],
  reader: book => row => read(book, row),
};

function read(book: TurnBook, row: Row): void {
  // What sub-agents do is theirs.
  if (text(row, 'agentId') !== undefined) return;
  const data = part(row, 'data');
  const at = time(row, 'timestamp');
  switch (row.type) {
    case 'session.start': {
      const cwd = text(part(data, 'context'), 'cwd');
      if (cwd !== undefined) book.place(cwd);
      return;
    }
    case 'user.message':
      book.begin(text(data, 'content') ?? '', at);
      return;
    case 'assistant.message':
      book.say(text(data, 'content') ?? '', at, text(data, 'messageId'));
      if (parts(data, 'toolRequests').length === 0) book.end('done', at);
      return;
    case 'tool.execution_start':
      book.use({ name: text(data, 'toolName') ?? 'a tool', what: tellingArgument(part(data, 'arguments')) }, at);
      return;
    case 'tool.execution_complete': {
      const metrics = part(part(data, 'toolTelemetry'), 'metrics');
      const used = number(metrics, 'context_current_tokens');
      if (used !== undefined) book.holds({ used, of: number(metrics, 'context_token_limit') });
      return;
    }
    case 'session.usage_record':
      spend(book, text(row, 'id') ?? '', part(data, 'usage'));
      return;
    case 'session.error':
      book.say(text(data, 'message') ?? '', at);
      book.end('failed', at);
      return;
    case 'abort':
      book.end('interrupted', at);
      return;
    default:
      return;
  }
}

function spend(book: TurnBook, id: string, usage: Row): void {
  const cached = number(usage, 'cacheReadTokens') ?? 0;
  book.spend(id, {
    input: number(usage, 'inputTokens') ?? 0,
    cached,
    output: number(usage, 'outputTokens') ?? 0,
  });
}
