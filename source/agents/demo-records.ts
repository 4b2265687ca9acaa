import type { AgentRecords } from './agent-records.ts';
import type { Environment } from './environment.ts';
import { number, part, type Row, text, time } from './record-row.ts';
import type { TurnBook } from './turn-book.ts';

/** `<id>.jsonl`, a row for each block that it draws (`demo/record.ts`). It has no model, so it takes no tokens. */
export const demoRecords: AgentRecords = {
  folder: stateFolder,
  file: ({ id }) => [`${id}.jsonl`],
  tellsLimits: true,
  movable: true,
  listing: {
    files: () => [['*.jsonl']],
    idOf: path => /\/([\w-]+)\.jsonl$/u.exec(path)?.[1],
  },
  reader: book => row => read(book, row),
};

function stateFolder(env: Environment): string {
  if (env.TUTTI_DEMO_STATE) return env.TUTTI_DEMO_STATE;
  const state = env.XDG_STATE_HOME;
  return `${state?.startsWith('/') ? state : `${env.HOME ?? ''}/.local/state`}/tutti-demo`;
}

function read(book: TurnBook, row: Row): void {
  if (row.type === 'begun') book.place(text(row, 'cwd') ?? '');
  const resetsAt = number(row, 'resetsAt');
  if (row.type === 'limit' && resetsAt !== undefined) book.limit([{ minutes: 300, usedPercent: 100, resetsAt }]);
  if (row.type !== 'block') return;
  const block = part(row, 'block');
  const said = text(block, 'text') ?? '';
  const at = time(row, 'at');
  switch (block.type) {
    case 'prompt':
      book.begin(said, at);
      return;
    case 'tool':
      book.use({ name: text(block, 'name') ?? 'a tool', what: text(block, 'what') ?? '' }, at);
      return;
    case 'answer':
      book.say(said, at);
      book.end('done', at);
      return;
    case 'error':
      book.say(said, at);
      book.end('failed', at);
      return;
    case 'note':
      if (said.startsWith('Interrupted')) book.end('interrupted', at);
      return;
    default:
      return;
  }
}
