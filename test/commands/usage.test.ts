import { expect, test } from 'vitest';
import { JSON_OF } from '../../source/commands/json-docs.ts';
import { COMMANDS } from '../../source/commands/table.ts';
import { runFake } from './fake-context.ts';

test.each([
  ['nope', 'tutti has no command "nope", and there is no folder of that name. See tutti --help.'],
  ['--nope', 'tutti has no option --nope. See tutti --help.'],
  ['help nope', 'tutti has no command "nope", and there is no folder of that name. See tutti --help.'],
  ['/tmp /tmp', 'tutti opens one folder, not also /tmp. See tutti --help.'],
  ['ls extra', 'tutti ls: it does not know extra. See tutti ls --help.'],
  ['ls --al', 'tutti ls: it does not know --al. See tutti ls --help.'],
  ['ls --bogus=3 -x', 'tutti ls: it does not know --bogus, -x. See tutti ls --help.'],
  ['ls --dry-run', 'tutti ls: it does not know --dry-run. See tutti ls --help.'],
  ['wait', 'tutti wait: it needs <sessions..>. See tutti wait --help.'],
  [
    'rename a -x',
    'tutti rename: it does not know -x; what begins with a dash comes after --. See tutti rename --help.',
  ],
  ['new -dash', 'tutti new: it does not know -dash; what begins with a dash comes after --. See tutti new --help.'],
  ['rename a', 'tutti rename: it needs <session> <title>. See tutti rename --help.'],
  ['wait a --timeout abc', 'tutti wait: --timeout takes a whole number above 0. See tutti wait --help.'],
  ['wait a --timeout', 'tutti wait: --timeout needs a value. See tutti wait --help.'],
  [
    'wait a --for happy',
    'tutti wait: "happy" is no status. Statuses are needs-you, failed, stalled, ready, changes-requested, queued, preparing, working, checking, merging, idle, unknown, snoozed, paused, exited, merged, archived.',
  ],
  ['run x --check a --check b', 'tutti run: --check may be given once. See tutti run --help.'],
  ['run', 'tutti run: it needs a goal. See tutti run --help.'],
  ['resume a --onto x', 'tutti resume: --onto takes one of "branch", "own", not "x". See tutti resume --help.'],
  ['new', 'tutti new: it needs a title or a --prompt. See tutti new --help.'],
  ['new a --on b --base c', 'tutti new: --on takes a branch that is there, so --branch and --base do not go with it.'],
  ['kill', 'tutti kill: it needs sessions, or --all. See tutti kill --help.'],
  ['kill a --all', 'tutti kill: it needs sessions, or --all. See tutti kill --help.'],
  ['send a', 'tutti send: there is no text. See tutti send --help.'],
  ['push a --commit beef --message x', 'tutti push: --commit takes what is there, so --message does not go with it.'],
  ['daemon restart', 'tutti daemon: it knows status and stop, not restart. See tutti daemon --help.'],
])('what is not understood is said in one sentence, exit code 2: tutti %s', async (line, sentence) => {
  const { code, out, err, asked } = await runFake(line.split(' '));
  expect({ code, out, err, asked }).toEqual({ code: 2, out: '', err: `${sentence}\n`, asked: [] });
});

test.each(Object.keys(COMMANDS))('tutti %s --help tells what it does, with an example', async name => {
  const { code, out, err } = await runFake([name, '--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(new RegExp(`^tutti ${name}\\b`));
  expect(out).toMatch(new RegExp(`\nFor example:\n.*tutti ${name}\\b`));
  expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(130);
  expect((await runFake(['help', name])).out).toBe(out);
});

test('the positionals of every command are explained, in their order', async () => {
  for (const load of Object.values(COMMANDS)) {
    const command = await load();
    const words = [...command.positionals.matchAll(/\w+/g)].map(match => match[0]);
    expect(Object.keys(command.arguments), command.name).toEqual(words);
    for (const option of Object.values(command.options)) expect(option.describe, command.name).toBeTruthy();
  }
});

test('what --json prints is told of every command that has it', async () => {
  const commands = await Promise.all(Object.values(COMMANDS).map(load => load()));
  const withJson = commands.filter(({ options }) => 'json' in options).map(({ name }) => name);
  expect(Object.keys(JSON_OF)).toEqual(withJson);
});

test('the help of all names every command', async () => {
  const { out } = await runFake(['--help']);
  for (const name of Object.keys(COMMANDS)) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
});

test('--help behind -- is text', async () => {
  const { asked } = await runFake(['send', 'a', '--', '--help'], {});
  expect(asked).toEqual([['prompt/send', { operation: 'operation-1', session: 'a', text: '--help' }]]);
});

test('without a command the fleet is opened, on the folder that is named', async () => {
  expect(await runFake([], { isTerminal: true })).toMatchObject({ code: 0, out: 'fleet of /home/anna/shop\n' });
  expect(await runFake(['/'], { isTerminal: true })).toMatchObject({ code: 0, out: 'fleet of /\n' });
  expect(await runFake([])).toMatchObject({
    code: 5,
    err: 'The screen of tutti needs a terminal; tutti --help lists the commands for scripts.\n',
  });
});

test('a bug says so, with its stack', async () => {
  const { code, err } = await runFake(['ls']);
  expect(code).toBe(1);
  expect(err).toMatch(/^the test answers no fleet\/list\.\n.*at /s);
});
