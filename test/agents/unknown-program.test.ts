import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { agentFor } from '../../source/agents/described.ts';
import type { AgentDescription } from '../../source/agents/description.ts';
import { hostRoom } from '../host/host-room.ts';
import { AgentInHost } from './agent-in-host.ts';

/** The demo agent as a program of which tutti has no adapter, in a real host. */
function startUnknown(args: readonly string[], described?: AgentDescription) {
  const room = hostRoom(join(inject('testBuilds'), 'a'));
  const cwd = mkdtempSync(join(room.home, 'work-'));
  const agent = agentFor({ kind: 'of-nobody', described });
  const launch = agent.start({
    program: '',
    command: [room.runtime.node, room.runtime.demoAgent, '--instant', ...args],
    permissionMode: undefined,
    model: undefined,
    extra: [],
    prompt: undefined,
    uuid: '0190d0b0-1111-4222-8333-444455556666',
    cwd,
  });
  const env = { PATH: process.env.PATH ?? '', HOME: room.home, TUTTI_DEMO_STATE: join(room.home, 'demo') };
  return AgentInHost.start({ room, agent, cwd, env, launch });
}

test('a program that nobody knows has true states where it speaks OSC 7501', async () => {
  const agent = await startUnknown([]);
  await agent.until('idle');
  await agent.deliver('[[ask Which | npm | pnpm]]');
  await agent.until('waiting:question');
  await agent.press('2');
  await agent.until('idle:done');
  await agent.deliver('[[background @go a watcher]] [[say Started.]]');
  await agent.see('● Started.');
  await agent.until('busy');
  await agent.press('[[bash touch go]]\r');
  await agent.until('idle:done');
  await agent.deliver('[[sleep 600]]');
  await agent.until('busy');
  await agent.press('\x1b');
  await agent.until('idle');
  await agent.deliver('[[error API Error: 500]]');
  await agent.until('idle:error');
  expect(agent.activity().evidence[0]?.source).toBe('osc7501');
  await agent.end();
});

test('one that says nothing is working or unknown: neither idle nor waiting is guessed', async () => {
  const agent = await startUnknown(['--status', 'none']);
  await agent.see('Type a prompt');
  expect(await agent.deliver('[[ask Which | npm | pnpm]]')).toMatchObject({ outcome: 'submitted' });
  await agent.becomes('it has worked', () => agent.states.includes('busy'));
  // It asks, and nobody says so: silence may be a question, a long tool or an end.
  await agent.becomes('its dialog stands there', () => agent.text.includes('npm') && agent.status.settled);
  expect(agent.activity()).toMatchObject({ state: 'unknown', text: undefined });
  await agent.press('1');
  await agent.see('Type a prompt');
  await agent.becomes('it stands still', () => agent.status.settled);
  expect(new Set(agent.states)).toEqual(new Set(['unknown', 'busy']));
  await agent.end();
});

/** What a user would write of the demo agent, were it a program of his. */
const RULES: AgentDescription = {
  states: [
    { state: 'waiting', kind: 'permission', text: 'may it run that', match: '^── demo agent · permission' },
    { state: 'waiting', text: 'a question', match: '^── demo agent · (?:question|plan|trust)' },
    { state: 'working', match: 'esc to interrupt' },
    { state: 'idle', match: '^── demo agent ─', region: { bottom: 12 } },
  ],
  ready: { match: '^── demo agent ─', region: { bottom: 20 } },
  empty: { match: 'Type a prompt', region: { bottom: 4 }, dim: true },
  conversationArgs: ['--session-id', '{conversation}'],
  promptArgs: ['--', '{prompt}'],
};

test('one that says nothing has states by the rules that a user wrote, and prompts that arrive', async () => {
  const agent = await startUnknown(['--status', 'none', '--permission-mode', 'ask'], RULES);
  await agent.until('idle');
  expect(await agent.deliver('[[bash true]] [[ask Which | npm | pnpm]] [[say Over.]]')).toMatchObject({
    outcome: 'submitted',
  });
  await agent.until('waiting:permission');
  expect(agent.activity()).toMatchObject({ text: 'may it run that' });
  // A prompt never goes onto what it asks.
  expect(await agent.deliver('not now', { timeoutMs: 300 })).toMatchObject({ outcome: 'dialog' });
  await agent.press('1');
  await agent.until('waiting:question');
  await agent.press('2');
  await agent.see('● Over.');
  await agent.until('idle');
  await agent.deliver('[[sleep 600]]');
  await agent.until('busy');
  await agent.press('\x1b');
  await agent.until('idle');
  await agent.press('half a draft');
  await agent.see('> half a draft');
  expect(await agent.deliver('mine', { timeoutMs: 300 })).toMatchObject({ outcome: 'draft' });
  await agent.end();
});
