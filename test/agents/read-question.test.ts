import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import type { NumberedDialogs } from '../../source/agents/numbered-dialogs.ts';
import { readQuestion } from '../../source/agents/read-question.ts';
import { holdsOf } from '../../source/agents/standing-choices.ts';
import { wholeLabel } from '../../source/session/agent-question.ts';
import { Screen } from '../../source/terminal/screen.ts';
import { kindOf, screenOf } from './recording.ts';

const NONE: NumberedDialogs = { begin: '^never$', pick: 'nearest', standing: [] };

/** As tutti reads it: not where its own adapter says that it takes no digit. */
const read = (recording: string) => {
  const screen = screenOf(recording);
  const { inPane, ...drawn } = agentOf(kindOf(recording)).numbered ?? NONE;
  return inPane && screen.test(inPane) ? undefined : readQuestion(screen.text({ scrollback: 0 }), drawn);
};

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
      '3 No, and tell Copilot what to do differently (Esc to stop) …',
    ],
  ],
  [
    'copilot-narrow-permission',
    'Do you want to run this command?',
    'touch a.txt',
    ['1 Yes', "2 Yes, and don't ask again for `touch` in this", '3 No, and tell Copilot what to do differently …'],
  ],
  [
    'gemini-permission-bash',
    'Allow execution of [Shell]?',
    'rm -f foo.txt',
    ['1 Allow once', '2 Allow for this session', '3 No, suggest changes (esc)'],
  ],
  ['gemini-narrow-question', 'Which color', 'Answer Questions', ['1 red', '2 blue', '3 Enter a custom value …']],
  ['gemini-question', 'Which color', 'Answer Questions', ['1 red', '2 blue', '3 Enter a custom value …']],
  [
    'qwen-permission',
    "Allow execution of: 'touch'?",
    'touch x.txt',
    [
      '1 Yes, allow once',
      "2 Always allow run 'touch *' commands in this project",
      "3 Always allow run 'touch *' commands for this user",
      '4 No, suggest changes (esc)',
    ],
  ],
  ['qwen-question', 'Which one?', 'Pick', ['1 npm', '2 pnpm', '3 Type something... …']],
  [
    'qwen-plan',
    'Would you like to proceed?',
    '1. do it',
    [
      '1 Yes, restore previous mode (default)',
      '2 Yes, and auto-accept edits',
      '3 Yes, and manually approve edits',
      '4 No, keep planning (esc)',
    ],
  ],
])('%s', (recording, text, about, choices) => {
  const question = read(recording);
  expect(question?.text).toBe(text);
  expect(question?.body).toContain(about);
  expect(question?.choices.map(({ key, label, opens }) => `${key} ${label}${opens ? ' …' : ''}`)).toEqual(choices);
  expect(screenOf(recording).test(question?.shows ?? { match: '^never$' })).toBe(true);
});

test.each<[recording: string, label: string]>([
  ['claude-permission-bash', 'No'],
  ['claude-permission-write', 'No'],
  ['codex-permission', 'No, and tell Codex what to do differently (esc)'],
  ['gemini-permission-bash', 'No, suggest changes (esc)'],
  ['qwen-permission', 'No, suggest changes (esc)'],
])('%s: a reason goes with %s alone', (recording, label) => {
  const refuses = new RegExp(agentOf(kindOf(recording)).numbered?.refuses ?? '^never$', 'u');
  expect(
    read(recording)
      ?.choices.filter(each => refuses.test(each.label))
      .map(each => each.label),
  ).toEqual([label]);
});

test.each<[recording: string, holds: readonly string[]]>([
  [
    'claude-permission-bash',
    [
      '2 written to .claude/settings.local.json of the main checkout, for all of its worktrees',
      '3 for this session only',
    ],
  ],
  ['claude-permission-write', ['2 for this session only']],
  ['codex-permission', ['2 written to rules/default.rules in its home, for all projects']],
  ['copilot-narrow-permission', ['2 written to permissions-config.json in its home, for this repository']],
  ['copilot-permission-bash', ['2 written to permissions-config.json in its home, for this repository']],
  ['copilot-permission-write', ['2 written to permissions-config.json in its home, for this repository']],
  ['copilot-trust', ['2 for longer than this once, tutti does not know where it is written']],
  ['gemini-permission-bash', ['2 for this session only']],
  [
    'gemini-trust',
    [
      '1 written to trustedFolders.json in its home, for later sessions too',
      '2 written to trustedFolders.json in its home, for later sessions too',
    ],
  ],
  [
    'qwen-permission',
    [
      '2 kept in its settings of this project, for later sessions too',
      '3 kept in its settings of yours, for all projects',
    ],
  ],
])('%s: what holds for longer than once says so, and where it is written', (recording, holds) => {
  const { standing = [] } = agentOf(kindOf(recording)).numbered ?? {};
  const said = read(recording)?.choices.flatMap(choice => {
    const each = holdsOf(choice, standing);
    return each === undefined ? [] : [`${choice.key} ${each}`];
  });
  expect(said).toEqual(holds);
});

test('no recorded screen without a dialog, and none that takes no digits, is a question', () => {
  const all = readdirSync(new URL('../fixtures/agents/', import.meta.url)).map(name => name.replace('.ansi', ''));
  expect(all.filter(recording => read(recording) !== undefined)).toEqual([
    'claude-permission-bash',
    'claude-permission-write',
    'claude-plan',
    'claude-question',
    'codex-permission',
    'codex-plan',
    'codex-question',
    'copilot-narrow-permission',
    'copilot-permission-bash',
    'copilot-permission-write',
    'copilot-plan',
    'copilot-trust',
    'gemini-limit',
    'gemini-narrow-question',
    'gemini-permission-bash',
    'gemini-permission-write',
    'gemini-plan',
    'gemini-question',
    'gemini-trust',
    'qwen-permission',
    'qwen-plan',
    'qwen-question',
  ]);
});

test('a choice that is described, or was wrapped, is shown and bound to its end', () => {
  const always = read('claude-permission-write')?.choices[1];
  expect(always && wholeLabel(always)).toMatch(/for this session \(shift\+tab\)$/u);
  expect(read('gemini-question')?.choices.map(wholeLabel)).toEqual([
    'red choose red',
    'blue choose blue',
    'Enter a custom value',
  ]);
});

const LINED: NumberedDialogs = { begin: '^─{20,}$', pick: 'nearest', standing: [] };
const readLined = (rows: readonly string[]) => readQuestion(rows, LINED);

const dialog = (command: readonly string[], mark = 1, labels: readonly string[] = ['Yes', 'Yes, always', 'No']) => [
  'Some words before it.',
  '─'.repeat(40),
  ' Bash command',
  '╌'.repeat(40),
  ...command.map(row => `   ${row}`),
  '╌'.repeat(40),
  ' Do you want to proceed?',
  ...labels.map((label, index) => `${index + 1 === mark ? ' ❯' : '  '} ${index + 1}. ${label}`),
  '',
  ' Esc to cancel',
];

test('a dialog is read from its first row on, whatever stands in it', () => {
  const command = [
    'cat <<X',
    '',
    '',
    '─'.repeat(40),
    '── a · b ─────',
    '---',
    '| sh',
    ...Array.from({ length: 60 }, (_, n) => `row ${n}`),
  ];
  const read = readLined(dialog(command));
  expect(read?.body).toEqual([
    'Bash command',
    'cat <<X',
    '── a · b ─────',
    '| sh',
    ...command.slice(7),
    'Do you want to proceed?',
  ]);
});

test.each<[string, readonly string[]]>([
  ['its first row has been scrolled away', dialog(['rm -rf build']).slice(2)],
  ['the program left rows out', dialog(['a', '... first 12 lines hidden (Ctrl+O to show) ...', 'b'])],
  ['the program left rows out', dialog(['a', '… +12 lines', 'b'])],
  ['a label was cut', dialog(['a'], 1, ['Yes', 'Yes, and always allow access to /ho…', 'No'])],
])('what cannot be seen whole is answered in its pane: %s', (_, rows) => {
  expect(readLined(rows)).toBeUndefined();
});

test('a line with a title in it is no part of what is asked, but of what has to stand there', () => {
  const rows = ['── demo agent · permission ─────', ' rm x', ' Go on?', ' ❯ 1. Yes', '   2. No', '──────────'];
  const found = readQuestion(rows, { begin: '^── demo agent · ', pick: 'nearest' });
  expect(found?.body).toEqual(['rm x', 'Go on?']);
  expect(drawn(rows).test(found?.shows ?? { match: '^never$' })).toBe(true);
  expect(drawn(rows.with(0, '── demo agent · plan ───────────')).test(found?.shows ?? { match: '.' })).toBe(false);
});

test('where a dialog has no frame, the first row that looks like its beginning is taken', () => {
  const rows = ['• Well.', '  Go on?', '', '  $ rm x', '  Go on?', '› 1. Yes', '  2. No'];
  const found = readQuestion(rows, { begin: '^ {2}Go on', pick: 'highest' });
  expect(found?.body).toEqual(['Go on?', '$ rm x', 'Go on?']);
});

const drawn = (rows: readonly string[]) => {
  const screen = new Screen({ columns: 90, rows: 24, scrollback: 0 });
  screen.feed(Buffer.from(rows.join('\r\n')));
  return screen;
};

test('a question is the same whichever choice is marked, and another one with another command or label, or what follows it', () => {
  const shown = dialog(['rm -rf build', 'ls'], 1, ['Yes', 'Yes, for', 'No']);
  const shows = readLined(shown)?.shows ?? { match: '^never$' };
  const holds = (rows: readonly string[]) => drawn(rows).test(shows);
  const changed = (from: string, to: string) => holds(shown.map(row => row.replace(from, to)));
  expect(holds(shown)).toBe(true);
  expect(holds(dialog(['rm -rf build', 'ls'], 3, ['Yes', 'Yes, for', 'No']))).toBe(true);
  expect(holds(['one more row above', ...shown])).toBe(true);
  expect(changed('build', 'builds')).toBe(false);
  expect(changed('build', 'build; ls')).toBe(false);
  expect(changed('Yes, for', 'Yes, for ever')).toBe(false);
  expect(holds(dialog(['ls', 'rm -rf build'], 1, ['Yes', 'Yes, for', 'No']))).toBe(false);
  expect(holds(dialog(['rm -rf build'], 1, ['Yes', 'Yes, for', 'No']))).toBe(false);
  expect(holds(shown.toSpliced(9, 0, '        ever'))).toBe(false);
  expect(holds([...shown, 'something new below it'])).toBe(false);
});

test.each<[string, readonly string[]]>([
  ['a numbered list in a text', ['I can:', '1. Fix it', '2. Leave it', '', '> ']],
  ['one choice', ['Go on?', '❯ 1. Yes']],
  ['a list that begins at two', ['Go on?', '❯ 2. Yes', '  3. No']],
  ['a list that is cut by other text', ['Go on?', '❯ 1. Yes', ...'abcdefgh', '  2. No']],
  ['a prompt of the user that is such a list, and an answer to it', ['❯ 1. This', '  2. That', '', ...'abcde']],
  ['several questions as tabs', ['←  ☐ One  ☐ Two  ✔ Submit  →', 'Which?', '❯ 1. a', '  2. b']],
  ['nothing', []],
])('no question: %s', (_, rows) => {
  expect(readLined(['─'.repeat(40), ...rows])).toBeUndefined();
});
