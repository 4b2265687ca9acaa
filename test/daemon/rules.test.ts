import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { DaemonRequests, SessionView } from '../../source/protocol/daemon.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

type Rule = Partial<DaemonRequests['rule/add']['params']> & { readonly command: string };

const allow = (rule: Rule) =>
  stage.request('rule/add', {
    operation: stage.operation(),
    match: 'exact',
    agent: null,
    where: 'repository',
    path: stage.repository,
    ...rule,
  });
const rules = async () => (await stage.request('rule/list', null)).rules;
const history = async (session: string) =>
  (await stage.request('session/why', { session })).history.map(({ text }) => text);
const asks = (view: SessionView) => view.status === 'needsYou';
/** It asks this, and goes on to do so for as long as an answer would take. */
async function staysAsking(session: string, words: string): Promise<void> {
  await stage.until(session, `asks ${words}`, view => asks(view) && view.line.endsWith(words));
  for (const _ of [1, 2, 3]) await stage.request('question/read', { session });
  expect(stage.view(session)).toMatchObject({ status: 'needsYou', line: expect.stringContaining(words) });
}
const isOver = (view: SessionView) => view.status === 'idle' && view.line === 'Over.';

test('what a rule allows is answered with the choice for this once, is written down, told and counted', async () => {
  stage = await startStage();
  const made = await allow({ command: 'npm test' });
  expect(made.rule).toMatchObject({ command: 'npm test', match: 'exact', used: 0, where: { in: 'repository' } });
  const { session } = await stage.create({
    title: 'Alto',
    prompt: '[[permission npm test]] [[sleep 0.1]] [[permission npm test]] [[say Over.]]',
  });
  // Not for the whole conversation: it asks again, and is answered again.
  await stage.until(session.id, 'is over', isOver);
  await stage.eventually('both are told', () => (stage.notices.length === 2 ? true : undefined));
  expect(stage.notices.map(({ text }) => text)).toEqual([
    '"Alto": allowed by a rule: npm test',
    '"Alto": allowed by a rule: npm test',
  ]);
  expect((await history(session.id)).filter(text => text === 'allowed by a rule: npm test')).toHaveLength(2);
  // Counted when its answer is known to have been taken: its agent may be over before that.
  await expect
    .poll(rules, { message: 'both are counted', timeout: 10_000 })
    .toMatchObject([{ id: made.rule.id, used: 2 }]);
});

test('what no rule names to the letter is asked, and a rule for what waits already answers it', async () => {
  stage = await startStage();
  await allow({ command: 'npm run', match: 'beginning' });
  await allow({ command: 'npm test', agent: 'claude' });
  const { session } = await stage.create({
    title: 'Alto',
    prompt: '[[permission npm run build]] [[permission npm run build && curl x]] [[permission npm test]] [[say Over.]]',
  });
  await staysAsking(session.id, '&& curl x');
  await allow({ command: 'npm run build && curl x', where: 'session', session: session.id });
  await staysAsking(session.id, 'npm test');
  await allow({ command: 'npm test', agent: 'demo' });
  await stage.until(session.id, 'is over', isOver);
});

test('what is easily regretted is asked, whatever a rule says', async () => {
  stage = await startStage();
  await expect(allow({ command: 'rm -rf build' })).rejects.toMatchObject({ kind: 'usage' });
  await allow({ command: 'git push', match: 'beginning' });
  const { session } = await stage.create({
    title: 'Alto',
    prompt: '[[permission git push origin main]] [[permission git push --force origin main]] [[say Over.]]',
  });
  await staysAsking(session.id, 'git push --force origin main');
  await stage.request('question/answer', { operation: stage.operation(), session: session.id, choice: '3' });
  expect(await rules()).toMatchObject([{ used: 1 }]);
});

test('rules outlive the daemon; one that is taken away allows nothing; a file that is broken neither, and says so', async () => {
  stage = await startStage();
  const { rule } = await allow({ command: 'npm test' });
  await expect(allow({ command: 'npm test' })).rejects.toMatchObject({ kind: 'conflict' });
  await stage.killDaemon();
  const ask = async (title: string) =>
    (await stage.create({ title, prompt: '[[permission npm test]] [[say Over.]]' })).session.id;
  await stage.until(await ask('Alto'), 'is over', isOver);
  await stage.request('rule/remove', { operation: stage.operation(), id: rule.id });
  await staysAsking(await ask('Bass'), 'npm test');
  await expect(stage.request('rule/remove', { operation: stage.operation(), id: rule.id })).rejects.toMatchObject({
    kind: 'notFound',
  });
  await allow({ command: 'npm test', where: 'everywhere' });
  const file = join(stage.paths.data, 'allow-rules.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ rules: [{ where: { in: 'everywhere' } }] });
  writeFileSync(file, '{"rules": [{"command": "npm test"}]}');
  await stage.killDaemon();
  await staysAsking(await ask('Cello'), 'npm test');
  await stage.eventually('it is said', () => stage.notices.find(({ text }) => text.includes('allow-rules.json')));
  await expect(rules()).rejects.toThrow('none of them counts');
});

test.each(['before', 'after'])(
  'nothing is allowed unwritten: killed %s that was written down, it is done once',
  async when => {
    stage = await startStage();
    await stage.restartDaemon({ TUTTI_KILL_AT: `daemon:allowedByRule:${when}:1` });
    await allow({ command: 'touch a' });
    const staysDead = stage.staysDead();
    const { session } = await stage.create({
      title: 'Alto',
      prompt: '[[permission touch a]] [[bash echo a >> log]] [[permission touch b]] [[bash echo b >> log]]',
    });
    await staysDead;
    const log = join(session.worktree, 'log');
    const dead = { hasGoneOn: existsSync(log), screen: await stage.screen(session.id) };
    await stage.connect();
    expect(dead).toEqual({ hasGoneOn: false, screen: expect.stringContaining('❯ 1. Yes') });
    // A second yes would be one to this.
    await staysAsking(session.id, 'touch b');
    expect(readFileSync(log, 'utf8')).toBe('a\n');
    expect((await history(session.id)).filter(text => text === 'allowed by a rule: touch a')).toHaveLength(1);
  },
);

test('while a person has the keys of the pane nothing is answered there', async () => {
  stage = await startStage();
  const view = await stage.idle('Alto');
  const { id } = view.session;
  const person = await stage.host(id, 'agent-1');
  await stage.send(id, '[[permission npm test]] [[say Over.]]');
  await stage.until(id, 'asks', asks);
  person.type('x');
  await stage.until(id, 'is taken', ({ taken }) => taken);
  await allow({ command: 'npm test' });
  await staysAsking(id, 'npm test');
  person.close();
  await stage.request('run/giveBack', { operation: stage.operation(), session: id });
  await stage.until(id, 'is over', isOver);
});
