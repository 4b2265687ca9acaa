import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { localCheck } from '../../source/runners/local.ts';

/** With a standard input that stays open, as a terminal does: who reads it waits for ever. */
function run(command: string): Promise<{ readonly output: string; readonly code: number | null }> {
  const { argv, env } = localCheck(command, { PATH: process.env.PATH ?? '', MARK: 'kept' });
  const [program, ...args] = argv;
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', chunk => {
    output += chunk;
  });
  return new Promise(resolve =>
    child.once('close', code => {
      child.stdin.destroy();
      resolve({ output, code });
    }),
  );
}

test.each([
  ['echo one; echo two', 'one\ntwo\n'],
  [`printf '%s' "it's $MARK, $CI"`, "it's kept, 1"],
  ['cat; echo nothing to read', 'nothing to read\n'],
  ['echo "$0 $#"', '/bin/sh 0\n'],
])('%s', async (command, output) => {
  expect(await run(command)).toEqual({ output, code: 0 });
});

test('its exit code is that of the command', async () => {
  expect(await run('exit 7')).toEqual({ output: '', code: 7 });
});
