import { readFileSync } from 'node:fs';
import { afterEach, expect, inject, test } from 'vitest';
import { connectHost } from '../../source/client/host-connection.ts';
import { InputSource } from '../../source/protocol/input-frame.ts';
import { hostBundle } from '../../source/system/paths.ts';
import { type Stage, startStage as startDaemonStage } from '../daemon/stage.ts';
import type { Fleet } from '../driver/fleet.ts';
import { hostRoom } from '../host/host-room.ts';
import { marked, spawnByKeys, startStage } from '../scenarios/demo-stage.ts';
import { randomBytes } from '../terminal/generated.ts';

let end: () => Promise<void> = async () => {};
afterEach(async () => {
  await end();
  end = async () => {};
});

const CROWD = 50;
const LINES = 30_000;

test('fifty sessions print at full speed while one is killed: it goes, and every other one has printed all', async () => {
  const stage = await startDaemonStage();
  end = () => stage.end();
  const program = `stty -echo; read go; seq 1 ${LINES}; exec cat`;
  for (let number = 1; number <= CROWD; number++) {
    await stage.create({ title: `Printer ${number}`, agent: agentOf(['/bin/sh', '-c', program]) });
  }
  await stage.eventually('all run', () => (running(stage).length === CROWD ? true : undefined));
  const [victim, ...others] = running(stage);
  if (!victim) throw new Error('nobody runs');
  const before = agentsOf(stage).filter(pid => pid !== victim.pid);
  for (const { id } of [...others, victim]) {
    const { type, close } = await stage.host(id, 'agent-1');
    type('go\n');
    close();
  }
  await stage.request('session/kill', { operation: stage.operation(), session: victim.id });
  await stage.eventually('it is gone', () => (stage.views.has(victim.id) ? undefined : true));
  for (const { id } of others) await hasPrinted(stage, id, `${LINES}`);
  expect(agentsOf(stage)).toEqual(before);
  expect(running(stage)).toHaveLength(CROWD - 1);
}, 300_000);

test('two clients type at once into one pane: every key arrives, once, and in the order of who typed it', async () => {
  const room = hostRoom(`${inject('testBuilds')}/a`);
  const file = `${room.home}/typed`;
  const { bundle } = await room.start({ argv: ['/bin/sh', '-c', `stty raw -echo; echo ready; exec cat > ${file}`] });
  const clients = await Promise.all(['a', 'b'].map(client => room.connect(bundle, { client })));
  await seen(() => clients[0]?.request('screen/read', { scrollback: 0 }), 'ready');
  const keys = 3_000;
  const word = (client: number, key: number) => `${'ab'[client]}${key};`;
  for (let key = 0; key < keys; key++) {
    for (const [client, link] of clients.entries()) link.input(Buffer.from(word(client, key)), InputSource.keys);
    // So that both are under way at once, and not one behind the other.
    if (key % 100 === 0) await clients[key % 2]?.request('event/watch', null);
  }
  const length = clients.reduce((sum, _, client) => sum + wordsOf(client).length, 0);
  for (;;) {
    // An answer of the host after each look: the file is written by a process that tells nobody.
    await clients[0]?.request('event/watch', null);
    if (readFileSync(file).length >= length) break;
  }
  const typed = readFileSync(file, 'latin1').match(/[^;]*;/g) ?? [];
  for (const [client, name] of ['a', 'b'].entries()) {
    expect(typed.filter(each => each.startsWith(name)).join('')).toBe(wordsOf(client));
  }

  function wordsOf(client: number): string {
    return Array.from({ length: keys }, (_, key) => word(client, key)).join('');
  }
});

test('resized three hundred times while a pane is flooded: the screen is that of one that was never resized', async () => {
  const fleet: Fleet = await startStage({ size: [100, 30] });
  end = () => fleet.end();
  const { terminal } = fleet;
  await spawnByKeys(terminal, 'Flooded', '[[flood 4000]] [[say flooded]]');
  const sizes = randomBytes(300, 600);
  for (let turn = 0; turn < 300; turn++) {
    const [wide = 0, high = 0] = sizes.subarray(turn * 2);
    terminal.resize(1 + wide, 1 + (high % 80));
  }
  terminal.resize(100, 30);
  await marked(terminal, 'Flooded', '○', 60_000);
  await terminal.see('● flooded');
  // Nothing tells when the last change of size has come to rest in the pane: both screens come to the same.
  const fresh = fleet.open({ size: [100, 30] });
  await fresh.see('● flooded');
  // A blank cell that was written looks like one that was not.
  const withoutAges = (lines: readonly string[]) => lines.map(line => line.replace(/ *\d+[smh] +/g, ' ').trimEnd());
  await terminal.waitUntil('both show the same', ({ lines }) => {
    const [mine, theirs] = [withoutAges(lines), withoutAges(fresh.screen().lines)];
    return mine.every((line, row) => line === theirs[row]);
  });
  terminal.press('q');
  expect(await terminal.ended).toBe(0);
  expect(terminal.modes()).toMatchObject({ alternateScreen: false, cursorVisible: true });
});

function agentOf(command: readonly string[]) {
  return { kind: 'command', command, permissionMode: undefined, model: undefined, extra: [] };
}

function running(stage: Stage): readonly { readonly id: string; readonly pid: number }[] {
  return [...stage.views.values()].flatMap(({ session }) =>
    session.host.state === 'running' ? [{ id: session.id, pid: session.host.programPid }] : [],
  );
}

function agentsOf(stage: Stage): readonly number[] {
  return running(stage)
    .map(({ pid }) => pid)
    .filter(pid => stage.processes().some(process => process.pid === pid))
    .sort((a, b) => a - b);
}

/** Its last row, asked of its host. */
async function hasPrinted(stage: Stage, session: string, text: string): Promise<void> {
  const { paths, system } = stage;
  const bundle = hostBundle(paths, session, 'agent-1');
  const link = await connectHost({ bundle, paths, system, client: 'storm', kind: 'test', build: 'test' });
  await seen(() => link.request('screen/read', { scrollback: 0 }), text);
  link.close();
}

/** Looks again and again; each look waits for the host. */
async function seen(
  look: () => Promise<{ readonly lines: readonly string[] }> | undefined,
  text: string,
): Promise<void> {
  for (;;) {
    const { lines } = (await look()) ?? { lines: [] };
    if (lines.some(line => line.trim() === text)) return;
  }
}
