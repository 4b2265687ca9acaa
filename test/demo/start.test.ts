import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { demo } from '../../source/agents/demo.ts';
import { DemoStage } from './stage.ts';

let stage: DemoStage;
beforeEach(() => {
  stage = new DemoStage();
});
afterEach(() => stage.end());

const ID = '0190d0b0-1111-4222-8333-444455556666';

test('a prompt of its arguments begins at once and is received once', async () => {
  const agent = stage.start(['--session-id', ID, '--', '-x looks like a flag [[write a.txt a]]']);
  await agent.says('done');
  expect(stage.read('a.txt')).toBe('a\n');
  expect(stage.receipts()).toMatchObject([
    { id: ID, prompt: '-x looks like a flag [[write a.txt a]]', cwd: stage.cwd },
  ]);
});

test('a conversation is resumed with what was said and what was kept for later', async () => {
  const first = stage.start(['--session-id', ID]);
  await first.says('idle');
  first.prompt('[[say A first answer.]] [[later {{say The kept one.}}]]');
  await first.says('done');
  await first.end();

  const second = stage.start(['--resume', ID]);
  await second.see('● A first answer.');
  await second.says('idle');
  second.prompt('anything');
  await second.see('● The kept one.');
  await second.end();

  const third = stage.start(['--resume', ID, '--', 'go on']);
  await third.see('I noted it in DEMO.md');
  expect(third.everything).toContain('● The kept one.');
});

test('an id that was used cannot begin anew, and an unknown one cannot be resumed', async () => {
  const first = stage.start(['--session-id', ID, '--', '[[say hi]]']);
  await first.says('done');
  const again = stage.start(['--session-id', ID]);
  expect(await again.ended).toEqual({ code: 1, signal: 0 });
  expect(again.text).toContain(`Session ID ${ID} is already in use.`);
  const unknown = stage.start(['--resume', 'none']);
  expect(await unknown.ended).toEqual({ code: 1, signal: 0 });
  expect(unknown.text).toContain('No conversation found with session ID: none');
});

test('an id without a turn leaves no record, so it may begin anew', async () => {
  const first = stage.start(['--session-id', ID]);
  await first.says('idle');
  await first.end();
  const second = stage.start(['--session-id', ID]);
  await second.says('idle');
});

test('the question about the folder holds the first prompt back; its default leaves', async () => {
  const agent = stage.start(['--ask-trust', '--', '[[write a.txt a]]']);
  await agent.says('blocked');
  expect(agent.reports.at(-1)).toMatchObject({ kind: 'permission', message: 'trust this folder' });
  expect(demo.input.dialogs.some(rule => agent.screen.test(rule))).toBe(true);
  agent.send('\x1b[B\r');
  await agent.says('done');
  expect(stage.read('a.txt')).toBe('a\n');
  const other = stage.start(['--ask-trust']);
  await other.says('blocked');
  other.send('typed onto it\r');
  expect(await other.ended).toEqual({ code: 1, signal: 0 });
});

test('it reports only where its query is answered before DA1', async () => {
  const agent = stage.start([], { answers: false });
  await agent.see('Type a prompt');
  expect(agent.raw).toContain('\x1b]7501;?\x1b\\\x1b[c');
  agent.send('\x1b[?62c\x1b]7501;?\x1b\\');
  agent.prompt('[[say Over.]]');
  await agent.see('● Over.');
  await agent.holds('empty', demo.input.empty ?? { any: [] });
  expect(agent.reports).toEqual([]);
});

test('it reports unasked, or never, where it is told to', async () => {
  const unasked = stage.start(['--status', 'unasked'], { answers: false });
  await unasked.says('idle');
  expect(unasked.raw).not.toContain('7501;?');
  const none = stage.start(['--status', 'none']);
  await none.see('Type a prompt');
  none.prompt('[[agent a helper]] [[say Over.]] [[ask Which | a | b]]');
  await none.see('demo agent · question');
  expect(none.reports).toEqual([]);
  expect(none.raw).not.toContain('7501');
});

test('a slow start draws nothing, and keys typed meanwhile are kept', async () => {
  const agent = stage.start(['--slow-start', '0.4', '--session-id', ID]);
  agent.send('x');
  await agent.says('idle');
  await agent.see('> x');
});

test('ctrl-c clears a draft, and twice in a row leaves', async () => {
  const agent = stage.start();
  await agent.says('idle');
  agent.send('a draft');
  await agent.see('> a draft');
  agent.send('\x03');
  await agent.see('press ctrl-c again to leave');
  expect(agent.text).not.toContain('a draft');
  agent.send('\x03');
  expect(await agent.ended).toEqual({ code: 0, signal: 0 });
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])('%s ends it with %s, its reports taken back', async (signal, code) => {
  const agent = stage.start(['--screen', 'full']);
  await agent.says('idle');
  agent.prompt('[[sleep 600]] ');
  await agent.says('working');
  agent.signal(signal);
  expect((await agent.ended).code).toBe(code);
  expect(agent.screen.records).toEqual([]);
});

test.each([
  [['--nonsense'], 2, 'The demo agent knows no option --nonsense; --help lists them.'],
  [['--status', 'loud'], 2, "The demo agent's option --status takes osc7501 or unasked or none, not loud."],
  [['--session-id', '../x'], 2, '"../x" is no id of a conversation: letters, digits, - and _ only.'],
  [[], 2, 'The demo agent plays in a terminal: start it in one, or from tutti.'],
])('without a terminal or with %j it says one sentence', (args, code, sentence) => {
  const { status, stderr } = spawnSync(process.execPath, [join(inject('testBuilds'), 'a/demo-agent.mjs'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: stage.root },
  });
  expect([status, stderr.trim()]).toEqual([code, sentence]);
});
