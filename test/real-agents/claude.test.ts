import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { claude } from '../../source/agents/claude.ts';
import { agentRoom, UUID } from './agent-room.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('claude');

describe.skipIf(leftOut)(leftOut ?? `${name} in a host`, () => {
  const room = (options: { trusted?: boolean; env?: Record<string, string> } = {}) =>
    agentRoom({ agent: 'claude', bin: bin ?? '', ...options });

  test('a prompt is delivered once, a permission asked for, the turn is over when it says done', async () => {
    const { start, model, cwd } = await room();
    const agent = await start();
    await agent.until('idle');
    expect(await agent.deliver('please [[write a.txt hello]] [[bash rm a.txt]] [[hold]]')).toMatchObject({
      outcome: 'submitted',
    });
    await agent.until('waiting:permission');
    expect(agent.activity().text).toMatch(/a\.txt/u);
    // It reports before it draws. A prompt never goes onto a dialog, where its Enter would say yes.
    await agent.see('Do you want to create a.txt?');
    expect(await agent.deliver('not now', { timeoutMs: 500 })).toMatchObject({ outcome: 'dialog' });
    await agent.answer('1');
    await agent.until('waiting:permission');
    await agent.see('rm a.txt');
    expect(readFileSync(join(cwd, 'a.txt'), 'utf8')).toBe('hello');
    await agent.answer('1');
    await model.held();
    await agent.until('busy');
    expect(existsSync(join(cwd, 'a.txt'))).toBe(false);
    model.release();
    await agent.until('idle:done');
    expect(new Set(model.requests.map(request => request.prompt)).size).toBe(1);
  });

  test('what it said last is told by its hooks, which are there for this start only', async () => {
    const { start, cwd, home } = await room();
    const agent = await start();
    await agent.until('idle');
    await agent.deliver('[[say All of it is mended.]]');
    await agent.until('idle:done');
    await agent.says('Mock end after 0 calls.');
    expect(agent.activity().evidence.map(({ source, claim }) => [source, claim])).toContainEqual(['hook', 'Stop']);
    await agent.deliver('[[bash rm README.md]]');
    await agent.until('waiting:permission');
    await vi.waitFor(() =>
      expect(agent.activity().evidence).toContainEqual(
        expect.objectContaining({ source: 'hook', claim: 'PermissionRequest, Bash', agrees: true }),
      ),
    );
    expect(execFileSync('git', ['status', '--porcelain'], { cwd, encoding: 'utf8' })).toBe('');
    expect(globSync('**/settings*.json', { cwd: home })).toEqual([]);
  });

  test('mode acceptEdits edits unasked; a question is answered', async () => {
    const { start, cwd } = await room();
    const agent = await start({ permissionMode: 'acceptEdits' });
    await agent.until('idle');
    await agent.deliver('[[write a.txt hello]] [[ask Which color | red | blue]]');
    await agent.until('waiting:question');
    expect(agent.activity().text).toContain('Which color');
    expect(readFileSync(join(cwd, 'a.txt'), 'utf8')).toBe('hello');
    await agent.see('Enter to select');
    await agent.answer('2');
    await agent.until('idle:done');
    await agent.see('→ blue');
  });

  test('an interrupt makes it idle, and the next prompt is delivered', async () => {
    const { start, model } = await room();
    const agent = await start();
    await agent.until('idle');
    await agent.deliver('[[say Some words first.]] [[hold]]');
    await model.held();
    await agent.see('Some words first');
    await agent.press('\x1b');
    await agent.until('idle');
    await agent.see('Interrupted');
    await agent.deliver('[[say After it.]]');
    await agent.until('idle:done');
    await agent.see('After it.');
  });

  test('a first prompt by argv, a SIGKILL in its turn, and back with its conversation', async () => {
    // What a parent claude leaves would keep it from writing its conversation down.
    const { start, resume, model, home } = await room({ env: { CLAUDECODE: '1', CLAUDE_CODE_CHILD_SESSION: '1' } });
    const prompt = '-x is no flag\nremember the word tritone [[say I do.]] [[hold]]';
    const first = await start({ prompt });
    await model.held();
    await first.until('busy');
    await expect.poll(() => transcripts(home), { timeout: 10_000 }).toContain('tritone');
    await first.connection.request('process/signal', { signal: 'SIGKILL' });
    expect(await first.exited()).toMatchObject({ signal: 'SIGKILL' });
    model.release();

    const second = await resume(UUID);
    await second.see('remember the word tritone');
    await second.until('idle');
    await second.deliver('[[say Here I am again.]]');
    await second.until('idle:done');
    await second.see('Here I am again.');
    expect(model.requests.at(-1)?.prompt).toContain('Here I am again');
  });

  test('a conversation that was killed before it was written down is told by its words', async () => {
    const { resume } = await room();
    const agent = await resume(UUID);
    expect(await agent.exited()).toMatchObject({ code: 1 });
    expect(agent.status.exit?.lastLines.join('\n')).toMatch(new RegExp(claude.conversationLost ?? 'nothing', 'u'));
  });

  test('its dialogs before the conversation are seen, hold its first prompt back and take none', async () => {
    const { start, model } = await room({ trusted: false });
    const agent = await start({ prompt: 'after trust [[say Trusted.]]' });
    await agent.until('waiting:permission');
    expect(agent.activity().text).toContain('trust this folder');
    expect(await agent.deliver('not onto it', { timeoutMs: 500 })).toMatchObject({ outcome: 'dialog' });
    expect(model.requests).toEqual([]);
    await agent.see('Yes, I trust this folder');
    await agent.press('\x1b[B');
    await agent.see(/❯ Yes, I trust this folder/u);
    await agent.answer('\r');
    await agent.until('idle:done');
    expect(model.requests.map(request => request.prompt)).toEqual(['after trust [[say Trusted.]]']);
  });

  test('an unknown API key is asked about, which only its screen tells', async () => {
    const { start } = await room({ env: { ANTHROPIC_API_KEY: `sk-ant-other-${'1'.repeat(40)}` } });
    const agent = await start();
    await agent.until('waiting:auth');
    expect(agent.activity().evidence[0]).toMatchObject({ source: 'screen' });
  });

  test('a model that does not answer is busy and said so, one that refuses is an error', async () => {
    const { start } = await room();
    const agent = await start();
    await agent.until('idle');
    await agent.deliver('[[error 529 2]] [[say At last.]]');
    await agent.holds('claude/retrying');
    expect(agent.activity()).toMatchObject({ state: 'busy', text: 'no answer from the model, retrying' });
    await agent.until('idle:done');
    await agent.deliver('[[error 400]]');
    await agent.until('idle:error');
    expect(agent.activity().text).toContain('400');
  });

  test('a sub-agent keeps it busy', async () => {
    const { start, model } = await room();
    const agent = await start();
    await agent.until('idle');
    await agent.deliver('[[agent {{hold}} {{say from the sub-agent}}]] [[say Mine is over.]]');
    await agent.see('Waiting for 1 background agent');
    await model.held();
    expect(agent.activity().state).toBe('busy');
    expect(agent.states.filter(state => state === 'idle:done')).toEqual([]);
    model.release();
    await agent.until('idle:done');
  });

  test('a prompt while it works is queued by it; a draft is left alone', async () => {
    const { start, model } = await room();
    const agent = await start();
    await agent.until('idle');
    await agent.deliver('first [[hold]] [[say One.]]');
    await model.held();
    expect(await agent.deliver('second [[say Two.]]', { by: 'person' })).toMatchObject({ outcome: 'submitted' });
    await agent.see('Queued');
    model.release();
    await agent.see('● Two.');
    await agent.until('idle:done');
    await agent.press('my own words');
    await agent.see(/❯\s+my own words/u);
    expect(await agent.deliver('third', { timeoutMs: 500 })).toMatchObject({ outcome: 'draft' });
    expect(model.requests.some(request => request.prompt.includes('third'))).toBe(false);
  });

  test('text that would be a command is only text', async () => {
    const { start, model, cwd } = await room();
    const agent = await start();
    for (const text of ['!touch ran.txt', '/quit', 'look at @README.md', 'a\u200eb', '/tmp/x is a path']) {
      await agent.until(model.requests.length === 0 ? 'idle' : 'idle:done');
      const before = model.requests.length;
      expect(await agent.deliver(text)).toMatchObject({ outcome: 'submitted' });
      await agent.becomes(`the model was asked ${text}`, () => model.requests.length > before);
      await agent.until('idle:done');
      expect(model.requests.at(-1)?.prompt).toContain(text.replace('\u200e', ''));
    }
    expect(existsSync(join(cwd, 'ran.txt'))).toBe(false);
  });

  test('a first prompt that would be a command is only text', async () => {
    const { start, model } = await room();
    const agent = await start({ prompt: '/quit' });
    await agent.until('idle:done');
    expect(model.requests.map(request => request.prompt)).toEqual(['> /quit']);
  });

  test('a prompt of many lines arrives whole', async () => {
    const { start, model } = await room();
    const agent = await start();
    await agent.until('idle');
    const lines = Array.from({ length: 60 }, (_, at) => `line ${at} äöü 雪 ${'x'.repeat(at)}`);
    expect(await agent.deliver(lines.join('\n'))).toMatchObject({ outcome: 'submitted' });
    await agent.until('idle:done');
    for (const line of lines) expect(model.requests.at(-1)?.prompt).toContain(line);
  });

  test('it leaves by its own key with its status taken back', async () => {
    const { start } = await room();
    const agent = await start();
    await agent.until('idle');
    await agent.deliver('[[say Bye.]]');
    await agent.until('idle:done');
    await agent.press('\x04');
    await agent.press('\x04');
    expect(await agent.exited()).toMatchObject({ code: 0 });
    expect(agent.status.records).toEqual([]);
  });
});

/** What claude has written of its conversations. */
function transcripts(home: string): string {
  return globSync(join(home, '.claude/projects/*/*.jsonl'))
    .map(file => readFileSync(file, 'utf8'))
    .join('\n');
}
