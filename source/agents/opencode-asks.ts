import type { AgentQuestion, QuestionChoice } from '../session/agent-question.ts';
import { plain, plainLines } from '../text/plain.ts';
import { pictureOf } from './opencode-picture.ts';
import { wordsOfAsk } from './opencode-server.ts';
import { part, parts, type Row, rowsIn, text } from './record-row.ts';
import type { AskedByServer, ServerAsks, ServerReply } from './server-asks.ts';

/** What opencode asks by its own server: permissions and questions, those of its sub-agents too. Seen with 1.18.33. */
export const opencodeAsks: ServerAsks = {
  pending: ['/permission', '/question'],
  asked: ([permissions, questions], status) => {
    const all = [...rowsIn(permissions).map(permissionIn), ...rowsIn(questions).map(questionIn)].filter(
      asked => asked !== undefined,
    );
    const told = [...(pictureOf(status)?.open.keys() ?? [])];
    return told.flatMap(id => all.find(asked => asked.id === id) ?? [])[0] ?? all[0];
  },
};

/** More is no matter for a few rows: it is read in the pane. */
const MOST_TEXT = 64 * 1024;

/** Says the path that the change says as well. */
const DIFF_TITLE = /^Index: .*\n=+\n/u;

/** A digit each, and one that says nothing to it. */
const MOST_OPTIONS = 8;

/** What it says when it has taken an answer. */
const TAKEN = 'true';

const ONCE = { key: '1', label: 'Allow once', opens: false } as const;
const ALWAYS = { key: '2', label: 'Allow always', holds: 'until this opencode ends', opens: false } as const;
const REJECT = { key: '3', label: 'Reject', opens: false } as const;

function permissionIn(row: Row): AskedByServer | undefined {
  const id = idIn(row, /^per_\w+$/u);
  if (id === undefined) return undefined;
  const always = strings(row.always);
  const lasting =
    always.length === 0
      ? []
      : [
          '',
          `Allow always covers, for ${text(row, 'permission') ?? 'this'}:`,
          ...always.map(pattern => `  ${pattern}`),
        ];
  const question = whole({
    kind: 'permission',
    text: wordsOfAsk({ name: 'permission.asked', data: row }),
    body: [...matterOf(row), ...lasting].flatMap(plainLines),
    choices: [ONCE, ALWAYS, REJECT],
    denial: REJECT.key,
    goesOn: true,
  });
  const says = (body: object): ServerReply => ({ path: `/permission/${id}/reply`, body, taken: TAKEN });
  return {
    id,
    question,
    reply: (key, reason) => {
      switch (key) {
        case ONCE.key:
          return says({ reply: 'once' });
        case ALWAYS.key:
          return says({ reply: 'always' });
        case REJECT.key:
          // With a message it goes on and minds that; without one its turn ends.
          return says({ reply: 'reject', ...(reason === undefined ? {} : { message: reason }) });
        default:
          return undefined;
      }
    },
  };
}

/** The command, the change, and all else that it says of it; the patterns where they are not in there. */
function matterOf(row: Row): readonly string[] {
  const said = Object.entries(part(row, 'metadata')).map(([name, value]) => {
    if (typeof value !== 'string') return `${name}: ${JSON.stringify(value)}`;
    if (name === 'diff') return value.replace(DIFF_TITLE, '').trimEnd();
    return name === 'command' ? value.trimEnd() : `${name}: ${value}`;
  });
  const all = said.join('\n');
  return [...said, ...strings(row.patterns).filter(pattern => !all.includes(pattern))];
}

function questionIn(row: Row): AskedByServer | undefined {
  const id = idIn(row, /^que_\w+$/u);
  const asked = parts(row, 'questions');
  const [only] = asked;
  if (id === undefined || !only) return undefined;
  const labels = parts(only, 'options').map(option => text(option, 'label') ?? '');
  const dismiss: QuestionChoice = {
    key: `${labels.length + 1}`,
    label: 'Dismiss',
    more: 'its turn ends without an answer',
    opens: false,
  };
  const question = whole({
    kind: 'question',
    text: wordsOfAsk({ name: 'question.asked', data: row }),
    body: asked.flatMap(each => plainLines(text(each, 'question') ?? '')),
    choices: [...parts(only, 'options').map(choiceOf), dismiss],
    ...inPane(asked, labels),
  });
  return {
    id,
    question,
    reply: key => {
      if (key === dismiss.key) return { path: `/question/${id}/reject`, body: {}, taken: TAKEN };
      const label = labels[Number(key) - 1];
      return label === undefined
        ? undefined
        : { path: `/question/${id}/reply`, body: { answers: [[label]] }, taken: TAKEN };
    },
  };
}

function choiceOf(option: Row, at: number): QuestionChoice {
  const more = plain(text(option, 'description') ?? '').trim();
  const label = plain(text(option, 'label') ?? '');
  return { key: `${at + 1}`, label, ...(more === '' ? {} : { more }), opens: false };
}

function inPane(asked: readonly Row[], labels: readonly string[]): Pick<AgentQuestion, 'inPane'> {
  if (asked.length > 1) return { inPane: 'it asks several questions at once' };
  if (asked[0]?.multiple === true) return { inPane: 'several of its choices can be taken' };
  if (labels.length > MOST_OPTIONS) return { inPane: `it has ${labels.length} choices` };
  return {};
}

/** All of it, or nothing that could be answered. */
function whole(question: Omit<AgentQuestion, 'id'>): Omit<AgentQuestion, 'id'> {
  const length = question.body.reduce((sum, row) => sum + row.length, 0);
  const why = question.inPane ?? (length > MOST_TEXT ? 'it is too long to be shown here' : undefined);
  if (why === undefined) return question;
  const { kind, text: asks } = question;
  return { kind, text: asks, body: [], choices: [], inPane: why };
}

/** It becomes part of a path. */
function idIn(row: Row, pattern: RegExp): string | undefined {
  const id = text(row, 'id');
  return id !== undefined && pattern.test(id) ? id : undefined;
}

function strings(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter(each => typeof each === 'string') : [];
}
