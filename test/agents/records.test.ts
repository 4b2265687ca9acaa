import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { Histories } from '../../source/records/histories.ts';
import { firstPrompt, type History } from '../../source/session/history.ts';
import { fixture } from '../records/fixture.ts';

/** Real records, made by the pinned programs against the mock model, with paths and long texts of vendors taken out. */
const RECORDS = [
  { kind: 'claude', path: 'projects/-home-ana-shop/0190d0b0-1111-4222-8333-444455556666.jsonl', tool: 'Bash true' },
  {
    kind: 'codex',
    path: 'sessions/2026/11/28/rollout-2026-11-28T14-43-31-0190d0b0-1111-4222-8333-444455556666.jsonl',
    tool: 'shell true',
  },
  {
    kind: 'gemini',
    path: 'tmp/else-where/chats/session-2026-11-28T14-45-1e82605a.jsonl',
    tool: 'run_shell_command true',
  },
  { kind: 'copilot', path: 'session-state/0190d0b0-1111-4222-8333-444455556666/events.jsonl', tool: 'bash true' },
] as const;

test.each(RECORDS)('the record of $kind is read as turns', async ({ kind, path, tool }) => {
  const folder = temporary();
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), fixture(`${kind}.jsonl`));
  const { turns, count, cwd, tokens } = await read(kind, folder);
  expect(count).toBe(kind === 'copilot' ? 3 : 4);
  expect(turns.map(turn => [turn.prompt, turn.end])).toEqual([
    ['first thing [[bash true]] [[say One is done. More words.]]', 'done'],
    ['second thing\nin two lines [[say Two is done.]]', 'done'],
    ...(kind === 'copilot' ? [] : [['third one [[say Some words first.]] [[hold]]', 'interrupted']]),
    // Of an error gemini writes nothing down.
    ['fourth one [[error 400]]', kind === 'gemini' ? undefined : 'failed'],
  ]);
  const [first, second] = turns;
  expect(first?.tools.map(({ name, what }) => `${name} ${what}`)).toEqual([tool]);
  // The mock says its end in a message of its own where the agent keeps them apart.
  if (kind !== 'codex') expect(first?.said?.split('\n')[0]).toBe('One is done. More words.');
  expect(first?.tokens).toEqual({ input: 20, cached: 0, output: 20 });
  expect(second?.tokens).toEqual({ input: 10, cached: 0, output: 10 });
  expect(tokens.input).toBe(kind === 'claude' ? 40 : 30);
  expect((first?.at ?? 0) < (second?.at ?? 0)).toBe(true);
  if (kind !== 'gemini') expect(cwd).toBe('/home/ana/shop');
});

test('the record of qwen: of an interrupt it says nothing, of a failure its telemetry does, and what it asks for by itself counts', async () => {
  const folder = temporary();
  const path = join(folder, 'projects/-home-ana-shop/chats/0190d0b0-1111-4222-8333-444455556666.jsonl');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, fixture('qwen.jsonl'));
  const { turns, count, cwd, tokens, context } = await read('qwen', folder);
  expect([count, cwd]).toEqual([4, '/home/ana/shop']);
  expect(turns.map(({ prompt, said, end }) => [prompt, said?.split('\n')[0], end])).toEqual([
    ['first thing [[bash true]] [[say One is done. More words.]]', 'One is done. More words.', 'done'],
    ['second thing\nin two lines [[say Two is done.]]', 'Two is done.', 'done'],
    ['third one [[hold]] [[say Never.]]', undefined, undefined],
    ['fourth one [[error 400]]', '400 mock error 400', 'failed'],
  ]);
  expect(turns[0]?.tools).toEqual([{ name: 'run_shell_command', what: 'true' }]);
  // After the second turn it has made notes of its own, by one more call.
  expect(turns.map(turn => turn.tokens.input)).toEqual([20, 20, 0, 0]);
  expect(tokens).toEqual({ input: 40, cached: 0, output: 40 });
  expect(context).toEqual({ used: 20, of: undefined });
});

test('money, context and limits are what a record says', async () => {
  const of = async (kind: string, path: string, content: string) => {
    const folder = temporary();
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    return read(kind, folder);
  };
  const [claude, codex, , copilot] = RECORDS;
  expect(await of('claude', claude.path, fixture('claude.jsonl'))).toMatchObject({
    dollars: 0.00044,
    context: { used: 11, of: undefined },
    limits: [],
  });
  expect(await of('copilot', copilot.path, fixture('copilot.jsonl'))).toMatchObject({
    dollars: undefined,
    context: { used: 13_173, of: 922_000 },
  });
  // With an API key there are no windows; with a login they stand there as its protocol says.
  const limited = fixture('codex.jsonl').replaceAll(
    '"primary":null,"secondary":null',
    '"primary":{"used_percent":42.5,"window_minutes":300,"resets_at":1795880000},"secondary":{"used_percent":100,"window_minutes":10080,"resets_at":1796000000}',
  );
  expect(await of('codex', codex.path, limited)).toMatchObject({
    dollars: undefined,
    context: { used: 20, of: 258_400 },
    limits: [
      { minutes: 300, usedPercent: 42.5, resetsAt: 1_795_880_000_000 },
      { minutes: 10_080, usedPercent: 100, resetsAt: 1_796_000_000_000 },
    ],
  });
});

test('a limit that claude tells of holds until a model answers again, not for what claude says in its place', async () => {
  const folder = temporary();
  const path = join(folder, RECORDS[0].path);
  mkdirSync(dirname(path), { recursive: true });
  const answer = (id: string, model: string, more = {}) => {
    const message = { id, model, content: [{ type: 'text', text: id }], usage: { input_tokens: 1, output_tokens: 1 } };
    return `${JSON.stringify({ type: 'assistant', message, ...more })}\n`;
  };
  const quotaLimits = { status: 'rejected', rateLimitType: 'five_hour', resetsAt: 1_795_880_000 };
  const refused = answer('refused', '<synthetic>', { isApiErrorMessage: true, quotaLimits });
  const limits = async (...rows: readonly string[]) => {
    writeFileSync(path, rows.join(''));
    return (await read('claude', folder)).limits;
  };
  const full = [{ minutes: 300, usedPercent: 100, resetsAt: 1_795_880_000_000 }];
  expect(await limits(answer('before', 'claude-sonnet-5'), refused)).toEqual(full);
  expect(await limits(refused, answer('No response requested.', '<synthetic>'))).toEqual(full);
  expect(await limits(refused, answer('it goes on', 'claude-sonnet-5'))).toEqual([]);
});

test("opencode's database is read by the folder where the id is not known, without its sub-agents", async () => {
  const folder = temporary();
  opencodeDatabase(folder);
  const { turns, dollars } = await read('opencode', folder, '/home/ana/shop');
  // The mock has no price.
  expect(dollars).toBeUndefined();
  expect(turns.map(({ prompt, said, end }) => [prompt, said?.split('\n')[0], end])).toEqual([
    ['[[say Ready.]]', 'Ready.', 'done'],
    ['[[bash true]] [[say Over.]]', undefined, undefined],
    ['[[agent {{hold}} {{say Sub.}}]] [[say Mine.]]', 'Mine.', 'done'],
  ]);
  expect(turns[1]?.tools).toEqual([{ name: 'bash', what: 'true' }]);
  await expect(read('opencode', folder, '/home/ana/other')).rejects.toThrow('no record');
});

test("opencode's money is what it has reckoned for each message, however many parts that has", async () => {
  const folder = temporary();
  opencodeDatabase(
    folder,
    `UPDATE message SET data = json_set(data, '$.cost', 0.0045) WHERE data->>'role' = 'assistant'`,
  );
  const { dollars } = await read('opencode', folder, '/home/ana/shop');
  expect(dollars).toBeCloseTo(4 * 0.0045);
});

test('what a reader does not know, and what claude says to itself, are no turns', async () => {
  const folder = temporary();
  const path = join(folder, RECORDS[0].path);
  mkdirSync(dirname(path), { recursive: true });
  const rows = [
    { type: 'user' },
    { type: 'assistant', message: { content: 'no list' } },
    user('Caveat: …', { isMeta: true }),
    user('of a sub-agent', { isSidechain: true }),
    user('<task-notification>over</task-notification>'),
    ...ownCommand('/model', 'sonnet'),
    {
      type: 'assistant',
      message: { model: '<synthetic>', content: [{ type: 'text', text: 'No response requested.' }] },
    },
    user('<bash-input>git status</bash-input>'),
    user('<bash-stdout>clean</bash-stdout><bash-stderr></bash-stderr>'),
    user(commandPrompt('review', 'all of it')),
    user(commandPrompt('init')),
    user('\n<pasted_content id="5e32">\na\nb\n</pasted_content id="5e32">\n'),
    { type: 'attachment', attachment: { type: 'queued_command', prompt: 'while it worked' } },
  ];
  writeFileSync(path, `${rows.map(row => JSON.stringify(row)).join('\n')}\n[1]\nno JSON, "type":"user"\n`);
  expect((await read('claude', folder)).turns.map(({ prompt }) => prompt)).toEqual([
    '/review all of it',
    '/init',
    'a\nb',
    'while it worked',
  ]);
});

test('a command by ! begins a turn only where claude asks its model about what was printed', async () => {
  const rows = [
    user('first'),
    assistant('One.'),
    user('<bash-input>git log\ngit status</bash-input>'),
    user('<bash-stdout>clean</bash-stdout><bash-stderr></bash-stderr>', { turnOrigin: 'human' }),
    assistant('It is clean.'),
    ...ownCommand('/compact', ''),
  ];
  const { turns } = await readRows('claude', RECORDS[0].path, rows);
  expect(turns.map(({ prompt, said }) => [prompt, said])).toEqual([
    ['first', 'One.'],
    ['!git log\ngit status', 'It is clean.'],
  ]);
  expect(firstPrompt(turns.slice(1))).toBeUndefined();
});

test('what the person runs by ! in codex is no turn, and ends none that goes on', async () => {
  const event = (type: string, turn: string, more = {}) => ({
    type: 'event_msg',
    payload: { type, turn_id: turn, ...more },
  });
  const shell = { item: { type: 'CommandExecution', command: ['/bin/bash', '-lc', 'ls'], source: 'user_shell' } };
  const asked = { item: { type: 'UserMessage', content: [{ type: 'text', text: 'first' }] } };
  const begun = [
    event('item_completed', 't1', shell),
    event('task_complete', 't1'),
    event('item_completed', 't2', asked),
    event('item_completed', 't3', shell),
    event('task_complete', 't3'),
  ];
  const of = async (...rows: readonly object[]) =>
    (await readRows('codex', RECORDS[1].path, rows)).turns.map(({ prompt, toolCount, end }) => [
      prompt,
      toolCount,
      end,
    ]);
  expect(await of(...begun)).toEqual([['first', 0, undefined]]);
  expect(await of(...begun, event('item_completed', 't2', shell), event('task_complete', 't2'))).toEqual([
    ['first', 0, 'done'],
  ]);
});

test('what gemini tells its model of a command by ! is no prompt', async () => {
  const said = (id: string, content: string) => ({ id, type: 'user', content: [{ text: content }] });
  const shell =
    'I ran the following shell command:\n```sh\nls\n```\n\nThis produced the following result:\n```\na\n```';
  const { turns } = await readRows('gemini', RECORDS[2].path, [said('1', shell), said('2', 'first')]);
  expect(turns.map(({ prompt }) => prompt)).toEqual(['first']);
});

function user(content: unknown, more = {}) {
  return { type: 'user', message: { role: 'user', content }, ...more };
}

function assistant(said: string) {
  return { type: 'assistant', message: { model: 'claude-sonnet-5', content: [{ type: 'text', text: said }] } };
}

/** As claude 2.1.330 writes down what it does by itself, the model unasked. */
function ownCommand(name: string, args: string) {
  const tags = [
    `<command-name>${name}</command-name>`,
    `<command-message>${name.slice(1)}</command-message>`,
    `<command-args>${args}</command-args>`,
  ];
  return [
    user('<local-command-caveat>The command below was run directly</local-command-caveat>', { isMeta: true }),
    user(tags.join('\n            ')),
    user('<local-command-stdout>Set</local-command-stdout>'),
  ];
}

/** The same of one that is a prompt. */
function commandPrompt(name: string, args?: string): string {
  const tags = [`<command-message>${name}</command-message>`, `<command-name>/${name}</command-name>`];
  return [...tags, ...(args === undefined ? [] : [`<command-args>${args}</command-args>`])].join('\n');
}

/** As it was recorded, and then changed by some SQL. */
function opencodeDatabase(folder: string, change = ''): void {
  const tables = JSON.parse(fixture('opencode.json')) as Record<
    string,
    { schema: string; rows: Record<string, string>[] }
  >;
  const database = new DatabaseSync(join(folder, 'opencode.db'));
  for (const [name, { schema, rows }] of Object.entries(tables)) {
    database.exec(schema);
    for (const row of rows) {
      const keys = Object.keys(row);
      const sql = `INSERT INTO ${name} (${keys.map(key => `"${key}"`)}) VALUES (${keys.map(() => '?')})`;
      database.prepare(sql).run(...Object.values(row));
    }
  }
  database.exec(change);
  database.close();
}

async function readRows(kind: string, path: string, rows: readonly object[]): Promise<History> {
  const folder = temporary();
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  return read(kind, folder);
}

async function read(kind: string, folder: string, cwd = '/home/ana/Else where'): Promise<History> {
  const { records } = agentOf(kind);
  if (!records) throw new Error(`${kind} has no records`);
  const found = await new Histories().read({ records, folder, id: '0190d0b0-1111-4222-8333-444455556666', cwd });
  if (!found) throw new Error('no record');
  return found.history;
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-records-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
