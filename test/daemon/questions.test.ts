import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AgentQuestion } from '../../source/session/agent-question.ts';
import { clientIn } from './as-session.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

/** A session whose agent asks; resolves with the question as it stands there. */
async function asking(prompt: string): Promise<{ readonly session: string; readonly question: AgentQuestion }> {
  const { session } = await stage.create({ title: 'Ask', prompt });
  await stage.until(session.id, 'asks', view => view.status === 'needsYou');
  return { session: session.id, question: await read(session.id) };
}

async function read(session: string): Promise<AgentQuestion> {
  const { question } = await stage.request('question/read', { session });
  if (!question) throw new Error('it asks nothing');
  return question;
}

const answer = (session: string, given: { question?: string; choice: string; reason?: string; operation?: string }) =>
  stage.request('question/answer', { operation: stage.operation(), session, ...given });

test('a question is read with its choices and answered by number or label, and the run that it held goes on', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Ask',
    run: { goal: '[[ask Which word | good | bad]] [[write word {answer}]]', check: 'test "$(cat word)" = good' },
  });
  await stage.until(session.id, 'asks', view => view.status === 'needsYou');
  const question = await read(session.id);
  expect(question).toMatchObject({
    kind: 'question',
    text: 'answer: Which word (good · bad)',
    choices: [
      { key: '1', label: 'good', opens: false },
      { key: '2', label: 'bad', opens: false },
    ],
  });
  expect((await read(session.id)).id).toBe(question.id);
  await expect(answer(session.id, { question: question.id, choice: '7' })).rejects.toThrow(
    '"Ask" has no choice "7". It has: 1 good, 2 bad.',
  );
  const done = await answer(session.id, { question: question.id, choice: 'good' });
  expect(done.choice).toMatchObject({ key: '1', label: 'good' });
  const ready = await stage.until(session.id, 'is ready', view => view.status === 'ready');
  // Nobody had to take it over for that.
  expect(ready.session.run?.attempt).toBe(1);
  expect(ready.session.run?.held).toBeUndefined();
  expect(await stage.request('question/read', { session: session.id })).toEqual({ question: null });
});

test('an answer is for the question that was shown: another one is refused, and the same one that comes again', async () => {
  stage = await startStage();
  const { session, question } = await asking(
    '[[permission touch a]] [[permission touch b]] [[sleep 0.1]] [[permission touch b]] [[say Over.]]',
  );
  expect(question.body.join('\n')).toContain('touch a');
  expect(question.choices.map(({ holds }) => holds)).toEqual([undefined, 'for this session only', undefined]);
  await answer(session, { question: question.id, choice: '1' });
  const second = await nextAfter(session, question);
  await expect(answer(session, { question: question.id, choice: '1' })).rejects.toThrow(
    'Could not answer "Ask": its question is another one than the one that was shown.',
  );
  await answer(session, { question: second.id, choice: '1' });
  const third = await nextAfter(session, second);
  expect(third.body).toEqual(second.body);
  await expect(answer(session, { question: second.id, choice: '1' })).rejects.toMatchObject({ kind: 'conflict' });
  await answer(session, { question: third.id, choice: 'no, and' });
  await stage.until(session, 'is over', view => view.status === 'idle');
  await expect(answer(session, { choice: '1' })).rejects.toThrow('Could not answer "Ask": it asks nothing now');
});

test('of the answers of two clients at once the agent gets the one that counts, and one that is sent again is done once', async () => {
  stage = await startStage();
  const { session, question } = await asking(
    '[[ask First | good | bad]] [[write first {answer}]] [[ask Second | good | bad]] [[write second {answer}]] [[say Over.]]',
  );
  const other = await clientIn(stage, stage.home.env);
  const given = { session, question: question.id };
  const both = await Promise.allSettled([
    answer(session, { question: question.id, choice: 'good' }),
    other.request('question/answer', { ...given, operation: other.operation(), choice: 'bad' }),
  ]).finally(() => other.close());
  const won = both.flatMap(({ status }, index) => (status === 'fulfilled' ? [index === 0 ? 'good' : 'bad'] : []));
  expect(won).toHaveLength(1);
  const second = await nextAfter(session, question);
  const written = (name: string) => join(stage.view(session).session.worktree, name);
  expect(readFileSync(written('first'), 'utf8').trim()).toBe(won[0]);
  expect(existsSync(written('second'))).toBe(false);
  const again = { question: second.id, choice: '1', operation: stage.operation() };
  const done = await answer(session, again);
  await stage.until(session, 'is over', view => view.status === 'idle');
  expect((await answer(session, again)).view.session.id).toBe(done.view.session.id);
  expect(readFileSync(written('second'), 'utf8').trim()).toBe('good');
});

test('a refusal takes its reason along, once, also when the daemon dies between the two; nothing else does', async () => {
  stage = await startStage();
  const { session, question } = await asking('[[permission touch a]] [[say Not this.]]');
  expect(question.denial).toBe('3');
  const yes = { question: question.id, choice: '1', reason: 'Use pnpm' };
  await expect(answer(session, yes)).rejects.toThrow(
    'Could not answer "Ask": a reason goes with the choice that refuses',
  );
  expect((await read(session)).id).toBe(question.id);
  await stage.restartDaemon({ TUTTI_KILL_AT: 'daemon:answer:pressed:1' });
  const first = await stage.daemonPid();
  const operation = stage.operation();
  const no = { question: question.id, choice: 'no', reason: '[[say Use pnpm]]', operation };
  await answer(session, no);
  expect(await stage.daemonPid()).not.toBe(first);
  await stage.until(session, 'has heard why', view => view.status === 'idle' && view.line === 'Use pnpm');
  await answer(session, no);
  expect(stage.receipts()).toEqual(['[[permission touch a]] [[say Not this.]]', '[[say Use pnpm]]']);
  expect(stage.view(session).session.outbox.map(({ state, by }) => ({ state, by }))).toContainEqual({
    state: 'begun',
    by: 'person',
  });
});

test('a question has no refusal that takes a reason', async () => {
  stage = await startStage();
  const { session, question } = await asking('[[ask Which word | No, and tell the agent what | bad]]');
  expect(question.denial).toBeUndefined();
  await expect(answer(session, { choice: '1', reason: 'Neither' })).rejects.toMatchObject({ kind: 'usage' });
});

test('what takes no digits is answered in its pane only', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Trust',
    agent: {
      kind: 'demo',
      command: undefined,
      permissionMode: undefined,
      model: undefined,
      extra: ['--instant', '--ask-trust'],
    },
  });
  await stage.until(session.id, 'asks', view => view.status === 'needsYou');
  const question = await read(session.id);
  expect(question).toMatchObject({ text: 'trust this folder', choices: [] });
  await expect(answer(session.id, { question: question.id, choice: '1' })).rejects.toThrow('only be made in its pane');
});

/** The next question after one that was answered. */
async function nextAfter(session: string, before: AgentQuestion): Promise<AgentQuestion> {
  await stage.until(session, 'asks again', view => view.status === 'needsYou');
  for (;;) {
    const { question } = await stage.request('question/read', { session });
    if (question && question.id !== before.id) return question;
    await stage.until(session, 'asks again', view => view.status === 'needsYou');
  }
}

test('what is easily regretted is done for the question that was seen only, whatever else stands there', async () => {
  stage = await startStage();
  const { session, question } = await asking('[[permission rm -rf build]] [[say Over.]]');
  await expect(answer(session, { choice: '1' })).rejects.toMatchObject({
    kind: 'conflict',
    message:
      'Could not answer "Ask": "Yes" deletes without asking: look at the question, and answer with --question <id>.',
  });
  expect((await read(session)).id).toBe(question.id);
  await answer(session, { question: question.id, choice: '1' });
  await stage.until(session, 'is idle', view => view.status === 'idle');
  const again = await asking('[[permission rm -rf dist]] [[say Over.]]');
  // A no regrets nothing.
  expect((await answer(again.session, { choice: '3' })).choice.key).toBe('3');
});
