import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AgentChoice } from '../../source/session/session.ts';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

const CURSOR: AgentChoice = { ...DEMO, kind: 'cursor-agent', extra: [] };
const FIRST = '0190d0b0-1111-4222-8333-000000000001';

/** Stands in for cursor-agent, as its documents say: it makes a chat with a new number each time, and stays until its input ends. */
function cursor(creates: string): { readonly calls: () => readonly string[] } {
  const log = join(stage.home.root, 'calls');
  const script = `#!/bin/sh\necho "$*" >> ${log}\nif test "$1" = create-chat; then ${creates}; exit; fi\necho "ctrl+c to stop"\ncat\n`;
  writeFileSync(join(stage.home.bin, 'cursor-agent'), script, { mode: 0o755 });
  return { calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []) };
}

const COUNTED = (log: string) => `printf 'Created 0190d0b0-1111-4222-8333-%012d\\n' "$(grep -c create-chat ${log})"`;

async function running(id: string): Promise<void> {
  await stage.until(id, 'runs', ({ session }) => session.host.state === 'running');
}

async function endAndRestart(id: string, host: string): Promise<void> {
  const pane = await stage.host(id, host);
  pane.type('\x04');
  pane.close();
  await stage.until(id, 'has ended', ({ status }) => status === 'exited');
  await stage.request('session/restart', { operation: stage.operation(), session: id, env: stage.home.env });
  await stage.until(id, 'runs again', ({ session }) => session.host.state === 'running' && session.host.name !== host);
}

test('a chat is made before the start, is its conversation from there on, and comes back', async () => {
  stage = await startStage();
  const { calls } = cursor(COUNTED(join(stage.home.root, 'calls')));
  const { session } = await stage.create({ title: 'Cart', agent: CURSOR, prompt: 'fix it' });
  await running(session.id);
  expect(stage.view(session.id).session.conversation).toBe(FIRST);
  await stage.until(session.id, 'has begun', each => each.session.conversationBegun);
  await endAndRestart(session.id, 'agent-1');
  expect(calls()).toEqual(['create-chat', `--resume=${FIRST} -- fix it`, `--resume=${FIRST}`]);
  expect(stage.view(session.id).session.conversation).toBe(FIRST);
});

test('a daemon that dies after the start of the program knows its chat, and makes no other', async () => {
  stage = await startStage();
  const { calls } = cursor(COUNTED(join(stage.home.root, 'calls')));
  await stage.restartDaemon({ TUTTI_KILL_AT: 'daemon:launchHost:agent:started:1' });
  const first = await stage.daemonPid();
  const { session } = await stage.create({ title: 'Cart', agent: CURSOR });
  await running(session.id);
  expect(await stage.daemonPid()).not.toBe(first);
  expect(stage.view(session.id).session.conversation).toBe(FIRST);
  // Nothing was said in it yet: it is taken again.
  await endAndRestart(session.id, 'agent-1');
  expect(calls()).toEqual(['create-chat', `--resume=${FIRST}`, `--resume=${FIRST}`]);
});

test('one that makes no chat, as where nobody is logged in, is started all the same', async () => {
  stage = await startStage();
  const { calls } = cursor('echo "Not logged in" >&2; exit 1');
  const { session } = await stage.create({ title: 'Cart', agent: CURSOR, prompt: 'fix it' });
  await running(session.id);
  expect(calls()).toEqual(['create-chat', '-- fix it']);
  expect(stage.view(session.id).session.conversation).toBe(session.conversation);
});
