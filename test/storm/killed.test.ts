import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { fileAppears } from '../daemon/file-appears.ts';
import type { Fleet } from '../driver/fleet.ts';
import { FRESH_MODES } from '../driver/fresh-modes.ts';
import { untilGone } from '../driver/leftovers.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { countReceipts, fileOf, marked, select, sessionsOf, spawnByKeys, startStage } from '../scenarios/demo-stage.ts';

// As long as in the quick suite: no walk of the storm.
vi.setConfig({ testTimeout: 30_000 });

let fleet: Fleet;
afterEach(() => fleet?.end());

/** The mark of a session whose agent is at work, whichever way it stands. */
const WORKING = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/;

const agents = () => fleet.pids('agent');

test('closing the window: agents go on, and the next screen shows them as they are', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Steady', '[[say here]]');
  await fleet.see('● here');
  const before = agents();
  await fleet.terminal.hangUp();
  expect(agents()).toEqual(before);
  const next = fleet.open();
  await marked(next, 'Steady', '○');
  await next.see('● here');
});

test('a screen that is killed leaves the terminal as it was, and the agents alone', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Steady', '[[say here]]');
  await fleet.see('● here');
  fleet.press('enter');
  await fleet.see('keys go to demo');
  const before = agents();
  await fleet.kill('tui');
  expect(await fleet.terminal.ended).toBe(137);
  await isGivenBack(fleet.terminal);
  expect(agents()).toEqual(before);
});

test('a daemon that is killed comes back under a screen that goes on', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Steady', '[[say here]]');
  await marked(fleet.terminal, 'Steady', '○');
  const before = agents();
  await fleet.kill('daemon');
  // Keys reach the agent without the daemon.
  fleet.press('enter');
  await fleet.see('keys go to demo');
  fleet.type('[[say without it]]\n');
  await fleet.see('● without it');
  fleet.press('ctrl-q');
  await fleet.see('? help');
  await spawnByKeys(fleet.terminal, 'After', '[[say after]]');
  await marked(fleet.terminal, 'After', '○');
  expect(agents()).toEqual(expect.arrayContaining([...before]));
  const sessions = await sessionsOf(fleet);
  expect(sessions.map(session => session.title).sort()).toEqual(['After', 'Steady']);
  expect(countReceipts(readFileSync(fleet.home.receipts, 'utf8'), 'without it')).toBe(1);
});

test('screen and daemon killed in the same moment, in the middle of work: everything is as it was', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Idle', '[[say at rest]]');
  await spawnByKeys(fleet.terminal, 'Busy', '[[sleep @go.log]] [[say went on]]');
  await marked(fleet.terminal, 'Idle', '○');
  await marked(fleet.terminal, 'Busy', WORKING);
  const before = agents();
  const dead = fleet.terminal;
  killBoth();
  expect(await dead.ended).toBe(137);
  await isGivenBack(dead);
  const next = fleet.open();
  await marked(next, 'Idle', '○');
  await marked(next, 'Busy', WORKING);
  expect(agents()).toEqual(before);
  writeFileSync(await fileOf(fleet, 'Busy', 'go.log'), '');
  await marked(next, 'Busy', '○');
  await select(next, 'Busy');
  await next.see('● went on');
  expect(readFileSync(fleet.home.receipts, 'utf8').trim().split('\n')).toHaveLength(2);
});

test('a run goes on with no client and no daemon: its host wakes one, and the next screen shows what came of it', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alone');
  await marked(fleet.terminal, 'Alone', '○');
  const checks = `${fleet.home.scratch}/checks`;
  fleet.press('l');
  await fleet.see('Let go "Alone"');
  fleet.type('[[sleep @go.log]] [[write word.txt bad]] [[later {{write word.txt good}}]]');
  fleet.press('tab');
  fleet.type(`echo run >> ${checks}; grep good word.txt`);
  fleet.press('enter');
  await fleet.see('attempt 1 of 3');
  await marked(fleet.terminal, 'Alone', /[^○]/);
  await fleet.see('[[sleep @go.log]]');
  const go = await fileOf(fleet, 'Alone', 'go.log');
  const before = agents();
  killBoth();
  expect(await fleet.terminal.ended).toBe(137);
  await untilGone('nobody is there', () =>
    fleet.processes().filter(view => view.what === 'daemon' || view.what === 'client'),
  );
  writeFileSync(go, '');
  // Nobody looks: red, back to the agent, green.
  await fileAppears(checks);
  const next = fleet.open();
  await marked(next, 'Alone', '◆', 20_000);
  expect(readFileSync(checks, 'utf8')).toBe('run\nrun\n');
  expect(agents()).toEqual(before);
  const [session] = await sessionsOf(fleet);
  expect(session?.run).toMatchObject({ attempt: 2, lastCheck: { passed: true } });
  expect(countReceipts(readFileSync(fleet.home.receipts, 'utf8'), 'sleep @go')).toBe(1);
}, 60_000);

test('a question stops a run that nobody watches, and the answer goes on with it', async () => {
  fleet = await startStage({ size: [100, 30] });
  const ran = await fleet.cli([
    'run',
    '[[ask Which word? | good | bad]] [[write word.txt {answer}]]',
    '-a',
    'demo',
    '--check',
    'grep good word.txt',
  ]);
  expect(ran.code, ran.stderr).toBe(0);
  await fleet.see('▲ 1 needs you');
  fleet.press('enter');
  await fleet.see('keys go to demo');
  await fleet.see('❯ 1. good');
  fleet.press('1');
  await fleet.see('you have it');
  fleet.press('ctrl-q');
  await fleet.see('g give back');
  fleet.press('g');
  await fleet.see('◆ 1 ready', { within: 20_000 });
});

test.each([
  ['itself the job', (command: string) => command],
  // As under `npm start`: what waits for it is in the job too, and would keep the keys. `true` keeps sh from becoming tutti.
  ['in a wrapper', (command: string) => `sh -c '${command}; true'`],
])('ctrl-z gives the terminal to the shell, and fg takes it again: %s', async (_, inShell) => {
  fleet = await startStage({ size: [100, 30], program: ['/bin/sh', '-i'], opened: false });
  const terminal = fleet.open();
  await terminal.see('shell> ');
  terminal.type(`${inShell(`${process.execPath} ${fleet.launcher}`)}\n`);
  await terminal.see('No sessions in', { within: 20_000 });
  terminal.press('ctrl-z');
  // Its old prompt is there as soon as the screen is given back: only the shell itself says that it has the keys.
  await terminal.see(/Stopped[\s\S]*shell> /);
  expect(terminal.modes()).toMatchObject({
    alternateScreen: false,
    mouse: 'none',
    bracketedPaste: false,
    cursorVisible: true,
  });
  terminal.type('echo I am $((40 + 2))\n');
  await terminal.see('I am 42');
  terminal.type('fg\n');
  await terminal.see('No sessions in');
  terminal.press('?');
  await terminal.see('esc close');
  terminal.press('q');
  await terminal.see('? help');
  terminal.press('q');
  await terminal.see('I am 42');
  expect(terminal.modes().alternateScreen).toBe(false);
});

function killBoth(): void {
  const daemon = fleet.processes().find(view => view.what === 'daemon');
  for (const pid of [fleet.terminal.pid(), daemon?.pid ?? 0]) process.kill(pid, 'SIGKILL');
}

async function isGivenBack(terminal: UserTerminal): Promise<void> {
  await terminal.waitUntil('the terminal is given back', () => !terminal.modes().alternateScreen);
  await untilGone('its guard has ended', () => fleet.processes().filter(view => view.what === 'guard'));
  expect(terminal.lineSettings()).toBe(terminal.firstLineSettings);
  expect(terminal.modes()).toEqual(FRESH_MODES);
}
