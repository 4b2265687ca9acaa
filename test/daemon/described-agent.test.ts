import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

/** A program that says nothing: it shows a box, and what it was told. */
const SCRIPT = 'echo "told: $*"; printf "> "; while read line; do echo "did $line"; printf "> "; done';
const mine = (states: readonly object[]) => ({
  agents: { mine: { command: ['/bin/sh', '-c', SCRIPT, 'sh'], promptArgs: ['--ask={prompt}'], states } },
});
const AGENT = { kind: 'mine', command: undefined, permissionMode: undefined, model: undefined, extra: [] };

test('rules of the settings count from the next start on, and the first prompt goes as the user says', async () => {
  stage = await startStage({ settings: mine([{ state: 'idle', matchText: '^told: --ask=begin here\\n>' }]) });
  const { session } = await stage.create({ title: 'Mine', agent: AGENT, prompt: 'begin here' });
  const act = () => ({ operation: stage.operation(), session: session.id });
  const idle = await stage.until(session.id, 'is idle', view => view.status === 'idle');
  expect(idle.activity.evidence[0]).toMatchObject({ source: 'screen', claim: 'your rule 1: idle' });
  // The list does not carry what the settings say.
  expect(idle.session.agent.described).toBeUndefined();

  writeFileSync(
    join(stage.home.tutti, 'config/settings.json'),
    JSON.stringify(mine([{ state: 'waiting', text: 'what now', match: '^>$', region: 'cursorRow' }])),
  );
  await stage.killDaemon();
  // The host that runs watches for what it was started with.
  await stage.until(session.id, 'is idle again', view => view.status === 'idle');
  const pane = await stage.host(session.id, 'agent-1');
  pane.type('\x04');
  pane.close();
  await stage.until(session.id, 'has ended', view => view.status === 'exited');
  await stage.request('session/restart', { ...act(), env: stage.home.env });
  const asks = await stage.until(session.id, 'needs somebody', view => view.status === 'needsYou');
  expect(asks.line).toBe('what now');
});
