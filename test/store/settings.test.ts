import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import { readSettings, worktreesFolder } from '../../source/store/settings.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../source/store/settings-defaults.ts';
import { settingsSchema } from '../../source/store/settings-schema.ts';

let config: string;
beforeEach(() => {
  config = mkdtempSync(join(tmpdir(), 'tutti-settings-'));
});
afterEach(() => rmSync(config, { recursive: true, force: true }));

const at = () => ({ config, state: join(config, 'state') });
const file = () => join(config, 'settings.json');
const write = (content: unknown) =>
  writeFileSync(file(), typeof content === 'string' ? content : JSON.stringify(content));
const wrong = (rest: string) => `The settings file ${file()} ${rest}`;

const mine = (own: object) => ({ agents: { mine: { command: ['x'], ...own } } });

test('without a file the defaults hold, and they are those of the schema', async () => {
  expect(await readSettings(at())).toBe(DEFAULT_SETTINGS);
  expect(settingsSchema.parse({})).toEqual(DEFAULT_SETTINGS);
  expectTypeOf<Omit<z.output<typeof settingsSchema>, '$schema'>>().toMatchTypeOf<Settings>();
  expectTypeOf<Settings>().toMatchTypeOf<Omit<z.output<typeof settingsSchema>, '$schema'>>();
});

test('a byte order mark at the beginning is none of its content', async () => {
  write(`\uFEFF${JSON.stringify({ branchPrefix: 'me/' })}`);
  expect((await readSettings(at())).branchPrefix).toBe('me/');
});

test('what is set is taken, the rest keeps its default', async () => {
  write({
    $schema: 'x',
    branchPrefix: 'anna/',
    agents: { mine: { command: ['aider', '-x'] }, claude: { permissionMode: 'plan' } },
    runs: { check: 'npm test' },
    theme: { colours: { accent: '#ff8800', failed: 'redBright' } },
  });
  expect(await readSettings(at())).toEqual({
    ...DEFAULT_SETTINGS,
    branchPrefix: 'anna/',
    agents: { mine: { command: ['aider', '-x'] }, claude: { permissionMode: 'plan' } },
    runs: { ...DEFAULT_SETTINGS.runs, check: 'npm test' },
    theme: { background: 'auto', colours: { accent: '#ff8800', failed: 'redBright' } },
  });
});

test('what is wrong in a profile is said without a value of it', async () => {
  const said = async (profile: object) => {
    write({ profiles: { work: profile } });
    return String(await readSettings(at()).catch((thrown: Error) => thrown));
  };
  expect(await said({ agent: 'claude', environment: { KEY: 's3cret', 'A-B': 's3cret' } })).toContain(
    'profiles.work.environment.A-B: expected an object that gives variables a value',
  );
  for (const profile of [{ environment: { KEY: ['s3cret'] } }, { environment: 's3cret' }, { args: 's3cret' }]) {
    expect(await said({ agent: 'claude', ...profile })).toContain('profiles.work');
    expect(await said({ agent: 'claude', ...profile })).not.toContain('s3cret');
  }
  expect(await said({ agent: 'clod' })).toContain(
    'profiles.work.agent: expected the name of an agent: one of claude, codex,',
  );
  expect(await said({ agent: 'clod' })).toContain('got "clod"');
});

test('an address with a password in it is refused, and not repeated', async () => {
  write({ notify: { ntfy: 'https://me:s3cret@ntfy.sh/x' } });
  const error = await readSettings(at()).catch((thrown: Error) => thrown);
  expect(String(error)).toContain('notify.ntfy');
  expect(String(error)).toContain('expected an address without a name and a password in it, got "https://…@ntfy.sh/x"');
  expect(String(error)).not.toContain('s3cret');
});

test('reading writes nothing', async () => {
  write('{ "scrollback": 7 }\n\n');
  const before = statSync(file(), { bigint: true }).mtimeNs;
  expect((await readSettings(at())).scrollback).toBe(7);
  expect([readFileSync(file(), 'utf8'), statSync(file(), { bigint: true }).mtimeNs]).toEqual([
    '{ "scrollback": 7 }\n\n',
    before,
  ]);
});

test.each([
  [
    { defaultAgent: 'nope', agents: { mine: { command: ['x'] } } },
    'is wrong: defaultAgent: expected the name of an agent: one of claude, codex, gemini, opencode, copilot, qwen, cursor-agent, aider, amp, goose, crush, demo, shell, mine, got "nope".',
  ],
  [
    { agents: { mine: {} } },
    'is wrong: agents.mine: expected "command" in it, as ["aider"]: tutti knows no agent of that name, got {}.',
  ],
  [
    { agents: { demo: { permissionMode: 'xx' } } },
    'is wrong: agents.demo.permissionMode: expected one of edits, ask, got "xx".',
  ],
  [{ runs: { attempts: 'many' } }, 'is wrong: runs.attempts: expected a whole number from 1 to 20, got "many".'],
  [{ runs: { attempts: 0 } }, 'is wrong: runs.attempts: expected a whole number from 1 to 20, got 0.'],
  [{ runs: 4 }, 'is wrong: runs: expected an object, got 4.'],
  [{ runs: { checks: 'x' } }, 'is wrong: runs.checks is not a setting. Known are attempts, minutes, check, atLimit.'],
  [
    { agents: { mine: { comand: ['x'] } } },
    'is wrong: agents.mine.comand is not a setting. Known are command, permissionMode, model, args, states, ready, empty, whileBusy, dialogBegin, conversationArgs, resumeArgs, promptArgs.',
  ],
  [
    { agents: { mine: { command: 'aider' } } },
    'is wrong: agents.mine.command: expected a list of the program and its arguments, as ["aider", "--no-auto-commits"], got "aider".',
  ],
  [
    { agents: { mine: { command: [1] } } },
    'is wrong: agents.mine.command[0]: expected a list of the program and its arguments, as ["aider", "--no-auto-commits"], got 1.',
  ],
  [
    mine({ states: [{ state: 'busy', match: 'x' }] }),
    'is wrong: agents.mine.states[0].state: expected "waiting", "working", "background", "idle", got "busy".',
  ],
  [
    mine({ states: [{ state: 'idle', match: '(' }] }),
    'is wrong: agents.mine.states[0].match: expected a regular expression, got "(".',
  ],
  [
    mine({ states: [{ state: 'idle', match: 'x' }, { state: 'idle' }] }),
    'is wrong: agents.mine.states[1]: expected exactly one of "match", "matchText", "title" and "bell" in it, got {"state":"idle"}.',
  ],
  [
    mine({ states: [{ state: 'idle', kind: 'plan', bell: true }] }),
    'is wrong: agents.mine.states[0].kind: expected nothing: only "waiting" has a kind, got "plan".',
  ],
  [
    mine({ states: [{ state: 'idle', match: 'x', region: 'bottom' }] }),
    'is wrong: agents.mine.states[0].region: expected "screen", "cursorRow", { "bottom": 5 } or { "top": 5 }, got "bottom".',
  ],
  [
    mine({ states: [{ state: 'idle', match: 'x', when: 'y' }] }),
    'is wrong: agents.mine.states[0].when is not a setting. Known are state, kind, text, match, matchText, region, dim, title, bell.',
  ],
  [
    mine({ ready: { region: 'screen' } }),
    'is wrong: agents.mine.ready: expected exactly one of "match" and "matchText" in it, got {"region":"screen"}.',
  ],
  [
    mine({ promptArgs: ['-p'] }),
    'is wrong: agents.mine.promptArgs: expected {prompt} in it, as ["--", "{prompt}"], got ["-p"].',
  ],
  [
    mine({ resumeArgs: ['{conversation}'] }),
    'is wrong: agents.mine.conversationArgs: expected a list with {conversation} in it, as resumeArgs has it: only an id that was given at the start is known.',
  ],
  [
    { agents: { claude: { resumeArgs: ['-c'] } } },
    'is wrong: agents.claude.resumeArgs: expected nothing: tutti knows that of claude by itself, got ["-c"].',
  ],
  [
    { leaveKey: 'ctrl-c' },
    'is wrong: leaveKey: expected "ctrl-" and one of a b d e f g k l n o p q r s t u v w x y ] \\ ^ _, got "ctrl-c".',
  ],
  [
    { theme: { colours: { accent: 'pink' } } },
    'is wrong: theme.colours.accent: expected one of black red green yellow blue magenta cyan white, one of them with Bright behind it, gray, or #rrggbb, got "pink".',
  ],
  [{ theme: { colours: { title: 'red' } } }, 'is wrong: theme.colours.title is not a setting.'],
  [{ worktrees: 'trees' }, 'is wrong: worktrees: expected an absolute path, or one that begins with ~/, got "trees".'],
  [{ symbols: 'x'.repeat(80) }, `is wrong: symbols: expected "auto", "unicode" or "ascii", got "${'x'.repeat(58)}….`],
  [[1], 'is wrong: expected an object, as { "runs": { "attempts": 2 } }.'],
  ['null', 'is wrong: expected an object, as { "runs": { "attempts": 2 } }.'],
])('a wrong file says file, key and expected value: %j', async (content, rest) => {
  write(content);
  const before = readFileSync(file(), 'utf8');
  await expect(readSettings(at())).rejects.toThrow(wrong(rest));
  expect(readFileSync(file(), 'utf8')).toBe(before);
});

test('a file that is no JSON says so and stays as it is', async () => {
  write('{ "runs": ');
  await expect(readSettings(at())).rejects.toThrow(
    wrong('is not JSON (Unexpected end of JSON input). Correct it, or take it away to get the defaults.'),
  );
  expect(readFileSync(file(), 'utf8')).toBe('{ "runs": ');
});

test('what stands in the way of reading is said', async () => {
  mkdirSync(file());
  await expect(readSettings(at())).rejects.toThrow(wrong("can't be read: EISDIR"));
});

test('the place of worktrees', () => {
  const folder = (worktrees: string | undefined) =>
    worktreesFolder({ ...DEFAULT_SETTINGS, worktrees }, { worktrees: '/data/worktrees' }, '/home/anna');
  expect([folder(undefined), folder('/fast/trees'), folder('~/trees')]).toEqual([
    '/data/worktrees',
    '/fast/trees',
    '/home/anna/trees',
  ]);
});

test('a file that was checked before is not checked again, until a byte of it or the schema changes', async () => {
  write({ scrollback: 7 });
  await readSettings(at(), 'one');
  const memo = join(config, 'state', 'settings-checked.json');
  writeFileSync(memo, readFileSync(memo, 'utf8').replace('"scrollback":7,', '"scrollback":8,'));
  const scrollback = async (schema: string) => (await readSettings(at(), schema)).scrollback;
  expect(await scrollback('one')).toBe(8);
  expect(await scrollback('two')).toBe(7);
  write({ scrollback: 9 });
  expect(await scrollback('two')).toBe(9);
  write({ scrollback: 'many' });
  await expect(readSettings(at(), 'two')).rejects.toThrow('scrollback');
  await expect(readSettings(at(), 'two')).rejects.toThrow('scrollback');
});
