import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { realStreams } from '../../source/commands/streams.ts';

test('a message is drawn, never obeyed: what an agent named a file reaches no terminal as a command', () => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const { err } = realStreams({
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    env: {},
    onBrokenPipe: () => {},
    onLost: () => {},
  });
  err('The merge stops at a\x1b]0;owned\x07b\x1b]52;c;b3duZWQ=\x07\x9b2J.\nSecond line.\n');
  expect(`${stderr.read()}`).toBe('The merge stops at ab2J.\nSecond line.\n');
});
