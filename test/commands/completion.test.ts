import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../source/commands/table.ts';
import { fleetOf, runFake, viewOf } from './fake-context.ts';

const has = (program: string) => spawnSync(program, ['-c', 'exit 0']).status === 0;

const script = async (shell: string) => (await runFake(['completion', shell])).out;

/** What bash offers for the last word of a line; `tutti completion sessions` is played. */
function offered(completion: string, line: string): readonly string[] {
  const words = line.split(' ');
  const quoted = words.map(word => `'${word}'`).join(' ');
  const program = `
    tutti() { [ "$*" = 'completion sessions' ] && printf '0a1b2c7k2m\\tFix the cart\\n0a1b2d9xw1\\tOther\\n'; }
    ${completion}
    COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}
    _tutti
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', program], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\n').filter(Boolean);
}

describe.skipIf(!has('bash'))('in bash', () => {
  test.each([
    ['tutti re', ['report', 'resume', 'restart', 'rename']],
    ['tutti ls --', ['--help', '--all', '--json']],
    ['tutti kill 0a1b2c', ['0a1b2c7k2m']],
    ['tutti kill one 0', ['0a1b2c7k2m', '0a1b2d9xw1']],
    ['tutti ls 0', []],
    ['tutti nope x', []],
    ['tutti daemon st', ['status', 'stop']],
    ['tutti completion ', ['bash', 'zsh', 'fish', '--help']],
  ])('%s', async (line, expected) => {
    expect(offered(await script('bash'), line)).toEqual(expected);
  });
});

test.each(['bash', 'zsh', 'fish'])('every command and every option is known to %s', async shell => {
  const text = await script(shell);
  for (const load of Object.values(COMMANDS)) {
    const { name, options } = await load();
    expect(text).toMatch(new RegExp(`\\b${name}\\b`));
    for (const option of Object.keys(options))
      expect(text).toContain(shell === 'fish' ? `-l ${option}` : `--${option}`);
  }
  if (has(shell))
    expect(spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

test('words that an argument takes are known to zsh and fish too', async () => {
  const [zsh, fish] = [await script('zsh'), await script('fish')];
  expect(zsh).toMatch(/^ {4}daemon\) .*; choices=\(status stop\) ;;$/m);
  expect(zsh).toContain("_describe 'argument' choices");
  expect(fish).toContain("complete -c tutti -n '__fish_seen_subcommand_from daemon' -f -a 'status stop'\n");
});

test.each([
  ['daemon', 'status or stop'],
  ['completion', 'bash, zsh or fish'],
  ['rename', '<session> <title>'],
])('tutti %s alone says what it needs', async (verb, needed) => {
  const err = `tutti ${verb}: it needs ${needed}. See tutti ${verb} --help.\n`;
  expect(await runFake([verb])).toMatchObject({ code: 2, err });
});

test('what zsh reads into is its own: id and title of the user stay as they are', async () => {
  const text = await script('zsh');
  const own = [...text.matchAll(/^ *local (?:-a )?(.*)$/gm)].flatMap(([, words = '']) =>
    words.split(' ').map(word => word.replace(/=.*/, '')),
  );
  const read = [...text.matchAll(/read -r ([a-z ]+);/g)].flatMap(([, words = '']) => words.split(' '));
  expect(read).toEqual(['id', 'title']);
  expect(own).toEqual(expect.arrayContaining(read));
});

test('sessions: id and title of each, without escapes of others; nothing where no daemon runs', async () => {
  const view = viewOf({ session: { title: 'Fix \x1b[31mthe cart' } });
  const running = await runFake(['completion', 'sessions'], { answers: { 'fleet/list': fleetOf(view) } });
  expect(running.out).toBe('0a1b2c7k2m\tFix the cart\n');
  expect(await runFake(['completion', 'sessions'], { running: false })).toMatchObject({ code: 0, out: '', err: '' });
});

test('a shell that it does not know is a usage error', async () => {
  expect(await runFake(['completion', 'tcsh'])).toMatchObject({
    code: 2,
    err: 'tutti completion: it knows bash, zsh, fish and sessions, not tcsh. See tutti completion --help.\n',
  });
});
