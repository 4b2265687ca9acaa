import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { HostRecord } from '../../source/protocol/host.ts';
import {
  claimBundle,
  createBundle,
  holdsClaim,
  readBundle,
  removeBundle,
  scanBundles,
  writeHostRecord,
  writeProgramExit,
} from '../../source/system/bundle.ts';
import { tempHome } from './temp-home.ts';

const record: HostRecord = {
  protocol: 1,
  build: '1.0.0-abc',
  session: 'abcdefghij',
  name: 'agent-1',
  role: 'agent',
  argv: ['sh'],
  cwd: '/',
  hostPid: 10,
  hostStart: 'boot/1',
  programPid: 11,
  programStart: 'boot/2',
  startedAt: 5,
  secret: 's',
  runtime: '/runtime',
};

test('a bundle tells what became of its host', () => {
  const paths = { sessions: join(tempHome(), 'sessions') };
  const path = createBundle(paths, 'abcdefghij', 'agent-1');
  expect(readBundle(path)).toEqual({ path, session: 'abcdefghij', name: 'agent-1' });
  expect(claimBundle(path, { pid: 10, start: 'boot/1' })).toBe(true);
  expect(claimBundle(path, { pid: 12, start: 'boot/3' })).toBe(false);
  expect(holdsClaim(path, { pid: 10, start: 'boot/1' })).toBe(true);
  expect(holdsClaim(path, { pid: 10, start: 'boot/2' })).toBe(false);
  writeHostRecord(path, record);
  const exit = { code: 0, signal: undefined, at: 9, lastLines: ['bye'] };
  writeProgramExit(path, exit);
  expect(readBundle(path)).toEqual({
    path,
    session: 'abcdefghij',
    name: 'agent-1',
    claim: { pid: 10, start: 'boot/1' },
    record,
    exit,
  });
  expect(readdirSync(path).toSorted()).toEqual(['claim', 'exit.json', 'host.json']);
});

test('a name is used once', () => {
  const paths = { sessions: join(tempHome(), 'sessions') };
  createBundle(paths, 'abcdefghij', 'agent-1');
  expect(() => createBundle(paths, 'abcdefghij', 'agent-1')).toThrow(
    'The host agent-1 of session abcdefghij was made before; choose the next number.',
  );
});

test('the scan finds every bundle, also half-made and damaged ones, and none that is being removed', () => {
  const paths = { sessions: join(tempHome(), 'sessions') };
  expect(scanBundles(paths)).toEqual([]);
  const whole = createBundle(paths, 'aaaaaaaaaa', 'agent-1');
  writeHostRecord(whole, record);
  const damaged = createBundle(paths, 'aaaaaaaaaa', 'shell-1');
  writeFileSync(join(damaged, 'host.json'), '{"hostPid":');
  createBundle(paths, 'bbbbbbbbbb', 'agent-1');
  mkdirSync(join(paths.sessions, 'cccccccccc'));
  mkdirSync(join(paths.sessions, 'aaaaaaaaaa', 'hosts', '.gone-agent-0'));
  expect(scanBundles(paths).map(({ session, name, record: found }) => [session, name, found?.hostPid])).toEqual([
    ['aaaaaaaaaa', 'agent-1', 10],
    ['aaaaaaaaaa', 'shell-1', undefined],
    ['bbbbbbbbbb', 'agent-1', undefined],
  ]);
  removeBundle(whole);
  removeBundle(whole);
  expect(existsSync(whole)).toBe(false);
  expect(scanBundles(paths)).toHaveLength(2);
});
