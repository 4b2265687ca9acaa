import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage.end());

const states = (id: string) => stage.view(id).session.outbox.map(({ text, state }) => [text.split(' ', 1)[0], state]);

test('interrupt and send: the turn ends, and the prompt goes before those that wait', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Busy');
  await stage.send(session.id, 'first [[sleep @never]] [[write done.txt x]]');
  await stage.until(session.id, 'works', ({ activity }) => activity.state === 'busy');
  await stage.request('prompt/send', {
    operation: stage.operation(),
    session: session.id,
    text: 'urgent [[say now]]',
    interrupt: true,
  });
  await stage.until(session.id, 'has done it', ({ line, status }) => status === 'idle' && line === 'now');
  expect(stage.receipts()).toEqual(['first [[sleep @never]] [[write done.txt x]]', 'urgent [[say now]]']);
  expect(existsSync(join(session.worktree, 'done.txt'))).toBe(false);
});

test('asked again, the key is not pressed again; an agent at rest is not interrupted at all', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Rest');
  const operation = stage.operation();
  const send = () =>
    stage.request('prompt/send', {
      operation,
      session: session.id,
      text: 'go [[sleep @go]] [[say went]]',
      interrupt: true,
    });
  await send();
  await stage.until(session.id, 'works', ({ activity }) => activity.state === 'busy');
  await send();
  writeFileSync(join(session.worktree, 'go'), '');
  await stage.until(session.id, 'has done it', ({ line, status }) => status === 'idle' && line === 'went');
  expect(stage.receipts()).toHaveLength(1);
});

test('one that already waits in the host for the end of a draft lets it go first', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Draft');
  const pane = await stage.host(session.id, 'agent-1');
  pane.type('half a thought');
  await expect.poll(() => stage.screen(session.id)).toContain('> half a thought');
  await stage.send(session.id, 'patient [[say one]]');
  await stage.request('prompt/send', {
    operation: stage.operation(),
    session: session.id,
    text: 'urgent [[say two]]',
    interrupt: true,
  });
  pane.type('\x15');
  pane.close();
  await stage.until(session.id, 'has begun both', view => view.session.outbox.every(({ state }) => state === 'begun'));
  expect(stage.receipts()).toEqual(['urgent [[say two]]', 'patient [[say one]]']);
});

test('a dialog is not answered by it: the prompt waits', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Asks');
  await stage.send(session.id, 'first [[permission rm -rf build]] [[say allowed]]');
  await stage.until(session.id, 'asks', ({ status }) => status === 'needsYou');
  await stage.request('prompt/send', {
    operation: stage.operation(),
    session: session.id,
    text: 'later',
    interrupt: true,
  });
  expect(stage.view(session.id).status).toBe('needsYou');
  expect(states(session.id)).toEqual([
    ['first', 'begun'],
    ['later', 'queued'],
  ]);
});

test('an agent whose key is not known refuses, and nothing waits', async () => {
  stage = await startStage();
  const agent = { ...DEMO, kind: 'command', command: ['/bin/sh', '-c', 'exec cat'], extra: [] };
  const { session } = await stage.create({ title: 'Own', agent });
  await stage.until(session.id, 'runs', view => view.session.host.state === 'running');
  const sending = stage.request('prompt/send', {
    operation: stage.operation(),
    session: session.id,
    text: 'x',
    interrupt: true,
  });
  await expect(sending).rejects.toThrow(
    'Could not interrupt "Own": tutti does not know a safe key that interrupts command: interrupt it in its pane.',
  );
  expect(stage.view(session.id).session.outbox).toEqual([]);
});

test('what was withdrawn is told whole', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Asks');
  await stage.send(session.id, 'first [[permission rm -rf build]]');
  await stage.until(session.id, 'asks', ({ status }) => status === 'needsYou');
  const long = `later ${'x'.repeat(2000)}`;
  const { prompt } = await stage.send(session.id, long);
  const { text } = await stage.request('prompt/withdraw', {
    operation: stage.operation(),
    session: session.id,
    prompt,
  });
  expect(text).toBe(long);
});
