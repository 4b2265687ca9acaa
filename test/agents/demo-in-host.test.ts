import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { demo } from '../../source/agents/demo.ts';
import { hostRoom } from '../host/host-room.ts';
import { AgentInHost } from './agent-in-host.ts';

const UUID = '0190d0b0-1111-4222-8333-444455556666';

/** Starts the demo agent in a real host as the daemon does. */
function demoRoom() {
  const room = hostRoom(join(inject('testBuilds'), 'a'));
  const cwd = mkdtempSync(join(room.home, 'work-'));
  const receipts = join(room.home, 'receipts');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: room.home,
    TUTTI_DEMO_STATE: join(room.home, 'demo'),
    TUTTI_DEMO_RECEIPTS: receipts,
  };
  const options = {
    program: '',
    command: [room.runtime.node, room.runtime.demoAgent],
    permissionMode: undefined,
    model: undefined,
    prompt: undefined,
    uuid: UUID,
    cwd,
  };
  return {
    start: (extra: readonly string[] = [], prompt?: string) =>
      AgentInHost.start({
        room,
        agent: demo,
        cwd,
        env,
        launch: demo.start({ ...options, extra: ['--instant', ...extra], prompt }),
      }),
    resume: () => {
      const launch = demo.resume?.({ ...options, extra: ['--instant'], conversation: UUID });
      if (!launch) throw new Error('the demo agent can resume');
      return AgentInHost.start({ room, agent: demo, cwd, env, launch });
    },
    prompts: () =>
      readFileSync(receipts, 'utf8')
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line).prompt),
    file: (path: string) => readFileSync(join(cwd, path), 'utf8'),
  };
}

test('a turn from prompt to done, a question answered, an interrupt, and an end', async () => {
  const room = demoRoom();
  const agent = await room.start();
  await agent.until('idle');
  expect(await agent.deliver('[[write a.txt a]] [[ask Which | npm | pnpm]]')).toMatchObject({ outcome: 'submitted' });
  await agent.until('waiting:question');
  expect(agent.activity().text).toBe('answer: Which (npm · pnpm)');
  // A prompt never goes onto a dialog.
  expect(await agent.deliver('not now', { timeoutMs: 300 })).toMatchObject({ outcome: 'dialog' });
  await agent.press('2');
  await agent.until('idle:done');
  expect(room.file('a.txt')).toBe('a\n');

  await agent.deliver('[[sleep 600]]');
  await agent.until('busy');
  await agent.press('\x1b');
  await agent.until('idle');
  expect(agent.states.filter(state => state !== 'unknown').join(' ')).toBe(
    'idle busy waiting:question idle:done busy idle',
  );
  expect(room.prompts()).toHaveLength(2);
  await agent.end();
});

test('the same operation again is answered and not repeated', async () => {
  const room = demoRoom();
  const agent = await room.start();
  await agent.until('idle');
  const first = await agent.deliver('[[say once]]', { operation: 'same' });
  expect(await agent.deliver('[[say once]]', { operation: 'same' })).toEqual(first);
  await agent.until('idle:done');
  expect(room.prompts()).toEqual(['[[say once]]']);
  await agent.end();
});

test('a draft of a person is left alone', async () => {
  const room = demoRoom();
  const agent = await room.start();
  await agent.until('idle');
  await agent.press('my own words');
  await agent.see('> my own words');
  expect(await agent.deliver('mine', { timeoutMs: 300 })).toMatchObject({ outcome: 'draft' });
  await agent.end();
});

test('a long prompt of many lines arrives whole', async () => {
  const room = demoRoom();
  const agent = await room.start();
  await agent.until('idle');
  const text = `${Array.from({ length: 200 }, (_, at) => `line ${at} äöü 雪 ${'x'.repeat(at)}`).join('\n')}\n[[say ok]]`;
  expect(await agent.deliver(text)).toMatchObject({ outcome: 'submitted' });
  await agent.until('idle:done');
  expect(room.prompts()).toEqual([text]);
  await agent.end();
});

test('background work keeps it busy after its words', async () => {
  const room = demoRoom();
  const agent = await room.start([], '[[background @go a watcher]] [[say Started.]]');
  await agent.see('● Started.');
  await agent.until('busy');
  expect(agent.activity().text).toContain('a watcher');
  await agent.deliver('[[bash touch go]] [[sleep @go]] [[say Mine.]]', { by: 'person' });
  await agent.until('idle:done');
  expect(agent.states.filter(state => state.startsWith('idle'))).toEqual(
    agent.states[1] === 'idle' ? ['idle', 'idle:done'] : ['idle:done'],
  );
  await agent.end();
});

test('without reports its dialogs are still seen, and idle is never guessed', async () => {
  const room = demoRoom();
  const agent = await room.start(['--status', 'none'], '[[ask Which | a | b]] [[say Over.]]');
  await agent.until('waiting:question');
  await agent.press('1');
  await agent.see('● Over.');
  await agent.until('unknown');
  expect(agent.states.join(' ')).not.toContain('idle');
  await agent.end();
});

test('after a SIGKILL it comes back with its conversation', async () => {
  const room = demoRoom();
  const first = await room.start([], '[[say A first answer.]] [[sleep 600]]');
  await first.see('● A first answer.');
  await first.connection.request('process/signal', { signal: 'SIGKILL' });
  expect(await first.exited()).toMatchObject({ signal: 'SIGKILL' });
  await first.end();
  const second = await room.resume();
  await second.see('● A first answer.');
  await second.until('idle');
  expect(room.prompts()).toHaveLength(1);
  await second.end();
});
