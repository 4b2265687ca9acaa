import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { fileAppears } from '../daemon/file-appears.ts';
import { type Stage, startStage } from '../daemon/stage.ts';
import { untilGone } from '../driver/leftovers.ts';

// As long as in the quick suite: no walk of the storm.
vi.setConfig({ testTimeout: 30_000 });

let stage: Stage;
afterEach(() => stage?.end());

const act = (session: string) => ({ operation: stage.operation(), session });

test('what a host saw while no daemon lived is noted: an end, a turn, a prompt', async () => {
  stage = await startStage();
  const [ends, works] = [await stage.idle('Ends'), await stage.idle('Works')];
  await stage.send('Ends', '[[sleep @go]] [[exit 7]]');
  await stage.send('Works', '[[sleep @go]] [[say Worked on]]');
  for (const { session } of [ends, works]) await stage.until(session.id, 'works', view => view.status === 'working');
  await stage.withoutDaemon(async () => {
    for (const { session } of [ends, works]) writeFileSync(join(session.worktree, 'go'), '');
    await fileAppears(join(stage.paths.sessions, ends.session.id, 'hosts/agent-1/exit.json'));
  });
  const ended = await stage.until(ends.session.id, 'has ended', view => view.status === 'failed');
  expect(ended.session.end).toMatchObject({ cause: 'exit', code: 7 });
  await stage.until(works.session.id, 'has worked on', view => view.line === 'Worked on' && view.status === 'idle');
  await untilGone('the host whose end is noted has gone', () =>
    stage.processes().filter(({ command }) => command.includes(`${ends.session.id}/agent-1`)),
  );
});

test('a host that is killed is lost by a crash, and comes back on one key with its conversation', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Lost', { prompt: '[[say One]]' });
  const { host } = stage.view(session.id).session;
  if (host.state !== 'running') throw new Error('it runs not');
  process.kill(host.hostPid, 'SIGKILL');
  const lost = await stage.until(session.id, 'is lost', view => view.session.host.state === 'lost');
  expect(lost).toMatchObject({ status: 'failed', session: { end: { cause: 'crash' } } });
  expect(stage.notices.map(({ text }) => text)).toEqual([
    '"Lost" has lost its agent: its host ended without a word. R starts it again.',
  ]);
  const again = await stage.request('session/restart', { ...act(session.id), env: stage.home.env });
  expect(again.session).toMatchObject({
    host: { state: 'running', name: 'agent-2' },
    conversation: session.conversation,
  });
});

test('the same while no daemon lived', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Lost');
  const { host } = stage.view(session.id).session;
  await stage.withoutDaemon(async () => {
    if (host.state === 'running') process.kill(host.hostPid, 'SIGKILL');
    await untilGone('the host is dead', () => stage.processes().filter(({ what }) => what === 'host'));
  });
  await stage.until(session.id, 'is lost', view => view.session.end?.cause === 'crash');
});

test('an end is noted with its cause where the host has gone after it', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Ends');
  await stage.send('Ends', '[[sleep @go]] [[exit 7]]');
  await stage.until(session.id, 'works', view => view.status === 'working');
  const { host } = stage.view(session.id).session;
  await stage.withoutDaemon(async () => {
    // As where a machine shuts down: it stays until its program has ended, and no longer.
    if (host.state === 'running') process.kill(host.hostPid, 'SIGTERM');
    writeFileSync(join(session.worktree, 'go'), '');
    await untilGone('the host has gone', () => stage.processes().filter(({ what }) => what === 'host'));
  });
  const ended = await stage.until(session.id, 'has ended', view => view.status === 'failed');
  expect(ended.session.end).toMatchObject({ cause: 'exit', code: 7 });
});

test('after a reboot a session is there, and says that the machine was restarted', async () => {
  stage = await startStage();
  const other = spawn('sleep', ['300'], { stdio: 'ignore' });
  onTestFinished(() => void other.kill());
  const { session } = await stage.idle('Before the reboot', { prompt: '[[say One]]' });
  const { host } = stage.view(session.id).session;
  await stage.withoutDaemon(async () => {
    if (host.state === 'running') process.kill(host.hostPid, 'SIGKILL');
    await untilGone('the host is dead', () => stage.processes().filter(({ what }) => what === 'host'));
    // Processes of the last boot carry another boot's id, and their numbers are others' now.
    const record = join(stage.paths.sessions, session.id, 'hosts/agent-1/host.json');
    const written = JSON.parse(readFileSync(record, 'utf8'));
    const hostStart = `another-boot/${written.hostStart.split('/')[1]}`;
    writeFileSync(record, JSON.stringify({ ...written, hostPid: other.pid, hostStart }));
  });
  const lost = await stage.until(session.id, 'is lost', view => view.session.host.state === 'lost');
  expect(lost.session.end).toMatchObject({ cause: 'reboot', text: 'The machine was restarted.' });
  const again = await stage.request('session/restart', { ...act(session.id), env: stage.home.env });
  expect(again.session).toMatchObject({ host: { state: 'running' }, conversation: session.conversation });
});

test('a ledger that is gone is rebuilt from what each session says', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Kept');
  await stage.idle('Killed');
  await stage.request('session/kill', act('Killed'));
  const before = stage.view(session.id).session;
  await stage.withoutDaemon(async () => {
    for (const end of ['', '-wal', '-shm']) rmSync(stage.paths.ledger + end, { force: true });
  });
  const after = await stage.until(session.id, 'is there', view => view.status === 'idle');
  expect(after.session).toEqual(before);
  expect(stage.notices.at(-1)?.text).toBe('The ledger was gone: 2 sessions were rebuilt from their directories.');
  await stage.request('session/undo', { operation: stage.operation(), env: stage.home.env, scope: { all: true } });
  expect([...stage.views.values()].map(view => view.session.title).sort()).toEqual(['Kept', 'Killed']);
});

test('a ledger that was put back from a copy ends no agent: what is newer is taken from its directory', async () => {
  stage = await startStage();
  const ledger = (to: (part: string) => void) => ['', '-wal'].forEach(to);
  const { session: old } = await stage.idle('Old');
  await stage.withoutDaemon(async () =>
    ledger(end => copyFileSync(stage.paths.ledger + end, join(stage.home.scratch, `ledger${end}`))),
  );
  const { session: fresh } = await stage.idle('Fresh');
  await stage.request('session/rename', { ...act(old.id), title: 'Older' });
  const before = stage.view(fresh.id).session;
  await stage.withoutDaemon(async () => {
    rmSync(`${stage.paths.ledger}-shm`, { force: true });
    ledger(end => copyFileSync(join(stage.home.scratch, `ledger${end}`), stage.paths.ledger + end));
  });
  const after = await stage.until(fresh.id, 'is there', view => view.status === 'idle');
  expect(after.session).toEqual(before);
  expect(stage.view(old.id).session.title).toBe('Older');
  expect(stage.notices.at(-1)?.text).toBe(
    'The ledger is older than its sessions: 2 sessions were rebuilt from their directories.',
  );
});

test('a damaged ledger is set aside', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Kept');
  await stage.withoutDaemon(async () => {
    for (const end of ['-wal', '-shm']) rmSync(stage.paths.ledger + end, { force: true });
    writeFileSync(stage.paths.ledger, 'no database at all '.repeat(100));
  });
  await stage.until(session.id, 'is there', view => view.status === 'idle');
  expect(stage.notices.at(-1)?.text).toMatch(
    /^The ledger was damaged and lies in .*\.damaged-\d+ now: 1 session was rebuilt/,
  );
});

test('a host that no session wants is told to end', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Forgotten');
  await stage.withoutDaemon(async () => {
    for (const end of ['', '-wal', '-shm']) rmSync(stage.paths.ledger + end, { force: true });
    rmSync(join(stage.paths.sessions, session.id, 'session.json'));
  });
  await untilGone('its host has gone', () => stage.processes().filter(({ what }) => what === 'host'));
  expect(existsSync(join(stage.paths.sessions, session.id))).toBe(false);
  expect(stage.views.size).toBe(0);
});

test('a run goes on when its daemon is killed and nobody comes: its host wakes the next one', async () => {
  stage = await startStage();
  const checks = join(stage.home.root, 'checks');
  const { session } = await stage.create({
    title: 'Alone',
    run: { goal: '[[sleep @go]] [[write word good]]', check: `echo run >> ${checks}; test -f word` },
  });
  await stage.until(session.id, 'works', view => view.session.run?.stage.name === 'working');
  const work = async () => {
    writeFileSync(join(session.worktree, 'go'), '');
    await fileAppears(checks);
  };
  await stage.withoutDaemon(work, { hostsWake: true });
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(readFileSync(checks, 'utf8')).toBe('run\n');
});

test('shells are found again, and one that ended leaves nothing', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Shells');
  const open = () => stage.request('shell/open', { ...act(session.id), env: stage.home.env, columns: 80, rows: 24 });
  const [first, second] = await Promise.all([open(), open()]);
  expect(first).toEqual(second);
  expect(first).toMatchObject({ role: 'shell', name: 'shell-1', running: true });
  const hosts = () =>
    stage
      .processes()
      .filter(({ command }) => command.includes(`${session.id}/shell-1`))
      .map(({ pid }) => pid);
  const before = hosts();
  expect(before).toHaveLength(1);
  await stage.killDaemon();
  expect(await open()).toEqual(first);
  expect(hosts()).toEqual(before);
  await stage.until(session.id, 'has its shell', view => view.panes.some(({ name }) => name === 'shell-1'));
  const link = await stage.host(session.id, 'shell-1');
  link.type('exit\r');
  await stage.until(session.id, 'has no shell', view => view.panes.every(({ role }) => role !== 'shell'));
  expect(existsSync(first.bundle)).toBe(false);
  link.close();
  expect((await open()).name).toBe('shell-1');
});

test('what can not be dealt with keeps no daemon from starting', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Here');
  // A folder in the place of a socket: it can't be removed as one.
  const planted = [session.id, 'nobodyatall'].map(id => join(stage.paths.sessions, id, 'hosts/shell-9'));
  await stage.withoutDaemon(async () => {
    for (const bundle of planted) mkdirSync(join(bundle, 'sock'), { recursive: true });
  });
  await stage.until(session.id, 'is there', view => view.status === 'idle');
  for (const bundle of planted) rmSync(bundle, { recursive: true });
});
