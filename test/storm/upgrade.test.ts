import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { countReceipts, gone, marked, select, sessionsOf, spawnByKeys, startStage } from '../scenarios/demo-stage.ts';

// As long as in the quick suite: no walk of the storm.
vi.setConfig({ testTimeout: 30_000 });

let fleet: Fleet;
afterEach(() => fleet?.end());

interface Status {
  readonly build: string;
  readonly hosts: readonly { readonly session: string; readonly build: string }[];
}

const status = async () => (await fleet.cli('daemon status --json')).json<Status>();
const pids: Fleet['pids'] = what => fleet.pids(what);

test('upgraded while the screen is open: it goes on, and no agent notices', async () => {
  fleet = await startStage({ size: [100, 30] });
  const open = fleet.terminal;
  await spawnByKeys(open, 'Old', '[[say from the old build]]');
  await marked(open, 'Old', '○');
  const before = { agents: pids('agent'), hosts: pids('host'), daemons: pids('daemon') };
  const old = (await status()).build;

  fleet.build = 'b';
  // The first command of the newer build replaces the daemon.
  expect((await sessionsOf(fleet)).map(session => session.title)).toEqual(['Old']);
  expect((await status()).build).not.toBe(old);
  expect(pids('daemon')).not.toEqual(before.daemons);
  expect({ agents: pids('agent'), hosts: pids('host') }).toEqual({ agents: before.agents, hosts: before.hosts });

  // The screen of the older build is served by the newer daemon, and does not take it back.
  await prompt(open, 'Old', '[[say still here]]');
  await open.see('● still here');
  await spawnByKeys(open, 'Newer', '[[say from the new build]]');
  await marked(open, 'Newer', '○');
  expect((await status()).build).not.toBe(old);
  open.press('q');
  expect(await open.ended).toBe(0);
  await servesOld(fleet.open());
  expect(pids('agent')).toEqual(expect.arrayContaining(before.agents.filter(pid => !killed.includes(pid))));
}, 60_000);

test.each(['ended in peace', 'killed'])(
  'upgraded while all is closed, the daemon %s: the next screen shows the fleet as it is',
  async end => {
    fleet = await startStage({ size: [100, 30] });
    await spawnByKeys(fleet.terminal, 'Old', '[[say from the old build]]');
    await marked(fleet.terminal, 'Old', '○');
    fleet.press('q');
    expect(await fleet.terminal.ended).toBe(0);
    if (end === 'killed') await fleet.kill('daemon');
    else expect((await fleet.cli('daemon stop')).code).toBe(0);
    const before = pids('agent');
    fleet.build = 'b';
    const next = fleet.open();
    await marked(next, 'Old', '○');
    expect(pids('agent')).toEqual(before);
    await servesOld(next);
  },
  60_000,
);

test('a command of the older build uses the newer daemon, and does not replace it', async () => {
  fleet = await startStage({ opened: false, build: 'b' });
  const id = (await fleet.cli(['new', 'New', '--agent', 'demo', '--prompt', '[[say new]]'])).stdout.trim();
  expect((await fleet.cli(['wait', id])).code).toBe(0);
  const daemons = pids('daemon');
  fleet.build = 'a';
  expect((await fleet.cli(['send', id, '[[say asked by the old]]', '--wait'])).code).toBe(0);
  expect((await fleet.cli(['wait', id])).code).toBe(0);
  expect((await fleet.cli(['screen', id])).stdout).toContain('● asked by the old');
  expect(pids('daemon')).toEqual(daemons);
});

let killed: readonly number[] = [];

/** A host of the older build is watched, typed to, prompted, killed and undone from the newer screen. */
async function servesOld(terminal: UserTerminal): Promise<void> {
  await select(terminal, 'Old');
  await terminal.see('● from the old build');
  terminal.press('enter');
  await terminal.see('keys go to demo');
  terminal.type('[[say typed over builds]]\n');
  await terminal.see('● typed over builds');
  terminal.press('ctrl-q');
  await terminal.see('? help');
  await prompt(terminal, 'Old', '[[say prompted over builds]]');
  await terminal.see('● prompted over builds');
  const receipts = readFileSync(fleet.home.receipts, 'utf8');
  for (const text of ['typed over builds', 'prompted over builds']) expect(countReceipts(receipts, text)).toBe(1);

  const before = pids('agent');
  terminal.press('D');
  await terminal.see('── Kill "Old"? ─');
  terminal.press('y');
  await gone(terminal, 'Old');
  terminal.press('u');
  await marked(terminal, 'Old', '○');
  killed = before.filter(pid => !pids('agent').includes(pid));
  expect(killed).toHaveLength(1);
  // Its new host is of the newer build.
  const [record] = (await sessionsOf(fleet)).filter(session => session.title === 'Old');
  const hosts = join(fleet.home.tutti, 'data/sessions', record?.id ?? '', 'hosts');
  const newest = readdirSync(hosts).sort().at(-1) ?? '';
  expect(JSON.parse(readFileSync(join(hosts, newest, 'host.json'), 'utf8')).runtime).toMatch(/-next-/);
}

async function prompt(terminal: UserTerminal, title: string, text: string): Promise<void> {
  await select(terminal, title);
  terminal.press('i');
  await terminal.see('── Prompt to');
  terminal.type(`${text}\n`);
  await terminal.miss('── Prompt to');
}
