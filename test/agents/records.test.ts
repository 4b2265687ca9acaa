import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { Histories } from '../../source/records/histories.ts';
import type { History } from '../../source/session/history.ts';
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

test('a fork of codex goes on with the sum of the other one, which is not its own', async () => {
  const row = (type: string, payload: object) =>
    JSON.stringify({ timestamp: '2026-11-29T08:56:16.751Z', type, payload });
  const asked = (text: string) =>
    row('event_msg', { type: 'item_completed', item: { type: 'UserMessage', content: [{ type: 'text', text }] } });
  const spent = (total: number) => {
    const usage = (tokens: number) => ({ input_tokens: tokens, output_tokens: tokens, total_tokens: 2 * tokens });
    return row('event_msg', {
      type: 'token_count',
      info: { total_token_usage: usage(total), last_token_usage: usage(10) },
    });
  };
  const of = async (...rows: readonly string[]) => {
    const folder = temporary();
    const path = join(folder, RECORDS[1].path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${rows.join('\n')}\n`);
    const { turns, tokens } = await read('codex', folder);
    return [tokens.input, ...turns.map(turn => turn.tokens.input)];
  };
  const forked = row('session_meta', { id: 'b', cwd: '/home/ana/shop', forked_from_id: 'a' });
  expect(await of(forked, asked('one'), spent(110), asked('two'), spent(120))).toEqual([20, 10, 10]);
  // Told before it has asked anything: all of it is the other one's.
  expect(await of(forked, spent(100), asked('one'), spent(110))).toEqual([10, 10]);
  const begun = row('session_meta', { id: 'a', cwd: '/home/ana/shop' });
  expect(await of(begun, asked('one'), spent(20))).toEqual([20, 20]);
});

test("opencode's database is read by the folder where the id is not known, without its sub-agents", async () => {
  const folder = temporary();
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
  database.close();
  const { turns } = await read('opencode', folder, '/home/ana/shop');
  expect(turns.map(({ prompt, said, end }) => [prompt, said?.split('\n')[0], end])).toEqual([
    ['[[say Ready.]]', 'Ready.', 'done'],
    ['[[bash true]] [[say Over.]]', undefined, undefined],
    ['[[agent {{hold}} {{say Sub.}}]] [[say Mine.]]', 'Mine.', 'done'],
  ]);
  expect(turns[1]?.tools).toEqual([{ name: 'bash', what: 'true' }]);
  await expect(read('opencode', folder, '/home/ana/other')).rejects.toThrow('no record');
});

test('what a reader does not know, and what claude says to itself, are no turns', async () => {
  const folder = temporary();
  const path = join(folder, RECORDS[0].path);
  mkdirSync(dirname(path), { recursive: true });
  const user = (content: unknown, more = {}) => ({ type: 'user', message: { role: 'user', content }, ...more });
  const rows = [
    { type: 'user' },
    { type: 'assistant', message: { content: 'no list' } },
    user('Caveat: …', { isMeta: true }),
    user('of a sub-agent', { isSidechain: true }),
    user('<task-notification>over</task-notification>'),
    user('<command-name>/review</command-name>\n<command-args>all of it</command-args>'),
    user('\n<pasted_content id="5e32">\na\nb\n</pasted_content id="5e32">\n'),
    { type: 'attachment', attachment: { type: 'queued_command', prompt: 'while it worked' } },
  ];
  writeFileSync(path, `${rows.map(row => JSON.stringify(row)).join('\n')}\n[1]\nno JSON, "type":"user"\n`);
  expect((await read('claude', folder)).turns.map(({ prompt }) => prompt)).toEqual([
    '/review all of it',
    'a\nb',
    'while it worked',
  ]);
});

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
