import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { listAgents } from '../../source/daemon/agent-offers.ts';
import { DEFAULT_SETTINGS } from '../../source/store/settings-defaults.ts';
import { askProgram } from '../../source/system/ask-program.ts';
import { untilGone } from '../driver/leftovers.ts';
import { processesOf } from '../driver/processes.ts';
import { fileAppears } from './file-appears.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tutti-offers-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

function program(name: string, script: string): string {
  const path = join(root, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

const offered = async (waitMs: number) => {
  const offers = await listAgents({ env: { PATH: root }, settings: DEFAULT_SETTINGS, waitMs });
  return offers.filter(({ kind }) => kind === 'gemini').map(({ installed, version }) => ({ installed, version }));
};

test('an agent that is slow to tell its version is offered without it, and with it the next time', async () => {
  const gate = join(root, 'gate');
  execFileSync('mkfifo', [gate]);
  program('gemini', `read line <'${gate}'; echo 0.61.0`);
  expect(await offered(1)).toEqual([{ installed: true, version: undefined }]);
  writeFileSync(gate, 'go\n');
  expect(await offered(20_000)).toEqual([{ installed: true, version: '0.61.0' }]);
});

test('one that failed to tell its version is asked again', async () => {
  program('gemini', `[ -e '${root}/well' ] && echo 0.61.0`);
  expect(await offered(20_000)).toEqual([{ installed: true, version: undefined }]);
  writeFileSync(join(root, 'well'), '');
  expect(await offered(20_000)).toEqual([{ installed: true, version: '0.61.0' }]);
});

test('a program that takes too long is ended with what it started', async () => {
  const child = join(root, 'child');
  const path = program('gemini', `/bin/sh -c 'echo $$ >"${child}"; exec sleep 1000' & wait`);
  const env = { PATH: process.env.PATH ?? '', HOME: root };
  const asked = askProgram({ program: path, args: [], env, limitMs: 1000 });
  await fileAppears(child);
  expect(await asked).toBeUndefined();
  await untilGone('nothing of it is left', () => processesOf(root));
});
