import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { fixture } from '../records/fixture.ts';
import { opencodeDatabase, RECORDS, read, temporary } from './read-records.ts';

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
