import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';

const UUID = '0190d0b0-1111-4222-8333-444455556666';

/** What a start is asked with, where nothing is chosen. */
const start = {
  program: '/bin/agent',
  permissionMode: undefined,
  model: undefined,
  extra: [],
  uuid: UUID,
  cwd: '/tree',
};

test('cursor-agent makes a chat before its start, whose id is read in what it prints', () => {
  const { makes } = agentOf('cursor-agent').start({
    ...start,
    command: ['/bin/wrap', 'cursor-agent'],
    prompt: 'go on',
  });
  expect(makes?.argv('')).toEqual(['/bin/wrap', 'cursor-agent', 'create-chat']);
  expect([`${UUID}\n`, `Created chat ${UUID}.`, 'Not logged in', ''].map(output => makes?.read(output))).toEqual([
    UUID,
    UUID,
    undefined,
    undefined,
  ]);
});

test('gemini copies the record of the one that it forks, and goes on with its copy where it has made it', () => {
  const argv = (copies?: string) =>
    agentOf('gemini')
      .fork?.({ ...start, copies, prompt: undefined, conversation: 'c1' })
      .argv.slice(3);
  expect([argv('/other/record.jsonl'), argv()]).toEqual([
    ['--session-file', '/other/record.jsonl'],
    ['--resume', 'latest'],
  ]);
});
