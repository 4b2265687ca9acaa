import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { demo } from '../../source/agents/demo.ts';
import { DemoStage } from './stage.ts';

let stage: DemoStage;
beforeEach(() => {
  stage = new DemoStage();
});
afterEach(() => stage.end());

const { ready, empty } = demo.input;

test('say, write, edit, read and bash do what they say to the folder', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt(
    '[[say I begin.]] [[write a/b.txt one\\ntwo]] [[edit a/b.txt two => three]] [[read a/b.txt]] [[bash tr a-z A-Z < a/b.txt]] [[say I end.]]',
  );
  await agent.says('done');
  expect(stage.read('a/b.txt')).toBe('one\nthree\n');
  for (const seen of ['● I begin.', 'Write(a/b.txt)', '+ three', 'Read 3 lines', 'THREE', '● I end.']) {
    expect(agent.everything).toContain(seen);
  }
  expect(agent.states).toBe('idle working done');
  expect(agent.reports.at(-1)).toMatchObject({ state: 'done', app: 'tutti-demo', message: 'I end.' });
});

test('a tool that fails says so and the turn goes on', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt(
    '[[edit none.txt a => b]] [[bash exit 3]] [[write ../out.txt no]] [[write /tmp/out.txt no]] [[say Still here.]]',
  );
  await agent.says('done');
  expect(agent.everything).toContain('Error: ENOENT');
  expect(agent.everything).toContain('Error: exit code 3');
  expect(agent.everything).toContain('../out.txt is not in this folder');
  expect(agent.everything).toContain('/tmp/out.txt is not in this folder');
  expect(existsSync(join(stage.cwd, '../out.txt'))).toBe(false);
});

test('a permission blocks until it is answered; no ends the turn', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt('[[permission rm -rf build]] [[write done.txt yes]]');
  await agent.says('blocked');
  expect(agent.reports.at(-1)).toMatchObject({ kind: 'permission', message: 'approve Action: rm -rf build' });
  expect(demo.input.dialogs.filter(rule => agent.screen.test(rule))).toHaveLength(1);
  expect(ready && agent.screen.test(ready)).toBe(false);
  agent.send('\r');
  await agent.says('done');
  expect(stage.read('done.txt')).toBe('yes\n');

  agent.prompt('[[permission again]] [[write no.txt no]]');
  await agent.says('blocked');
  agent.send('\x1b');
  await agent.says('idle');
  expect(existsSync(join(stage.cwd, 'no.txt'))).toBe(false);
});

test('the mode ask asks before each tool, until the rest is allowed', async () => {
  const agent = stage.start(['--permission-mode', 'ask']);
  await agent.says('idle');
  agent.prompt('[[write one.txt 1]] [[write two.txt 2]] [[bash touch three.txt]]');
  await agent.see('Write');
  await agent.says('blocked');
  agent.send('1');
  await agent.until('the second is asked for', () => agent.text.includes('  two.txt'));
  await agent.says('blocked');
  agent.send('2');
  await agent.says('done');
  expect(existsSync(join(stage.cwd, 'three.txt'))).toBe(true);
});

test('a question takes a digit or arrows, and the answer is used', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt('[[ask Which one | npm | pnpm]] [[write answer.txt {answer}]]');
  await agent.says('blocked');
  expect(agent.reports.at(-1)).toMatchObject({ kind: 'question', message: 'answer: Which one (npm · pnpm)' });
  agent.send('\x1b[B\r');
  await agent.says('done');
  expect(stage.read('answer.txt')).toBe('pnpm\n');
});

test('text and a newline typed onto a dialog do not become a prompt', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt('[[ask Which one | npm | pnpm]]');
  await agent.says('blocked');
  agent.paste('a prompt that nobody looked for');
  await agent.see('❯ 1. npm');
  agent.send('\x1b');
  await agent.says('idle');
  expect(stage.receipts()).toHaveLength(1);
});

test('a plan waits for its approval and may turn the mode to ask', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt('[[plan 1. look\\n2. write]] [[write plan.txt done]]');
  await agent.says('blocked');
  await agent.see('demo agent · plan');
  agent.send('2');
  await agent.see('  plan.txt');
  agent.send('1');
  await agent.says('done');
  expect(stage.read('plan.txt')).toBe('done\n');
});

test('a sub-agent is a child record, and the turn is not over before it is', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt('[[agent @go read the tests]] [[say Mine is done.]]');
  await agent.see('Waiting for 1 sub-agent');
  await agent.says('working');
  expect(agent.screen.records.map(({ id, state, title }) => ({ id, state, title }))).toContainEqual({
    id: 'agent-1',
    state: 'working',
    title: 'read the tests',
  });
  expect(agent.states).toBe('idle working');
  stage.write('go', '');
  await agent.says('done');
  expect(agent.screen.records.map(record => record.id)).toEqual(['']);
});

test('a background job keeps the root working after the words are over, and the box is free meanwhile', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt('[[background @go a watcher]] [[say Started.]]');
  await agent.reported('that the job still runs', report => report.message === 'a watcher still runs');
  agent.prompt('[[say Meanwhile.]]');
  await agent.see('● Meanwhile.');
  expect(agent.states).toBe('idle working');
  stage.write('go', '');
  await agent.says('done');
});

test('an error ends the turn as failed, after its retries', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt('[[retry 2]] [[error 529 overloaded]] [[write no.txt no]]');
  await agent.says('error');
  expect(agent.reports.at(-1)).toMatchObject({ message: 'API Error: 529 overloaded' });
  expect(agent.everything).toContain('● API Error: 529 overloaded');
  expect(existsSync(join(stage.cwd, 'no.txt'))).toBe(false);
});

test('esc interrupts a sleep and a command, whose whole group ends', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt('[[sleep 600]]');
  await agent.says('working');
  agent.send('\x1b');
  await agent.says('idle');
  await agent.see('Interrupted');
  agent.prompt("[[bash (trap 'touch ended' TERM; touch begun; sleep 600); true]]");
  await expect.poll(() => existsSync(join(stage.cwd, 'begun'))).toBe(true);
  agent.send('\x1b');
  await agent.says('idle');
  await expect.poll(() => existsSync(join(stage.cwd, 'ended'))).toBe(true);
});

test('a prompt while it works is queued and runs next, each once', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt('[[sleep @go]] [[write first.txt 1]]');
  await agent.says('working');
  agent.prompt('[[write second.txt 2]]');
  await agent.see('Queued: [[write second.txt 2]]');
  expect(existsSync(join(stage.cwd, 'first.txt'))).toBe(false);
  stage.write('go', '');
  await agent.says('done');
  expect(stage.read('second.txt')).toBe('2\n');
  expect(stage.receipts().map(receipt => receipt.prompt)).toEqual([
    '[[sleep @go]] [[write first.txt 1]]',
    '[[write second.txt 2]]',
  ]);
});

test('each turn says that it began, however short and alike', async () => {
  const agent = stage.start();
  await agent.says('idle');
  for (const turn of [1, 2, 3]) {
    agent.prompt('[[say same]]');
    await agent.until(`turn ${turn} is over`, () => agent.states === `idle${' working done'.repeat(turn)}`);
  }
});

test('later answers the next prompt, whatever that says', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt('[[later {{write fix.txt fixed}}]] [[say First.]]');
  await agent.says('done');
  agent.prompt('The check failed: see [[write wrong.txt wrong]]');
  await expect.poll(() => existsSync(join(stage.cwd, 'fix.txt'))).toBe(true);
  expect(existsSync(join(stage.cwd, 'wrong.txt'))).toBe(false);
});

test('exit ends it with that code and takes its reports back', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt('[[exit 7]]');
  expect(await agent.ended).toEqual({ code: 7, signal: 0 });
  expect(agent.screen.records).toEqual([]);
});

test('a flood is as long as was asked for', async () => {
  const agent = stage.start();
  await agent.says('idle');
  const before = agent.raw.length;
  agent.prompt('[[flood 300]] [[say Over.]]');
  await agent.says('done');
  expect(agent.raw.length - before).toBeGreaterThan(300 * 1024);
  expect(agent.everything).toContain('of a flood that the demo agent was asked for');
});

test('a prompt without directives still changes a file', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.prompt("please don't break $HOME `id`");
  await agent.says('done');
  expect(stage.read('DEMO.md')).toBe("- please don't break $HOME `id`\n");
});

test.each(['/help', '[[help]]'])('%s lists every directive', async asked => {
  const agent = stage.start([], { rows: 50 });
  await agent.says('idle');
  agent.prompt(asked);
  await agent.says('done');
  for (const verb of 'say slow read write edit bash ask permission plan agent background sleep error retry flood exit help later'.split(
    ' ',
  )) {
    expect(agent.everything).toContain(`[[${verb}`);
  }
  expect(empty && agent.screen.test(empty)).toBe(true);
});
