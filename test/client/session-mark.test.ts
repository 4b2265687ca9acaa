import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectDaemon } from '../../source/client/daemon-connection.ts';
import { listen } from '../../source/daemon/server.ts';
import { markIn, markVariables, withoutMark } from '../../source/protocol/session-mark.ts';
import { daemonDial } from '../../source/system/daemon-dial.ts';
import { homeName, paths } from '../../source/system/paths.ts';
import { realSystem } from '../../source/system/system.ts';

const MARK = { id: 'ngmknk0pcr', pass: 'home.proof' };

test('a mark is found by its pass, and one of a tutti elsewhere is none', () => {
  expect(markIn(markVariables(MARK), 'home')).toEqual(MARK);
  expect(markIn(markVariables(MARK), 'elsewhere')).toBeUndefined();
  expect(markIn({ HOME: '/h', TUTTI_SESSION: '', TUTTI_PASS: '' }, 'home')).toBeUndefined();
  // Half of one is one that the daemon refuses.
  expect(markIn({ TUTTI_SESSION: MARK.id }, 'home')).toEqual({ ...MARK, pass: '' });
  expect(markIn({ TUTTI_PASS: MARK.pass }, 'home')).toEqual({ ...MARK, id: '' });
  expect(withoutMark({ ...markVariables(MARK), HOME: '/h' })).toEqual({ HOME: '/h' });
});

/** A daemon that answers nothing, and a client of a newer build that a session has started. */
async function room(capabilities: readonly string[]) {
  const home = mkdtempSync(join(tmpdir(), 'tutti-mark-'));
  const system = { ...realSystem(), env: { TUTTI_HOME: home }, home };
  const at = paths(system);
  mkdirSync(at.data, { mode: 0o700 });
  writeFileSync(at.daemonSecret, 's', { mode: 0o600 });
  const said: unknown[] = [];
  const server = await listen({
    path: daemonDial(at, system),
    secret: 's',
    welcome: () => ({ protocol: 1, build: '0.0.1-old', capabilities }),
    startOf: mark => {
      said.push(mark);
      return { session: MARK.id, host: 'agent-1' };
    },
    answer: method => {
      said.push(method);
      return { startedAt: 0 };
    },
    onArrived: () => {},
    onLeft: () => {},
    onLost: () => {},
  });
  onTestFinished(async () => {
    await server.close();
    for (const path of [home, at.link]) rmSync(path, { recursive: true, force: true });
  });
  const mark = { id: MARK.id, pass: `${homeName(at)}.proof` };
  const connecting = connectDaemon({
    system: { ...system, env: { ...system.env, ...markVariables(mark) } },
    paths: at,
    kind: 'command',
    build: '99.0.0-new',
    program: () => ({ argv: ['nothing'], env: {}, builtAt: Number.POSITIVE_INFINITY }),
  });
  return { connecting, said, mark };
}

test('a session’s client says whose it is, and ends no daemon for being older', async () => {
  const { connecting, said, mark } = await room(['rights']);
  const client = await connecting;
  await client.request('daemon/status', null);
  client.close();
  expect(said).toEqual([mark, 'daemon/status']);
});

test('a daemon that knows no rights would take a session for the person: it is asked nothing', async () => {
  const { connecting, said, mark } = await room([]);
  await expect(connecting).rejects.toThrow('knows no rights of sessions: the user has to start the newer tutti');
  expect(said).toEqual([mark]);
});
