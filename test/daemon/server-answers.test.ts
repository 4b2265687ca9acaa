import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { AgentQuestion } from '../../source/session/agent-question.ts';
import { ANSWER_POINTS } from './answer-round.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

const bash = (command: string) => ({ permission: 'bash', metadata: { command } });
const COLOR = { questions: [{ question: 'Which color?', options: [{ label: 'red' }, { label: 'blue' }] }] };

/** A session whose opencode asks these one after the other, and where somebody dies; resolves with the first as it is shown. */
async function asking(asks: readonly object[], killAt?: (typeof ANSWER_POINTS)[number]) {
  const made = await started(asks, killAt);
  return { ...made, question: await standing(made.id) };
}

async function started(asks: readonly object[], killAt?: (typeof ANSWER_POINTS)[number]) {
  stage = await startStage();
  const pids = join(stage.home.root, 'pids');
  const program = join(stage.home.bin, 'opencode');
  const fake = fileURLToPath(new URL('fake-opencode.ts', import.meta.url));
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${fake}' "$@"\n`);
  chmodSync(program, 0o755);
  if (killAt) await stage.restartDaemon({ TUTTI_KILL_AT: `${killAt}:1`, TUTTI_KILL_PIDS: pids });
  const extra = ['--asks', JSON.stringify(asks)];
  const agent = { kind: 'opencode', command: undefined, permissionMode: undefined, model: undefined, extra };
  const { session } = await stage.create({ title: 'Ask', agent });
  const taken = () => {
    const file = join(session.worktree, 'answers');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };
  return { id: session.id, taken, pids };
}

/** What it asks, when it is another one than before. */
async function standing(session: string, before?: AgentQuestion): Promise<AgentQuestion> {
  for (;;) {
    await stage.until(session, 'asks', view => view.activity.state === 'waiting');
    const { question } = await stage.request('question/read', { session });
    if (question && question.id !== before?.id) return question;
  }
}

const answer = (session: string, given: { question?: string; choice: string; reason?: string; operation?: string }) =>
  stage.request('question/answer', { operation: stage.operation(), session, ...given });

const over = (session: string) => stage.until(session, 'is over', view => view.activity.state === 'idle');

test('what its server asks is shown and answered there, each by its own id, and it asks nothing in the end', async () => {
  const { id, question, taken } = await asking([bash('touch a.txt'), bash('touch a.txt'), COLOR]);
  expect(question).toMatchObject({ kind: 'permission', denial: '3' });
  expect(question.body[0]).toBe('touch a.txt');
  expect((await standing(id)).id).toBe(question.id);
  await expect(answer(id, { choice: '7' })).rejects.toThrow(
    '"Ask" has no choice "7". It has: 1 Allow once, 2 Allow always, 3 Reject.',
  );
  await answer(id, { question: question.id, choice: 'allow once' });
  const alike = await standing(id, question);
  // Word for word the same, and another one.
  expect(alike.body).toEqual(question.body);
  await expect(answer(id, { question: question.id, choice: '1' })).rejects.toThrow(
    'another one than the one that was shown',
  );
  await answer(id, { question: alike.id, choice: '2' });
  const color = await standing(id, alike);
  expect(color).toMatchObject({ kind: 'question', text: 'Which color?' });
  await answer(id, { question: color.id, choice: 'blue' });
  await over(id);
  expect(taken()).toEqual([
    'server per_0 {"reply":"once"}',
    'server per_1 {"reply":"always"}',
    'server que_2 {"answers":[["blue"]]}',
  ]);
  expect(await stage.request('question/read', { session: id })).toEqual({ question: null });
  await expect(answer(id, { choice: '1' })).rejects.toThrow('Could not answer "Ask": it asks nothing now');
});

test('whoever looks right after an answer does not see what was answered, but what comes next', async () => {
  const { id, question } = await asking([{ ...bash('touch a.txt'), tellsAfterMs: 300 }, bash('touch b.txt')]);
  await answer(id, { question: question.id, choice: '1' });
  expect(await stage.request('question/read', { session: id })).toEqual({ question: null });
  const next = await standing(id, question);
  expect(next.body[0]).toBe('touch b.txt');
});

test('of two answers at once the first one counts', async () => {
  const { id, question, taken } = await asking([bash('touch a.txt')]);
  const both = await Promise.allSettled([
    answer(id, { question: question.id, choice: '1' }),
    answer(id, { question: question.id, choice: '3' }),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  await over(id);
  expect(taken()).toEqual(['server per_0 {"reply":"once"}']);
});

test('a no takes its reason along, as no prompt; nothing else does', async () => {
  const { id, question, taken } = await asking([bash('touch a.txt')]);
  await expect(answer(id, { choice: '1', reason: 'Use pnpm' })).rejects.toMatchObject({ kind: 'usage' });
  const no = { question: question.id, choice: '3', reason: 'Use pnpm', operation: stage.operation() };
  await answer(id, no);
  await over(id);
  await answer(id, no);
  expect(taken()).toEqual(['server per_0 {"reply":"reject","message":"Use pnpm"}']);
  expect(stage.view(id).session.outbox).toEqual([]);
});

test('what was answered in its pane meanwhile is refused, and closes by itself', async () => {
  const { id, question, taken } = await asking([bash('touch a.txt'), bash('touch b.txt')]);
  const pane = await stage.host(id, 'agent-1');
  pane.type('p');
  const second = await standing(id, question);
  await expect(answer(id, { question: question.id, choice: '1' })).rejects.toMatchObject({ kind: 'conflict' });
  pane.type('p');
  pane.close();
  await over(id);
  await expect(answer(id, { question: second.id, choice: '1' })).rejects.toMatchObject({ kind: 'conflict' });
  expect(taken()).toEqual(['pane per_0 {"reply":"once"}', 'pane per_1 {"reply":"once"}']);
});

test('an answer that its server refuses has answered nothing, and that is said', async () => {
  const { id, question, taken } = await asking([{ ...bash('touch a.txt'), refuses: 400 }]);
  await expect(answer(id, { question: question.id, choice: '1' })).rejects.toThrow(
    'Could not answer "Ask". The program\'s own server has not taken the answer: 400 no. Look at its pane.',
  );
  expect(taken()).toEqual([]);
  expect((await standing(id)).id).toBe(question.id);
  await answer(id, { question: question.id, choice: '1' });
  await over(id);
  expect(taken()).toEqual(['server per_0 {"reply":"once"}']);
});

test('what needs more than a digit is answered in its pane, and why is said', async () => {
  const { id, question } = await asking([{ questions: [...COLOR.questions, ...COLOR.questions] }]);
  expect(question).toMatchObject({ choices: [], inPane: 'it asks several questions at once' });
  await expect(answer(id, { question: question.id, choice: '1' })).rejects.toThrow(
    'Could not answer "Ask": its choices can only be made in its pane: it asks several questions at once.',
  );
});

test('what its server does not know of is answered in its pane', async () => {
  const { id } = await started([]);
  await stage.until(id, 'runs', view => view.panes.some(({ running }) => running));
  const pane = await stage.host(id, 'agent-1');
  pane.type('d');
  pane.close();
  const question = await standing(id);
  expect(question).toMatchObject({ choices: [], inPane: 'its own server does not know of it' });
  await expect(answer(id, { question: question.id, choice: '1' })).rejects.toMatchObject({ kind: 'conflict' });
});

test('what its server does not show is not taken for nothing, and can be answered in its pane', async () => {
  const { question } = await asking([{ ...bash('touch a.txt'), hides: 500 }]);
  expect(question.choices).toEqual([]);
  expect(question.inPane).toMatch(/^The program's own server can't be asked for \/\w+: it answers 500$/u);
});

describe.each(ANSWER_POINTS)('the daemon killed at %s', point => {
  test('the answer is given once, and no other one is', async () => {
    const { id, question, taken, pids } = await asking([bash('touch a.txt'), bash('touch b.txt')], point);
    writeFileSync(pids, `${await stage.daemonPid()}\n`);
    await answer(id, { question: question.id, choice: '1' });
    const second = await standing(id, question);
    expect([existsSync(pids), taken()]).toEqual([false, ['server per_0 {"reply":"once"}']]);
    await answer(id, { question: second.id, choice: '3' });
    await over(id);
    expect(taken()).toEqual(['server per_0 {"reply":"once"}', 'server per_1 {"reply":"reject"}']);
  });
});

test('interrupt and send: its server ends the turn, or the prompt waits and says so; no question is ended by that', async () => {
  const { id, question, taken } = await asking([bash('touch a.txt'), { goesOn: true, refuses: 500 }]);
  const send = (text: string) =>
    stage.request('prompt/send', { operation: stage.operation(), session: id, text, interrupt: true });
  await send('first');
  await answer(id, { question: question.id, choice: '1' });
  await stage.until(id, 'works', view => view.activity.state === 'busy');
  expect(taken()).toEqual(['server per_0 {"reply":"once"}']);
  // Its server refuses the first time.
  expect(await send('second')).toMatchObject({ notInterrupted: true });
  expect(await send('third')).not.toHaveProperty('notInterrupted');
  await over(id);
  expect(taken().slice(1)).toEqual(['interrupted']);
  expect(stage.view(id).session.outbox.map(({ text }) => text)).toEqual(['third', 'second', 'first']);
});
