import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { SessionJson } from '../../source/commands/session-json.ts';
import { type Fleet, startFleet } from '../driver/fleet.ts';
import { git } from '../driver/repository.ts';
import type { ScreenView } from '../driver/screen-view.ts';
import { fileOf, marked, SETTINGS, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

/** `tutti` on the PATH, as an installation puts it there. */
function install(): void {
  const script = `#!/bin/sh\nexec '${process.execPath}' '${fleet.launcher}' "$@"\n`;
  writeFileSync(join(fleet.home.bin, 'tutti'), script, { mode: 0o755 });
}

/** What a command of an agent's own printed, run as its tool. */
async function byAgent(session: SessionJson, command: string): Promise<{ code: number; out: string; err: string }> {
  await fleet.cli(['send', session.id, '--wait', '--', `[[bash { ${command}; } >out 2>err; echo $? >code]]`]);
  expect((await fleet.cli(['wait', session.id, '--timeout', '20'])).code).toBe(0);
  const read = (name: string) => readFileSync(join(session.worktree, name), 'utf8');
  return { code: Number(read('code')), out: read('out'), err: read('err') };
}

async function start(title: string, ...options: readonly string[]): Promise<SessionJson> {
  const { code, stdout, stderr } = await fleet.cli(['new', title, '--json', ...options]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as SessionJson;
}

test('an agent’s own tutti has the rights of its session, and the user’s grants', async () => {
  fleet = await startFleet({ opened: false, settings: SETTINGS });
  install();
  const a = await start('Fix the cart');
  const b = await start('Other');
  expect(await byAgent(a, 'tutti ls --all --json | grep \\"title\\"')).toEqual({
    code: 0,
    out: '    "title": "Fix the cart",\n',
    err: '',
  });
  expect(await byAgent(a, 'tutti why $TUTTI_SESSION | head -n 1')).toMatchObject({ out: `${a.id} "Fix the cart"\n` });
  const who = 'The session "Fix the cart" may not';
  for (const [command, act] of [
    [`tutti why ${b.id}`, 'read others'],
    [`tutti logs ${b.id}`, 'read others'],
    [`tutti send ${b.id} hello`, 'send prompts'],
    ['tutti new Mine', 'start sessions'],
    [`tutti kill ${b.id}`, 'end sessions'],
    [`tutti answer ${a.id} 1`, 'answer what agents ask'],
    ['tutti undo', 'undo'],
    [`tutti allow ${a.id} read`, 'grant rights'],
    ['tutti daemon stop', 'stop the daemon'],
  ]) {
    const { code, out, err } = await byAgent(a, command ?? '');
    expect([command, code, out]).toEqual([command, 4, '']);
    expect(err).toMatch(new RegExp(`^${who} ${act}: [^\\n]*\\n$`));
  }
  expect((await fleet.cli(['allow', a.id, 'spawn', 'write'])).stdout).toBe(
    `${a.id} "Fix the cart" is granted write, spawn\n`,
  );
  expect(await byAgent(a, `tutti send ${b.id} hello`)).toMatchObject({ code: 0 });
  const made = await byAgent(a, 'tutti new Mine');
  expect(made).toMatchObject({ code: 0 });
  expect((await fleet.cli('ls --all --json')).json<SessionJson[]>().find(each => each.title === 'Mine')).toMatchObject({
    parent: a.id,
    agent: 'demo',
    grants: [],
  });
  expect((await fleet.cli(`allow ${a.id} none`)).code).toBe(0);
  expect(await byAgent(a, `tutti send ${b.id} again`)).toMatchObject({ code: 4 });
  expect(readFileSync(fleet.home.receipts, 'utf8')).toContain('hello');
}, 120_000);

test('what the branch of a new worktree runs by its hook is nobody’s, also where a folder is made anew', async () => {
  fleet = await startFleet({ opened: false, settings: SETTINGS });
  install();
  const a = await start('A');
  const at = fleet.repository ?? '';
  const hook = join(at, '.githooks/post-checkout');
  mkdirSync(dirname(hook));
  const said = (name: string) => join(fleet.home.scratch, name);
  const line = `tutti allow ${a.id} end >>${said('out')} 2>>${said('err')}; echo $? >>${said('code')}`;
  writeFileSync(hook, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  for (const args of [
    ['switch', '-qc', 'planted'],
    ['add', '--all'],
    ['commit', '-qm', 'Plant'],
    ['switch', '-q', 'main'],
  ])
    git(fleet.home, at, args);
  git(fleet.home, at, ['config', 'core.hooksPath', '.githooks']);
  const b = await start('B', '--base', 'planted');
  const read = (name: string) => readFileSync(said(name), 'utf8');
  expect([read('code'), read('out')]).toEqual(['4\n', '']);
  expect(read('err')).toContain('it may do nothing');
  expect((await fleet.cli(['kill', b.id])).code).toBe(0);
  rmSync(join(fleet.home.tutti, 'data/trash', b.id), { recursive: true });
  expect((await fleet.cli(['undo', b.id])).code).toBe(0);
  expect([read('code'), read('out')]).toEqual(['4\n4\n', '']);
  expect((await fleet.cli('ls --all --json')).json<SessionJson[]>().map(({ grants }) => grants)).toEqual([[], []]);
}, 60_000);

test('a daemon that the user has ended is started by no agent', async () => {
  fleet = await startFleet({ opened: false, settings: SETTINGS });
  install();
  const a = await start('A');
  const { out } = await byAgent(a, 'env');
  const env = Object.fromEntries(out.split('\n').map(line => line.split(/=(.*)/s).slice(0, 2)));
  expect(env.TUTTI_SESSION).toBe(a.id);
  expect((await fleet.cli('daemon stop')).code).toBe(0);
  expect(await fleet.cli('report working', { env })).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(/^The user has ended the daemon of tutti, [^\n]*\n$/),
  });
  expect(fleet.processes().filter(({ what }) => what === 'daemon')).toEqual([]);
  expect(existsSync(join(fleet.home.tutti, 'data/daemon.stopped'))).toBe(true);
  expect((await fleet.cli('ls --all')).code).toBe(0);
  expect(await fleet.cli('report working', { env })).toMatchObject({ code: 0 });
}, 60_000);

test('a tutti with its files elsewhere is another one, and the screens are for people', async () => {
  fleet = await startFleet({ opened: false, settings: SETTINGS });
  install();
  const a = await start('A');
  expect(await byAgent(a, 'export TUTTI_HOME=$HOME/elsewhere; tutti ls --all && tutti daemon stop')).toMatchObject({
    code: 0,
    err: 'No sessions yet. tutti new starts one.\n',
  });
  // In a terminal of its own, as a person who types into a session's program has one.
  const shell = await start('Sh', '--agent', 'shell');
  await fleet.cli(['send', shell.id, '--', 'tutti; echo "code $?"']);
  await fleet.cli(['wait', shell.id, '--timeout', '20']);
  const { stdout } = await fleet.cli(`logs ${shell.id}`);
  expect(stdout.replace(/\s+/g, ' ')).toContain('The screens of tutti are for people');
  expect(stdout).toContain('code 4');
}, 60_000);

test('an agent asks by its own tutti, and a digit in the inbox answers it', async () => {
  fleet = await startStage({ size: [80, 24] });
  install();
  const { terminal } = fleet;
  await spawnByKeys(terminal, 'A', '[[bash tutti ask "Which manager?" npm pnpm >out; echo $? >>out]]');
  await marked(terminal, 'A', '▲');
  terminal.press('a');
  await terminal.see(/ 2 {2}pnpm/u);
  // Dead until it has stood for a moment: a person presses again.
  const isGone = (screen: ScreenView) => !screen.has(/ 2 {2}pnpm/u);
  for (let attempt = 0; attempt < 20 && !isGone(terminal.screen()); attempt++) {
    terminal.press('2');
    await terminal.waitUntil('it is answered', isGone, { within: 750 }).catch(() => {});
  }
  await marked(terminal, 'A', '○');
  expect(readFileSync(await fileOf(fleet, 'A', 'out'), 'utf8')).toBe('pnpm\n0\n');
  const { code, stderr } = await fleet.cli('ask Me?');
  expect([code, stderr]).toEqual([2, "tutti ask is for the agent of a session, and this is no session's program.\n"]);
});
