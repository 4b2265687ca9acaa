import { closeSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram } from '../../source/host/find-program.ts';
import { parseParams, readParamsLine } from '../../source/host/read-params.ts';
import { tempHome } from '../system/temp-home.ts';

function read(content: string | Buffer): string | undefined {
  const path = join(tempHome(), 'stdin');
  writeFileSync(path, content);
  const file = openSync(path, 'r');
  try {
    return readParamsLine(file);
  } finally {
    closeSync(file);
  }
}

test('a line of parameters is read whole or not at all', () => {
  const long = JSON.stringify({ env: 'é'.repeat(300_000) });
  expect(read(`${long}\nmore`)).toBe(long);
  expect(read(long)).toBeUndefined();
  expect(read('')).toBeUndefined();
  expect(read('\n')).toBe('');
});

const params = {
  protocol: 1,
  session: 'aaaaaaaaaa',
  name: 'agent-1',
  bundle: '/b',
  socket: '/s',
  secret: 'x',
  cwd: '/',
  argv: ['sh'],
  env: { A: 'b' },
  columns: 80,
  rows: 24,
};

test.each<[object, string]>([
  [{ protocol: 0 }, 'the protocol 0 is not spoken here'],
  [{ protocol: undefined }, 'the protocol undefined is not spoken here'],
  [{ secret: '' }, 'secret is missing'],
  [{ argv: [] }, 'argv is empty'],
  [{ argv: ['sh', 'a\0b'] }, 'a string holds a zero character'],
  [{ env: { A: 'b\0c' } }, 'a string holds a zero character'],
  [{ columns: 0 }, 'the size is 0x24'],
  [{ rows: 1.5 }, 'the size is 80x1.5'],
])('parameters with %j are refused: %s', (wrong, why) => {
  expect(() => parseParams(JSON.stringify({ ...params, ...wrong }))).toThrow(
    `The parameters of a host are wrong: ${why}.`,
  );
});

test('good parameters pass, also with fields that only a newer build knows', () => {
  const newer = { ...params, protocol: 7, moon: 'full' };
  expect(parseParams(JSON.stringify(newer))).toEqual(newer);
  expect(() => parseParams('{')).toThrow('The parameters of a host are not JSON.');
  expect(() => parseParams('null')).toThrow('they are no object');
});

test('a program is found as its own PATH says, or the reason why not', () => {
  const cwd = tempHome();
  const bin = join(cwd, 'bin');
  mkdirSync(bin);
  mkdirSync(join(bin, 'folder'));
  writeFileSync(join(bin, 'agent'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(bin, 'text'), '', { mode: 0o644 });
  symlinkSync('agent', join(bin, 'link'));
  const find = (program: string, PATH = `/nowhere:${bin}`, at = cwd) =>
    findProgram({ program, cwd: at, env: { PATH } });
  expect(find('agent')).toBe(join(bin, 'agent'));
  expect(find('link')).toBe(join(bin, 'link'));
  expect(find('./bin/agent')).toBe(join(cwd, 'bin/agent'));
  expect(find(join(bin, 'agent'), '')).toBe(join(bin, 'agent'));
  for (const not of ['text', 'folder', 'missing']) {
    expect(() => find(not)).toThrow(
      `${not} can't be started, because it is not on the PATH; install it or add its folder.`,
    );
  }
  expect(() => find('/no/such')).toThrow("/no/such can't be started, because there is no program of that name.");
  expect(() => find('agent', bin, '/gone')).toThrow(
    "agent can't be started, because its directory /gone is not there.",
  );
});
