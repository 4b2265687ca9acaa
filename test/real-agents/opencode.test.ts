import { describe, expect, test } from 'vitest';
import { agentRoom } from './agent-room.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('opencode');

describe.skipIf(leftOut)(leftOut ?? `${name} in a host`, () => {
  const room = () => agentRoom({ agent: 'opencode', bin: bin ?? '' });

  test('a prompt is delivered when its box is there, and its server tells when it is over', async () => {
    const { start, model } = await room();
    const agent = await start();
    expect(await agent.deliver('first [[say One.]]', { timeoutMs: 90_000 })).toMatchObject({ outcome: 'submitted' });
    await agent.see(/^ +One\./mu);
    await agent.until('idle:done');
    expect(await agent.deliver('second\nin two lines [[say Two.]]')).toMatchObject({ outcome: 'submitted' });
    await agent.see(/^ +Two\./mu);
    await agent.until('idle:done');
    expect(new Set(model.requests.map(request => request.prompt)).size).toBe(2);
  });

  test('a permission waits, takes no prompt, and is answered', async () => {
    const { start } = await room();
    const agent = await start();
    await agent.deliver('[[bash true]] [[say Over.]]', { timeoutMs: 90_000 });
    await agent.until('waiting:permission');
    expect(await agent.deliver('not now', { timeoutMs: 500 })).toMatchObject({ outcome: 'dialog' });
    await agent.press('\r');
    await agent.see(/^ +Over\./mu);
  });

  test('a first prompt that begins with a dash, and an end', async () => {
    const { start, model } = await room();
    const agent = await start();
    await agent.deliver('-x is no flag [[say Begun.]]', { timeoutMs: 90_000 });
    await agent.see(/^ +Begun\./mu);
    expect(model.requests[0]?.prompt).toContain('-x is no flag');
    await agent.connection.request('process/end', { graceMs: 3000 });
    await agent.exited();
  });
});
