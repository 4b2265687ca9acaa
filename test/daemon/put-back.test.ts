import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage.end());

const QWEN = join(import.meta.dirname, 'fake-qwen.ts');

test('a prompt that waits for a draft to go is not typed into the turn which that draft begins', async () => {
  stage = await startStage();
  const [done, log] = [join(stage.home.root, 'done'), join(stage.home.root, 'log')];
  const command = [process.execPath, QWEN, '--done', done, '--log', log];
  const { session } = await stage.create({ title: 'Draft', agent: { ...DEMO, kind: 'qwen', command, extra: [] } });
  await stage.until(session.id, 'is idle', ({ status }) => status === 'idle');
  const pane = await stage.host(session.id, 'agent-1');
  pane.type('by hand');
  await expect.poll(() => stage.screen(session.id)).toContain('> by hand');
  await stage.send(session.id, 'patient');
  pane.type('\r');
  pane.close();
  const { session: back } = await stage.until(
    session.id,
    'has its prompt back',
    view => view.activity.state === 'busy' && view.session.outbox[0]?.attempts === 1,
  );
  const [prompt] = back.outbox;
  expect([prompt?.state, prompt?.why]).toEqual(['queued', undefined]);
  writeFileSync(done, '');
  await stage.until(session.id, 'has the prompt', view => view.session.outbox[0]?.state !== 'queued');
  expect(readFileSync(log, 'utf8')).toBe('by hand, at rest\npatient, at rest\n');
});
