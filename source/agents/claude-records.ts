import { type AgentRecords, folderBy } from './agent-records.ts';
import { isRow, number, part, parts, type Row, tellingArgument, text, textOf, time } from './record-row.ts';
import type { TurnBook } from './turn-book.ts';

/**
 * `projects/<folder>/<id>.jsonl`, seen with 2.1.330. A row for each block of a message, with the message's usage in each; the file stays
 * where the conversation began, whatever folder it is resumed in. Most of it (`api-request*`) is of no use here.
 */
export const claudeRecords: AgentRecords = {
  folder: env => folderBy(env, 'CLAUDE_CONFIG_DIR', '.claude'),
  file: ({ id }) => ['projects', '*', `${id}.jsonl`],
  listing: {
    files: folders => folders.map(folder => ['projects', `${folder.replace(/[^A-Za-z0-9]/gu, '-')}*`, '*.jsonl']),
    idOf: path => /\/([0-9a-f-]{36})\.jsonl$/u.exec(path)?.[1],
    open: { files: ['sessions', '*.json'] },
  },
  tellsLimits: true,
  movable: true,
  words: ['"type":"user"', '"type":"assistant"', '"type":"cost-state"', '"queued_command"'],
  reader: book => {
    const shell: OwnShell = { command: undefined };
    return row => read(book, row, shell);
  },
};

/** What the person has run last by `!`: its output comes in a row of its own. */
interface OwnShell {
  command: string | undefined;
}

function read(book: TurnBook, row: Row, shell: OwnShell): void {
  const cwd = text(row, 'cwd');
  if (cwd !== undefined) book.place(cwd);
  // What sub-agents do is theirs; what claude says to itself is no prompt.
  if (row.isSidechain === true || row.isMeta === true || row.isCompactSummary === true) return;
  switch (row.type) {
    case 'user':
      readUser(book, row, shell);
      return;
    case 'assistant':
      readAssistant(book, row);
      return;
    case 'attachment':
      readQueued(book, row);
      return;
    case 'cost-state': {
      const dollars = number(row, 'totalCostUSD') ?? number(part(row, 'state'), 'totalCostUSD');
      if (dollars !== undefined) book.cost(dollars, number(row, 'startTime'));
      return;
    }
    default:
      return;
  }
}

function readUser(book: TurnBook, row: Row, shell: OwnShell): void {
  const { content } = part(row, 'message');
  const said = textOf(content);
  const at = time(row, 'timestamp');
  if (said.startsWith('[Request interrupted by user')) {
    book.end('interrupted', at);
    return;
  }
  const command = /^<bash-input>(?<command>[\s\S]*)<\/bash-input>/u.exec(said)?.groups?.command;
  if (command !== undefined) {
    shell.command = command;
    return;
  }
  // Where the model is asked to say something to what was printed, the command is the prompt of that turn; else it is none of anybody's.
  if (said.startsWith('<bash-std') && row.turnOrigin === 'human' && shell.command !== undefined)
    book.begin(`!${shell.command}`, at);
  const prompt = promptOf(said);
  if (prompt !== '') book.begin(prompt, at);
}

/** A prompt that was sent while it worked, and that it has taken up within the turn. */
function readQueued(book: TurnBook, row: Row): void {
  const queued = part(row, 'attachment');
  if (queued.type !== 'queued_command') return;
  const prompt = promptOf(textOf(queued.prompt));
  if (prompt !== '') book.begin(prompt, time(row, 'timestamp'));
}

/**
 * What the person said of what stands there: a command that is a prompt by its name, a paste without its wrapping; else nothing. A command
 * of the program itself (`/clear`, `/model`) has its name before its message, and nothing is asked of the model; in one that is a prompt
 * (`/init`, one's own) the message comes first.
 */
function promptOf(said: string): string {
  const command =
    /^<command-message>[\s\S]*?<command-name>(?<name>[^<]*)<\/command-name>(?:[\s\S]*?<command-args>(?<args>[\s\S]*)<\/command-args>)?/u.exec(
      said,
    );
  if (command?.groups) return `${command.groups.name} ${command.groups.args ?? ''}`.trim();
  if (/^<(?:task-notification|command-name|local-command-|bash-(?:input|stdout|stderr)|system-reminder)/u.test(said))
    return '';
  return said.replace(/<\/?pasted_content[^>]*>\n?/gu, '').trim();
}

function readAssistant(book: TurnBook, row: Row): void {
  const message = part(row, 'message');
  // `No response requested.` after a command of the program: nobody has said it.
  if (message.model === SYNTHETIC && row.isApiErrorMessage !== true) return;
  const at = time(row, 'timestamp');
  const id = text(message, 'id');
  for (const block of parts(message, 'content')) {
    if (block.type === 'tool_use')
      book.use({ name: text(block, 'name') ?? 'a tool', what: tellingArgument(part(block, 'input')) }, at);
    if (block.type === 'text') book.say(text(block, 'text') ?? '', at, id);
  }
  if (row.isApiErrorMessage === true) {
    readLimit(book, part(row, 'quotaLimits'));
    book.end('failed', at);
    return;
  }
  if (isRow(message.usage) && id !== undefined) {
    spend(book, id, message.usage);
    // A model has answered: whatever limit was told before, the account goes on.
    book.limit([]);
  }
  if (message.stop_reason === 'end_turn') book.end('done', at);
}

/** In a model's place, of what claude says by itself. */
const SYNTHETIC = '<synthetic>';

/** Minutes of the windows that it names; `resetsAt` is in seconds. */
const WINDOWS: readonly (readonly [prefix: string, minutes: number])[] = [
  ['five_hour', 300],
  ['seven_day', 10_080],
];

/** Seen with 2.1.330: what the vendor answered with the refusal. */
function readLimit(book: TurnBook, limits: Row): void {
  const resetsAt = number(limits, 'resetsAt');
  const name = text(limits, 'rateLimitType') ?? '';
  const minutes = WINDOWS.find(([prefix]) => name.startsWith(prefix))?.[1];
  if (limits.status !== 'rejected' || resetsAt === undefined || minutes === undefined) return;
  book.limit([{ minutes, usedPercent: 100, resetsAt: resetsAt * 1000 }]);
}

function spend(book: TurnBook, message: string, usage: Row): void {
  const cached = number(usage, 'cache_read_input_tokens') ?? 0;
  const input = (number(usage, 'input_tokens') ?? 0) + (number(usage, 'cache_creation_input_tokens') ?? 0) + cached;
  const output = number(usage, 'output_tokens') ?? 0;
  book.spend(message, { input, cached, output });
  if (input > 0) book.holds({ used: input + output, of: undefined });
}
