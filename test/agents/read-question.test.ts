import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readQuestion } from '../../source/agents/read-question.ts';
import { Screen } from '../../source/terminal/screen.ts';
import { screenOf } from './recording.ts';

const read = (recording: string) => readQuestion(screenOf(recording).text({ scrollback: 0 }));

/** What each recorded dialog asks, what it is about, and its choices. `…`: words have to follow. */
test.each<[recording: string, text: string, about: string, choices: readonly string[]]>([
  [
    'claude-permission-bash',
    'Do you want to proceed?',
    'rm -f foo.txt',
    [
      '1 Yes',
      '2 Yes, and always allow access to /home/dev/repos/tests/w-claude from this project',
      '3 Yes, and switch to auto mode · auto mode handles these prompts for you',
      '4 No',
    ],
  ],
  [
    'claude-permission-write',
    'Do you want to create foo.txt?',
    'foo.txt',
    [
      '1 Yes',
      '2 Yes, and switch to accept edits (auto-approve file edits and common file commands) for this session',
      '3 No',
    ],
  ],
  ['claude-question', 'Which color', '☐ Mock', ['1 red', '2 blue', '3 Type something. …', '4 Chat about this …']],
  [
    'codex-permission',
    'Would you like to run the following command?',
    '$ touch /root/zz',
    [
      '1 Yes, proceed (y)',
      "2 Yes, and don't ask again for commands that start with `touch /root/zz` (p)",
      '3 No, and tell Codex what to do differently (esc)',
    ],
  ],
  [
    'copilot-permission-bash',
    'Do you want to run this command?',
    'rm -f foo.txt',
    [
      '1 Yes',
      "2 Yes, and don't ask again for `rm` in this repo (/home/dev/repos/tests/w-copilot)",
      '3 No, and tell Copilot what to do differently (Esc to stop)',
    ],
  ],
  [
    'gemini-permission-bash',
    'Allow execution of [Shell]?',
    'rm -f foo.txt',
    ['1 Allow once', '2 Allow for this session', '3 No, suggest changes (esc)'],
  ],
  ['gemini-question', 'Which color', 'Answer Questions', ['1 red', '2 blue', '3 Enter a custom value …']],
])('%s', (recording, text, about, choices) => {
  const question = read(recording);
  expect(question?.text).toBe(text);
  expect(question?.body).toContain(about);
  expect(question?.choices.map(({ key, label, opens }) => `${key} ${label}${opens ? ' …' : ''}`)).toEqual(choices);
  expect(screenOf(recording).test(question?.shows ?? { match: '^never$' })).toBe(true);
});

test('no recorded screen without a dialog, and none that takes no digits, is a question', () => {
  const all = readdirSync(new URL('../fixtures/agents/', import.meta.url)).map(name => name.replace('.ansi', ''));
  const asked = all.filter(recording => read(recording) !== undefined);
  expect(asked.filter(recording => !/permission|question|trust|notice/u.test(recording))).toEqual([]);
  // Their choices are marked and taken by enter.
  expect(asked).not.toContain('claude-trust');
  expect(asked).not.toContain('copilot-question');
});

const dialog = (command: string, mark = 1) => [
  'Some words before it.',
  '─'.repeat(40),
  ' Bash command',
  '',
  `   ${command}`,
  '',
  ' Do you want to proceed?',
  ...['Yes', 'Yes, always', 'No'].map((label, index) => `${index + 1 === mark ? ' ❯' : '  '} ${index + 1}. ${label}`),
];
test('a line with a title in it is the beginning of a dialog', () => {
  const rows = ['Other', '── demo · permission ─────', ' rm x', ' Go on?', ' ❯ 1. Yes', '   2. No', '──────────'];
  expect(readQuestion(rows)?.body).toEqual(['rm x', 'Go on?']);
});

const drawn = (rows: readonly string[]) => {
  const screen = new Screen({ columns: 60, rows: 20, scrollback: 0 });
  screen.feed(Buffer.from(rows.join('\r\n')));
  return screen;
};

test('a question is the same whichever choice is marked, and another one with another command or label', () => {
  const shows = readQuestion(dialog('rm -rf build'))?.shows ?? { match: '^never$' };
  expect(drawn(dialog('rm -rf build', 3)).test(shows)).toBe(true);
  expect(drawn(dialog('rm -rf builds')).test(shows)).toBe(false);
  expect(drawn(dialog('rm -rf build; ls')).test(shows)).toBe(false);
  expect(drawn(dialog('rm -rf build').map(row => row.replace('always', 'for ever'))).test(shows)).toBe(false);
  expect(drawn(['rm -rf build']).test(shows)).toBe(false);
});

test.each<[string, readonly string[]]>([
  ['a numbered list in a text', ['I can:', '1. Fix it', '2. Leave it', '', '> ']],
  ['one choice', ['Go on?', '❯ 1. Yes']],
  ['a list that begins at two', ['Go on?', '❯ 2. Yes', '  3. No']],
  ['a list that is cut by other text', ['Go on?', '❯ 1. Yes', 'a', 'b', 'c', 'd', 'e', '  2. No']],
  ['several questions as tabs', ['←  ☐ One  ☐ Two  ✔ Submit  →', 'Which?', '❯ 1. a', '  2. b']],
  ['nothing', []],
])('no question: %s', (_, rows) => {
  expect(readQuestion(rows)).toBeUndefined();
});
