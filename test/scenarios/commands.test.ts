import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { SessionJson } from '../../source/commands/session-json.ts';
import { type Fleet, startFleet } from '../driver/fleet.ts';
import { git } from '../driver/repository.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

const list = async (words = 'ls --all --json') => (await fleet.cli(words)).json<readonly SessionJson[]>();
const create = async (title: string, prompt: string) => {
  const { code, stdout, stderr } = await fleet.cli(['new', title, '--agent', 'demo', '--prompt', prompt]);
  expect(code, stderr).toBe(0);
  return stdout.trim();
};
const idle = async (id: string) => expect((await fleet.cli(`wait ${id} --timeout 20`)).code).toBe(0);

test('the life of a session by commands: new, send, screen, diff, kill, undo, pause, resume, rename', async () => {
  fleet = await startFleet({ opened: false, settings: { branchPrefix: 'tester/' } });
  const id = await create('Fix the cart', '[[write notes.txt one]]');
  await idle(id);
  expect(await list()).toMatchObject([
    { id, title: 'Fix the cart', status: 'idle', agent: 'demo', branch: 'tester/fix-the-cart' },
  ]);
  const [session] = await list();
  const notes = join(session?.worktree ?? '', 'notes.txt');
  expect(readFileSync(notes, 'utf8')).toBe('one\n');

  expect((await fleet.cli(`send ${id} - --wait`, { stdin: '[[say two\nthings]]' })).stdout).toBe(
    `begun by ${id} "Fix the cart"\n`,
  );
  await idle(id);
  expect((await fleet.cli(`screen ${id.slice(-4)}`)).stdout).toContain('● two');
  expect((await fleet.cli(`logs ${id}`)).stdout).toContain('demo agent');
  expect((await fleet.cli(`diff ${id}`)).stdout).toContain('\n+one\n');
  expect((await fleet.cli(`why ${id}`)).stdout).toMatch(/^ {2}its own report \(OSC 7501\): /m);

  writeFileSync(join(session?.worktree ?? '', 'ignored.log'), 'kept');
  expect((await fleet.cli(`kill ${id}`)).stdout).toContain(`killed ${id} "Fix the cart"`);
  expect(await list()).toEqual([]);
  expect(fleet.processes().filter(view => view.what === 'agent' || view.what === 'host')).toEqual([]);
  expect(fleet.world().worktrees.filter(each => each.branch)).toEqual([]);
  expect((await fleet.cli('undo')).code).toBe(0);
  await idle(id);
  expect(readFileSync(join(session?.worktree ?? '', 'ignored.log'), 'utf8')).toBe('kept');

  expect((await fleet.cli(`pause ${id}`)).stdout).toBe(`paused ${id} "Fix the cart"; tester/fix-the-cart is free\n`);
  git(fleet.home, fleet.repository ?? '', ['switch', '-q', 'tester/fix-the-cart']);
  const refused = await fleet.cli(`resume ${id}`);
  expect(refused.stderr).toContain('checked out');
  expect(refused.code, refused.stderr).not.toBe(0);
  git(fleet.home, fleet.repository ?? '', ['switch', '-q', 'main']);
  expect((await fleet.cli(`resume ${id}`)).code).toBe(0);
  await idle(id);
  expect(readFileSync(notes, 'utf8')).toBe('one\n');
  expect((await fleet.cli(['rename', id, 'Mend the cart'])).stdout).toContain('"Mend the cart"');
  expect(readFileSync(fleet.home.receipts, 'utf8').match(/two/g)).toHaveLength(1);
});

test('let go by a command: the verdict, the commit, push and merge', async () => {
  fleet = await startFleet({ opened: false, repository: { remote: true } });
  const goal = '[[write done.txt yes]]';
  const ran = await fleet.cli([
    'run',
    goal,
    '[[say no]]',
    '-a',
    'demo',
    '--check',
    'test -f done.txt',
    '--attempts',
    '2',
    '--wait',
    '--json',
  ]);
  expect(ran.code, ran.stderr).toBe(1);
  const [ready, stopped] = ran.json<readonly SessionJson[]>();
  expect(ready).toMatchObject({ status: 'ready', run: { attempt: 1, lastCheck: { passed: true } } });
  expect(stopped?.status).toMatch(/^(stalled|failed)$/);
  const id = ready?.id ?? '';
  const branch = ready?.branch ?? '';
  expect(fleet.world().branches[branch]).toBe(ready?.run?.readyCommit);

  expect(await fleet.cli(`push ${id} --commit ${'0'.repeat(40)}`)).toMatchObject({ code: 4 });
  expect((await fleet.cli(`push ${id}`)).code).toBe(0);
  expect(git(fleet.home, fleet.repository ?? '', ['rev-parse', `origin/${branch}`])).toBe(ready?.run?.readyCommit);
  expect((await fleet.cli(`merge ${id}`)).stdout).toContain('merged into main');
  expect(readFileSync(join(fleet.repository ?? '', 'done.txt'), 'utf8')).toBe('yes\n');
}, 60_000);

test('names that are odd: quotes, a leading dash, wide characters, a newline', async () => {
  fleet = await startFleet({ opened: false, repository: { name: `a "b" 'c' 全` } });
  const titles = [`It's "quoted" $HOME`, '-rf', '全角 😀', 'two\nlines'];
  const ids: string[] = [];
  for (const title of titles) {
    const { code, stdout, stderr } = await fleet.cli(['new', '-a', 'demo', '--', title]);
    expect(code, stderr).toBe(0);
    ids.push(stdout.trim());
  }
  for (const id of ids) await idle(id);
  const sessions = await list('ls --json');
  expect(sessions.map(session => session.title).sort()).toEqual([...titles.slice(0, 3), 'two lines'].sort());
  expect(new Set(sessions.map(session => session.branch)).size).toBe(4);
  expect((await fleet.cli(['screen', '-rf'])).code).toBe(2);
  expect((await fleet.cli(['screen', '--', '-rf'])).code).toBe(0);
}, 60_000);

test('outside of a repository: nothing is made, and it is said why', async () => {
  fleet = await startFleet({ opened: false, repository: 'none' });
  const made = await fleet.cli('new Thing --agent demo');
  expect(made.code).not.toBe(0);
  expect(made.stdout).toBe('');
  expect(made.stderr).toMatch(/^[^\n]*repository[^\n]*\n$/);
  expect(await fleet.cli('ls --json')).toMatchObject({ code: 0, stdout: '[]\n' });
  expect(await fleet.cli('kill nobody')).toMatchObject({ code: 3, stdout: '' });
  expect(await fleet.cli('new Thing --agent nobody')).toMatchObject({ code: 3 });
});

test('a wrong settings file stops a command with file, key and expected value, and is left as it is', async () => {
  const text = '{ "runs": { "attempts": "many" } }';
  fleet = await startFleet({ opened: false, settings: text });
  const file = join(fleet.home.tutti, 'config/settings.json');
  const { code, stderr } = await fleet.cli('run x --agent demo');
  expect(code).toBe(1);
  expect(stderr).toBe(
    `The settings file ${file} is wrong: runs.attempts: expected a whole number from 1 to 20, got "many".\n`,
  );
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('doctor: all that is needed is there; what is wrong fails it, with what is wrong', async () => {
  fleet = await startFleet({ opened: false, settings: { branchPrefix: 'tester/' } });
  const { code, stdout, stderr } = await fleet.cli('doctor');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^✓ Node\.js \d+/m);
  expect(stdout).toMatch(/^✓ git 2\./m);
  expect(stdout).toMatch(/^✓ the daemon answers: tutti /m);
  expect(stdout).toMatch(/^! claude is not installed\n {2}npm install/m);
  const file = join(fleet.home.tutti, 'config', 'settings.json');
  writeFileSync(file, '{"runs":{"attempts":"many"}}');
  const wrong = await fleet.cli('doctor --json');
  expect(wrong.code).toBe(1);
  expect(wrong.json<{ what: string; level: string }[]>().filter(({ level }) => level === 'bad')).toMatchObject([
    { what: 'settings', says: expect.stringContaining('runs.attempts') },
  ]);
});

test('a reader that goes early is no error; an interrupt is exit code 130', async () => {
  fleet = await startFleet({ opened: false });
  const id = await create('Long', '[[flood 300]]');
  await idle(id);
  const shell = `${process.execPath} "$0" logs ${id} | head -n 1; exec ${process.execPath} "$0" --version`;
  const launcher = fleet.launcher;
  const piped = spawn('/bin/sh', ['-c', shell, launcher], {
    cwd: fleet.cwd,
    env: { ...fleet.home.env },
    stdio: 'pipe',
  });
  let said = '';
  piped.stderr.on('data', data => {
    said += data;
  });
  expect(await new Promise(resolve => piped.on('close', resolve))).toBe(0);
  expect(said).toBe('');

  const runs = `${process.execPath} "$0" run one two three four five six --agent demo | head -n 1`;
  const left = spawn('/bin/sh', ['-c', runs, launcher], {
    cwd: fleet.cwd,
    env: { ...fleet.home.env },
    stdio: 'ignore',
  });
  await new Promise(resolve => left.on('close', resolve));
  const titles = (await fleet.cli('ls --json')).json<{ title: string }[]>().map(session => session.title);
  expect(titles.sort()).toEqual(['Long', 'five', 'four', 'one', 'six', 'three', 'two']);

  const waiting = spawn(process.execPath, [launcher, 'wait', id, '--for', 'merged'], {
    cwd: fleet.cwd,
    env: { ...fleet.home.env },
    stdio: 'ignore',
  });
  const ended = new Promise(resolve => waiting.on('exit', resolve));
  // It waits when the daemon counts it as a client beside the one that asks.
  for (let clients = 0; clients < 2; )
    clients = (await fleet.cli('daemon status --json')).json<{ clients: number }>().clients;
  waiting.kill('SIGINT');
  expect(await ended).toBe(130);
});
