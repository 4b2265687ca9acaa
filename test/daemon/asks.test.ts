import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { DaemonConnection } from '../../source/client/daemon-connection.ts';
import type { AgentQuestion } from '../../source/session/agent-question.ts';
import { itemOf } from '../../source/session/snooze.ts';
import { clientIn, environmentIn } from './as-session.ts';
import { fileAppears } from './file-appears.ts';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;
const open: DaemonConnection[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) client.close();
  await stage?.end();
});

/** A session and its own client. */
async function begin(options: Parameters<Stage['create']>[0] = { title: 'A' }) {
  stage = await startStage();
  const { session } = await stage.create(options);
  await stage.until(session.id, 'has its agent', ({ session }) => session.host.state === 'running');
  return { id: session.id, client: await anotherClient(session.id) };
}

async function anotherClient(session: string) {
  const client = await clientIn(stage, await environmentIn(stage, session));
  open.push(client);
  return client;
}

const ask = (client: DaemonConnection, question: string, ...choices: readonly string[]) =>
  client.request('session/ask', {
    operation: client.operation(),
    question,
    choices,
    askedAt: stage.system.now(),
  });

const needsYou = (session: string, text: string) =>
  stage.until(session, `asks ${text}`, view => view.status === 'needsYou' && view.line.includes(text));

async function read(session: string): Promise<AgentQuestion> {
  const { question } = await stage.request('question/read', { session });
  if (!question) throw new Error('it asks nothing');
  return question;
}

const answer = (session: string, given: { question?: string; choice: string; byKey?: true; operation?: string }) =>
  stage.request('question/answer', { operation: stage.operation(), session, ...given });

test('what an agent asks by its own tutti needs you, is answered once, and is written down', async () => {
  const { id, client } = await begin();
  const asked = ask(client, 'Which one?\nBoth work.', 'npm', 'pnpm');
  await needsYou(id, 'Which one? npm · pnpm');
  const question = await read(id);
  expect(question).toMatchObject({ text: 'Which one?', body: ['Both work.'], choices: [{ key: '1' }, { key: '2' }] });
  await expect(answer(id, { choice: 'yarn' })).rejects.toThrow('"A" has no choice "yarn". It has: 1 npm, 2 pnpm.');
  const both = await Promise.allSettled([
    answer(id, { question: question.id, choice: '2' }),
    answer(id, { question: question.id, choice: '1' }),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await asked).toEqual({ choice: { key: '2', label: 'pnpm', opens: false } });
  await stage.until(id, 'is idle again', ({ status }) => status === 'idle');
  expect(await stage.request('question/read', { session: id })).toEqual({ question: null });
  const { history } = await stage.request('session/why', { session: id });
  expect(history.map(({ text }) => text)).toContain('asked "Which one?", answered: pnpm');
});

test('a digit is the key of a choice, also where the labels are numbers', async () => {
  const { id, client } = await begin();
  const asked = ask(client, 'How many workers?', '2', '4', '8');
  await needsYou(id, 'How many workers?');
  const question = await read(id);
  await expect(answer(id, { question: question.id, choice: '2' })).rejects.toThrow('"A" has no choice "2"');
  await answer(id, { question: question.id, choice: '2', byKey: true });
  expect((await asked).choice).toMatchObject({ key: '2', label: '4' });
});

test('what is easily regretted is chosen for the question that was seen only', async () => {
  const { id, client } = await begin();
  const asked = ask(client, 'The old branch?', 'Keep it', "Don't keep it: git push --delete origin old");
  await needsYou(id, 'The old branch?');
  await expect(answer(id, { choice: '2' })).rejects.toMatchObject({ kind: 'conflict' });
  await answer(id, { question: (await read(id)).id, choice: '2' });
  expect((await asked).choice).toMatchObject({ key: '2' });
});

test('two questions at once are shown one after the other, and one is gone with who asks', async () => {
  const { id, client } = await begin();
  const first = ask(client, 'First?');
  await needsYou(id, 'First? Yes · No');
  const second = await anotherClient(id);
  const ended = ask(second, 'Second?').catch((error: { kind: string }) => error.kind);
  const third = ask(client, 'Third?');
  await answer(id, { choice: 'yes' });
  expect((await first).choice.label).toBe('Yes');
  await needsYou(id, 'Second?');
  second.close();
  expect(await ended).toBe('unavailable');
  await needsYou(id, 'Third?');
  await answer(id, { choice: 'no' });
  expect((await third).choice.label).toBe('No');
});

test('a question outlives the daemon: it is the same one, and an answer that was taken is told', async () => {
  const { id, client } = await begin();
  const asked = ask(client, 'Still there?');
  await needsYou(id, 'Still there?');
  const { id: question } = await read(id);
  const item = itemOf(await stage.request('session/show', { session: id }));
  await stage.request('session/snooze', { operation: stage.operation(), session: id, item, until: null });
  await stage.killDaemon();
  // As old as it was, so what was put away or told stays so.
  await stage.until(id, 'asks, put away', view => view.status === 'snoozed');
  expect((await read(id)).id).toBe(question);
  await stage.request('session/wake', { operation: stage.operation(), session: id });
  expect(itemOf(await stage.request('session/show', { session: id }))).toBe(item);
  const yes = { question, choice: '1', operation: stage.operation() };
  await answer(id, yes);
  expect((await asked).choice.label).toBe('Yes');
  // Who answered may not have heard of it either.
  expect((await answer(id, yes)).choice.label).toBe('Yes');
  // The same request once more, as from a client whose daemon died before it could tell.
  const operation = 'own/1';
  const once = client.request('session/ask', { operation, question: 'Again?', choices: [] });
  await needsYou(id, 'Again?');
  await answer(id, { choice: '2' });
  expect((await once).choice.label).toBe('No');
  await stage.killDaemon();
  expect((await client.request('session/ask', { operation, question: 'Again?', choices: [] })).choice.label).toBe('No');
});

test('a question is not asked before it is, by a clock that goes ahead, nor does it have to say when', async () => {
  const { id, client } = await begin();
  const before = stage.system.now();
  for (const askedAt of [before + 3_600_000, undefined]) {
    const asked = client.request('session/ask', {
      operation: client.operation(),
      question: 'When?',
      choices: [],
      ...(askedAt === undefined ? {} : { askedAt }),
    });
    const { activity } = await needsYou(id, 'When?');
    expect(activity.since).toBeGreaterThanOrEqual(before);
    expect(activity.since).toBeLessThanOrEqual(stage.system.now());
    await answer(id, { choice: 'yes' });
    await asked;
  }
});

test('a question of a session that is killed ends with it; none is asked for others, or by a person', async () => {
  const { id, client } = await begin();
  const asked = ask(client, 'Shall I?').catch((error: Error) => error.message);
  await needsYou(id, 'Shall I?');
  await stage.request('session/kill', { operation: stage.operation(), session: id });
  expect(await asked).toBe('"A" has ended, so nobody answers its question.');
  await expect(
    stage.request('session/ask', { operation: stage.operation(), question: 'Me?', choices: [] }),
  ).rejects.toThrow('tutti ask is for the agent of a session');
});

test('an agent may ask before it is known that it runs', async () => {
  stage = await startStage();
  // cursor-agent makes its chat first, which goes on for as long as we want.
  const [env, go] = ['env', 'go'].map(name => join(stage.home.root, name)) as [string, string];
  execFileSync('mkfifo', [go]);
  const script = `#!/bin/sh\nif test "$1" = create-chat; then env > ${env}.new; mv ${env}.new ${env}; read _ < ${go}; exit; fi\nexec cat\n`;
  writeFileSync(join(stage.home.bin, 'cursor-agent'), script, { mode: 0o755 });
  const { session } = await stage.create({ title: 'A', agent: { ...DEMO, kind: 'cursor-agent', extra: [] } });
  await fileAppears(env);
  const lines = readFileSync(env, 'utf8').split('\n');
  const client = await clientIn(stage, Object.fromEntries(lines.map(line => line.split(/=(.*)/s).slice(0, 2))));
  open.push(client);
  const asked = ask(client, 'Already?').catch((error: Error) => error);
  // Answered after the question has come in.
  await client.request('session/report', { state: 'working' });
  expect(stage.view(session.id).session.host.state).toBe('starting');
  await writeFile(go, '\n');
  await needsYou(session.id, 'Already?');
  await answer(session.id, { choice: 'yes' });
  expect(await asked).toMatchObject({ choice: { label: 'Yes' } });
});

test('a run that an ask has held goes on after the answer', async () => {
  const { id, client } = await begin({
    title: 'A',
    run: { goal: '[[sleep @go]] [[write a.txt a]]', check: 'test -f a.txt' },
  });
  await stage.until(id, 'works', ({ status }) => status === 'working');
  const asked = ask(client, 'May I?');
  await needsYou(id, 'May I?');
  await stage.until(id, 'is held', ({ session }) => session.run?.held?.why === 'question');
  await answer(id, { choice: 'yes' });
  expect((await asked).choice.label).toBe('Yes');
  writeFileSync(join(stage.view(id).session.worktree, 'go'), '');
  const ready = await stage.until(id, 'is ready', ({ status }) => status === 'ready');
  expect(ready.session.run?.held).toBeUndefined();
});

test('a report is what the row says while the agent works, and tutti why names it', async () => {
  const { id, client } = await begin({ title: 'A', prompt: '[[sleep @go]]' });
  await stage.until(id, 'works', ({ status }) => status === 'working');
  await client.request('session/report', { state: 'working', message: 'table 3\nof 9\x1b[31m' });
  await stage.until(id, 'says it', ({ status, line }) => status === 'working' && line === 'table 3 of 9');
  const { lines } = await stage.request('session/why', { session: id });
  expect(lines).toContainEqual(
    expect.objectContaining({ source: 'report', claim: 'working, "table 3 of 9"', agrees: true }),
  );
  // The same again is no news.
  const { version } = stage.view(id).session;
  await client.request('session/report', { state: 'working', message: 'table 3 of 9' });
  expect((await stage.request('session/show', { session: id })).session.version).toBe(version);
  await expect(stage.request('session/report', { state: 'done' })).rejects.toThrow('tutti report is for the agent');
});
