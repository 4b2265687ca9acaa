import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agentRoom } from './agent-room.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('codex');

describe.skipIf(leftOut)(leftOut ?? `${name} in a host`, () => {
  const room = (options: { trusted?: boolean } = {}) => agentRoom({ agent: 'codex', bin: bin ?? '', ...options });

  test('a prompt is delivered once, its turn is over, and an error and an interrupt are told', async () => {
    const { start, model, cwd } = await room();
    const agent = await start();
    await agent.until('idle');
    expect(await agent.deliver('[[bash touch a.txt]] [[hold]] [[say All good.]]')).toMatchObject({
      outcome: 'submitted',
    });
    await model.held();
    await agent.until('busy');
    expect(existsSync(join(cwd, 'a.txt'))).toBe(true);
    model.release();
    await agent.until('idle:done');
    expect(new Set(model.requests.map(request => request.prompt)).size).toBe(1);

    await agent.deliver('[[say Some words first.]] [[hold]]');
    await model.held();
    await agent.until('busy');
    await agent.press('\x1b');
    await agent.until('idle');
    await agent.deliver('[[error 400]]');
    await agent.until('idle:error');
  });

  test('a permission waits and is answered', async () => {
    const { start } = await room();
    const agent = await start();
    await agent.until('idle');
    await agent.deliver('[[escalate true]] [[say Over.]]');
    await agent.until('waiting:permission');
    await agent.see('Would you like to run the following command?');
    expect(await agent.deliver('not now', { timeoutMs: 500 })).toMatchObject({ outcome: 'dialog' });
    await agent.answer('y');
    await agent.until('idle:done');
  });

  test('the question about trust is seen, which it does not report', async () => {
    const { start, model } = await room({ trusted: false });
    const agent = await start({ prompt: 'after trust [[say Trusted.]]' });
    await agent.until('waiting:permission');
    expect(agent.activity().evidence[0]).toMatchObject({ source: 'screen' });
    expect(await agent.deliver('not onto it', { timeoutMs: 500 })).toMatchObject({ outcome: 'dialog' });
    expect(model.requests).toEqual([]);
    await agent.answer('\r');
    await agent.until('idle:done');
    expect(model.requests.map(request => request.prompt)).toEqual(['after trust [[say Trusted.]]']);
  });

  test('its background terminal keeps it busy', async () => {
    const { start } = await room();
    const agent = await start();
    await agent.until('idle');
    await agent.deliver('[[bash sleep 600]] [[say Mine is over.]]');
    await agent.holds('codex/background');
    await agent.see('Mine is over.');
    expect(agent.activity().state).toBe('busy');
  });

  test('text that would be a command is only text', async () => {
    const { start, model, cwd } = await room();
    const agent = await start();
    for (const text of ['!touch ran.txt', '/quit', 'look at @README.md', 'use $skill']) {
      await agent.until(model.requests.length === 0 ? 'idle' : 'idle:done');
      const before = model.requests.length;
      expect(await agent.deliver(text)).toMatchObject({ outcome: 'submitted' });
      await agent.becomes(`the model was asked ${text}`, () => model.requests.length > before);
      expect(model.requests.at(-1)?.prompt).toContain(text);
    }
    expect(existsSync(join(cwd, 'ran.txt'))).toBe(false);
  });

  test('it leaves no server behind, and goes on with a conversation whose id is known', async () => {
    const { start, resume, model } = await room();
    const first = await start({ prompt: 'remember tritone [[say I do.]]' });
    await first.until('idle:done');
    await first.press('\x03');
    await first.exited();
    expect(first.status.records).toEqual([]);
    const id = /codex resume ([0-9a-f-]{36})/u.exec(first.text)?.[1];
    expect(id).toBeDefined();
    const second = await resume(id ?? '');
    await second.see('remember tritone');
    await second.until('idle');
    await second.deliver('[[say Again.]]');
    await second.until('idle:done');
    expect(model.requests.at(-1)?.prompt).toContain('Again');
  });

  test('an unknown conversation is told by its words', async () => {
    const { resume } = await room();
    const agent = await resume('0190d0b0-1111-7222-8333-444455556666');
    expect(await agent.exited()).toMatchObject({ code: 1 });
    expect(agent.status.exit?.lastLines.join('\n')).toMatch(/No saved session found with ID/u);
  });
});
