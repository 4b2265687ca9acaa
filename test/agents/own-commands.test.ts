import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { firstPrompt } from '../../source/session/history.ts';
import { RECORDS, read, readRows, temporary } from './read-records.ts';

test('what a reader does not know, and what claude says to itself, are no turns', async () => {
  const folder = temporary();
  const path = join(folder, RECORDS[0].path);
  mkdirSync(dirname(path), { recursive: true });
  const rows = [
    { type: 'user' },
    { type: 'assistant', message: { content: 'no list' } },
    user('Caveat: …', { isMeta: true }),
    user('of a sub-agent', { isSidechain: true }),
    user('<task-notification>over</task-notification>'),
    ...ownCommand('/model', 'sonnet'),
    {
      type: 'assistant',
      message: { model: '<synthetic>', content: [{ type: 'text', text: 'No response requested.' }] },
    },
    user('<bash-input>git status</bash-input>'),
    user('<bash-stdout>clean</bash-stdout><bash-stderr></bash-stderr>'),
    user(commandPrompt('review', 'all of it')),
    user(commandPrompt('init')),
    user('\n<pasted_content id="5e32">\na\nb\n</pasted_content id="5e32">\n'),
    { type: 'attachment', attachment: { type: 'queued_command', prompt: 'while it worked' } },
  ];
  writeFileSync(path, `${rows.map(row => JSON.stringify(row)).join('\n')}\n[1]\nno JSON, "type":"user"\n`);
  expect((await read('claude', folder)).turns.map(({ prompt }) => prompt)).toEqual([
    '/review all of it',
    '/init',
    'a\nb',
    'while it worked',
  ]);
});

test('a command by ! begins a turn only where claude asks its model about what was printed', async () => {
  const rows = [
    user('first'),
    assistant('One.'),
    user('<bash-input>git log\ngit status</bash-input>'),
    user('<bash-stdout>clean</bash-stdout><bash-stderr></bash-stderr>', { turnOrigin: 'human' }),
    assistant('It is clean.'),
    ...ownCommand('/compact', ''),
  ];
  const { turns } = await readRows('claude', RECORDS[0].path, rows);
  expect(turns.map(({ prompt, said }) => [prompt, said])).toEqual([
    ['first', 'One.'],
    ['!git log\ngit status', 'It is clean.'],
  ]);
  expect(firstPrompt(turns.slice(1))).toBeUndefined();
});

test('what the person runs by ! in codex is no turn, and ends none that goes on', async () => {
  const event = (type: string, turn: string, more = {}) => ({
    type: 'event_msg',
    payload: { type, turn_id: turn, ...more },
  });
  const shell = { item: { type: 'CommandExecution', command: ['/bin/bash', '-lc', 'ls'], source: 'user_shell' } };
  const asked = { item: { type: 'UserMessage', content: [{ type: 'text', text: 'first' }] } };
  const begun = [
    event('item_completed', 't1', shell),
    event('task_complete', 't1'),
    event('item_completed', 't2', asked),
    event('item_completed', 't3', shell),
    event('task_complete', 't3'),
  ];
  const of = async (...rows: readonly object[]) =>
    (await readRows('codex', RECORDS[1].path, rows)).turns.map(({ prompt, toolCount, end }) => [
      prompt,
      toolCount,
      end,
    ]);
  expect(await of(...begun)).toEqual([['first', 0, undefined]]);
  expect(await of(...begun, event('item_completed', 't2', shell), event('task_complete', 't2'))).toEqual([
    ['first', 0, 'done'],
  ]);
});

test('what gemini tells its model of a command by ! is no prompt', async () => {
  const said = (id: string, content: string) => ({ id, type: 'user', content: [{ text: content }] });
  const shell =
    'I ran the following shell command:\n```sh\nls\n```\n\nThis produced the following result:\n```\na\n```';
  const { turns } = await readRows('gemini', RECORDS[2].path, [said('1', shell), said('2', 'first')]);
  expect(turns.map(({ prompt }) => prompt)).toEqual(['first']);
});

function user(content: unknown, more = {}) {
  return { type: 'user', message: { role: 'user', content }, ...more };
}

function assistant(said: string) {
  return { type: 'assistant', message: { model: 'claude-sonnet-5', content: [{ type: 'text', text: said }] } };
}

/** As claude 2.1.330 writes down what it does by itself, the model unasked. */
function ownCommand(name: string, args: string) {
  const tags = [
    `<command-name>${name}</command-name>`,
    `<command-message>${name.slice(1)}</command-message>`,
    `<command-args>${args}</command-args>`,
  ];
  return [
    user('<local-command-caveat>The command below was run directly</local-command-caveat>', { isMeta: true }),
    user(tags.join('\n            ')),
    user('<local-command-stdout>Set</local-command-stdout>'),
  ];
}

/** The same of one that is a prompt. */
function commandPrompt(name: string, args?: string): string {
  const tags = [`<command-message>${name}</command-message>`, `<command-name>/${name}</command-name>`];
  return [...tags, ...(args === undefined ? [] : [`<command-args>${args}</command-args>`])].join('\n');
}
