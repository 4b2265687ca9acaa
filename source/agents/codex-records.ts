import { type LimitWindow, moreTokens, NO_TOKENS, type Tokens } from '../session/history.ts';
import { type AgentRecords, folderBy } from './agent-records.ts';
import { isRow, number, part, parts, type Row, text, time } from './record-row.ts';
import type { TurnBook } from './turn-book.ts';

/**
 * `sessions/YYYY/MM/DD/rollout-<local time>-<id>.jsonl` from the first turn on, seen with 0.169.0. That of a fork has its own turns alone and
 * names the other one, but goes on with its sum of tokens.
 */
export const codexRecords: AgentRecords = {
  folder: env => folderBy(env, 'CODEX_HOME', '.codex'),
  file: ({ id }) => ['sessions', '*', '*', '*', `rollout-*-${id}.jsonl`],
  listing: {
    files: () => [['sessions', '*', '*', '*', 'rollout-*.jsonl']],
    idOf: path => /-([0-9a-f]{8}-[0-9a-f-]{27})\.jsonl$/u.exec(path)?.[1],
  },
  tellsLimits: true,
  words: ['"type":"event_msg"', '"type":"session_meta"'],
  reader: book => {
    const own: OwnShell = { ran: undefined, prompted: undefined };
    const sum: Sum = { isForked: false, begun: false, before: undefined };
    return row => read(book, row, { own, sum });
  },
};

/** Ids of turns: codex makes one for a command that the person has run by `!`, or lets it run beside one that goes on. */
interface OwnShell {
  /** In which the last such command ran. */
  ran: string | undefined;
  /** Of the last prompt. */
  prompted: string | undefined;
}

interface Sum {
  isForked: boolean;
  /** It has a turn of its own. */
  begun: boolean;
  /** What the one that it was forked from had taken until then. */
  before: Tokens | undefined;
}

function read(book: TurnBook, row: Row, { own, sum }: { readonly own: OwnShell; readonly sum: Sum }): void {
  const payload = part(row, 'payload');
  const at = time(row, 'timestamp');
  if (row.type === 'session_meta') {
    sum.isForked = text(payload, 'forked_from_id') !== undefined;
    const cwd = text(payload, 'cwd');
    // A sub-agent's own record is no conversation of anybody.
    if (cwd !== undefined && !payload.parent_thread_id) book.place(cwd);
    return;
  }
  if (row.type !== 'event_msg') return;
  const turn = text(payload, 'turn_id');
  const isOfCommand = turn !== undefined && turn === own.ran && turn !== own.prompted;
  switch (payload.type) {
    case 'item_completed': {
      const item = part(payload, 'item');
      if (item.type === 'UserMessage') {
        own.prompted = turn;
        sum.begun = true;
      }
      if (item.source === 'user_shell') own.ran = turn;
      else readItem(book, item, at);
      return;
    }
    case 'task_complete':
      if (isOfCommand) return;
      if (isRow(payload.error)) book.say(text(payload.error, 'message') ?? '', at);
      book.end(isRow(payload.error) ? 'failed' : 'done', at);
      return;
    case 'turn_aborted':
      if (isOfCommand) return;
      book.end(payload.reason === 'interrupted' ? 'interrupted' : 'failed', at);
      return;
    case 'token_count':
      readTokens(book, payload, sum);
      return;
    default:
      return;
  }
}

function readItem(book: TurnBook, item: Row, at: number | undefined): void {
  const said = parts(item, 'content')
    .map(block => text(block, 'text') ?? '')
    .join('\n');
  switch (item.type) {
    case 'UserMessage':
      book.begin(said, at);
      return;
    case 'AgentMessage':
      book.say(said, at);
      return;
    case 'Reasoning':
    case 'Plan':
    case undefined:
      return;
    default:
      book.use({ name: NAMES[`${item.type}`] ?? text(item, 'tool') ?? `${item.type}`, what: whatOf(item) }, at);
      return;
  }
}

const NAMES: Readonly<Record<string, string>> = {
  CommandExecution: 'shell',
  FileChange: 'edit',
  WebSearch: 'web search',
};

/** A command without the shell that it is given to; the files of a change. */
function whatOf(item: Row): string {
  const { command, changes } = item;
  if (Array.isArray(command)) return `${command.at(-1) ?? ''}`;
  if (Array.isArray(changes))
    return parts(item, 'changes')
      .flatMap(change => text(change, 'path') ?? [])
      .join(', ');
  if (isRow(changes)) return Object.keys(changes).join(', ');
  return text(item, 'query') ?? text(item, 'path') ?? '';
}

function readTokens(book: TurnBook, payload: Row, sum: Sum): void {
  const info = part(payload, 'info');
  const last = part(info, 'last_token_usage');
  if (isRow(info.total_token_usage)) {
    const total = tokensOf(info.total_token_usage);
    if (sum.isForked) sum.before ??= sum.begun ? moreTokens(total, tokensOf(last)) : total;
    book.spentInAll(moreTokens(total, sum.before ?? NO_TOKENS));
  }
  const used = number(last, 'total_tokens');
  if (used !== undefined) book.holds({ used, of: number(info, 'model_context_window') });
  const limits = part(payload, 'rate_limits');
  const windows = [part(limits, 'primary'), part(limits, 'secondary')].flatMap(windowOf);
  if (windows.length > 0) book.limit(windows);
}

function tokensOf(usage: Row): Tokens {
  return {
    input: number(usage, 'input_tokens') ?? 0,
    cached: number(usage, 'cached_input_tokens') ?? 0,
    output: number(usage, 'output_tokens') ?? 0,
  };
}

/** `resets_at` is in seconds. */
function windowOf(window: Row): readonly LimitWindow[] {
  const minutes = number(window, 'window_minutes');
  const usedPercent = number(window, 'used_percent');
  const seconds = number(window, 'resets_at');
  if (minutes === undefined || usedPercent === undefined) return [];
  return [{ minutes, usedPercent, resetsAt: seconds === undefined ? undefined : seconds * 1000 }];
}
