import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { agentFolder } from '../../source/system/paths.ts';
import { git } from '../driver/repository.ts';
import { fileAppears } from './file-appears.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

/** Started as `kind`, it writes its arguments to a file and stays. */
async function startAs(kind: string) {
  const told = join(stage.home.scratch, `${kind}-told`);
  const script = `printf '%s\\n' "$@" > ${told}.part && mv ${told}.part ${told}; exec sleep 1000`;
  const agent = {
    kind,
    command: ['/bin/sh', '-c', script, 'sh'],
    permissionMode: undefined,
    model: undefined,
    extra: [],
  };
  const { session } = await stage.create({ title: kind, agent });
  await fileAppears(told);
  return { session, argv: readFileSync(told, 'utf8').trimEnd().split('\n') };
}

test('what an agent keeps of its own lies in a folder of the session, and nothing of it in the worktree', async () => {
  stage = await startStage();
  const { session, argv } = await startAs('qwen');
  const folder = agentFolder(stage.paths, session.id);
  expect(argv).toEqual(['--approval-mode', 'default', '--session-id', session.conversation]);
  const { hooks } = JSON.parse(readFileSync(join(folder, 'qwen-defaults.json'), 'utf8'));
  expect(hooks.Stop[0].hooks[0].command).toMatch(/hooks\/report' Stop$/u);
  expect(git(stage.home, session.worktree, ['status', '--porcelain', '--ignored'])).toBe('');
  const crush = await startAs('crush');
  expect(crush.argv).toEqual(['--data-dir', agentFolder(stage.paths, crush.session.id)]);
});
