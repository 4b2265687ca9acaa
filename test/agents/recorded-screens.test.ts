import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { Screen } from '../../source/terminal/screen.ts';
import { kindOf, screenOf } from './recording.ts';

/** What each recorded screen is for its adapter: may a prompt be typed there, and which rules hold. */
const SCREENS: readonly (readonly [recording: string, prompt: 'ready' | 'draft' | 'no', rules: readonly string[]])[] = [
  ['claude-background', 'ready', []],
  ['claude-error', 'ready', []],
  ['claude-finished', 'ready', []],
  ['claude-idle', 'ready', []],
  ['claude-interrupted', 'ready', []],
  // It goes on by itself when the limit is over: a prompt before that would meet it as well.
  ['claude-limit', 'no', []],
  ['claude-paste', 'draft', []],
  ['claude-paste-long', 'draft', []],
  ['claude-permission-bash', 'no', ['claude/permission']],
  ['claude-permission-write', 'no', ['claude/permission']],
  ['claude-plan', 'no', ['claude/plan']],
  ['claude-question', 'no', ['claude/question']],
  // The box shows ghost text.
  ['claude-queued', 'ready', []],
  ['claude-retrying', 'ready', ['claude/retrying']],
  // Rows for each sub-agent stand below the box.
  ['claude-subagent', 'ready', []],
  ['claude-trust', 'no', ['claude/trust']],
  ['claude-working', 'ready', []],
  ['claude-working-tool', 'ready', []],
  ['codex-error', 'ready', []],
  ['codex-error-retries-over', 'ready', []],
  ['codex-finished', 'ready', []],
  ['codex-hooktrust', 'no', ['codex/hooks']],
  ['codex-idle', 'ready', []],
  ['codex-interrupted', 'ready', []],
  ['codex-limit', 'ready', ['codex/limit']],
  ['codex-modelnotice', 'no', ['codex/model']],
  ['codex-paste', 'draft', []],
  ['codex-paste-long', 'draft', []],
  ['codex-permission', 'no', ['codex/permission']],
  ['codex-plan', 'no', ['codex/plan']],
  ['codex-question', 'no', ['codex/question']],
  ['codex-queued', 'ready', []],
  ['codex-retrying', 'ready', ['codex/retrying']],
  ['codex-trust', 'no', ['codex/trust']],
  ['codex-working', 'ready', []],
  ['codex-working-tool', 'ready', ['codex/background']],
  // As it draws its box in tutti's terminal. A sub-agent works on after the answer.
  ['copilot-bars-agents', 'ready', ['copilot/agents']],
  // For a moment after a no, and work for a moment more.
  ['copilot-bars-cancelling', 'ready', ['copilot/cancelling']],
  ['copilot-compacting', 'ready', ['copilot/compacting']],
  ['copilot-narrow-compacting', 'ready', ['copilot/compacting']],
  ['copilot-bars-draft', 'draft', ['copilot/idle']],
  // A command of the person, in the agent's own shell mode.
  ['copilot-bars-executing', 'ready', ['copilot/working']],
  ['copilot-bars-finished', 'ready', ['copilot/idle']],
  // Half as tall as the screen, with the end of a long text.
  ['copilot-bars-tall', 'draft', ['copilot/idle']],
  ['copilot-error', 'ready', ['copilot/idle', 'copilot/gaveUp']],
  ['copilot-finished', 'ready', ['copilot/idle']],
  ['copilot-idle', 'ready', ['copilot/idle']],
  // What a terminal of 80x24 leaves beside the list: rows are wrapped and cut.
  ['copilot-narrow-agents', 'ready', ['copilot/agents']],
  ['copilot-narrow-permission', 'no', ['copilot/permission']],
  ['copilot-narrow-question', 'no', ['copilot/question']],
  ['copilot-permission-bash', 'no', ['copilot/permission']],
  ['copilot-permission-write', 'no', ['copilot/permission']],
  ['copilot-plan', 'no', ['copilot/plan', 'copilot/permission']],
  ['copilot-question', 'no', ['copilot/question']],
  ['copilot-trust', 'no', ['copilot/trust', 'copilot/permission']],
  ['copilot-working', 'ready', ['copilot/working']],
  ['copilot-working-tool', 'ready', ['copilot/working']],
  ['gemini-draft', 'draft', ['gemini/idle']],
  ['gemini-error', 'ready', ['gemini/failed', 'gemini/idle', 'gemini/taken']],
  ['gemini-finished', 'ready', ['gemini/idle', 'gemini/taken']],
  ['gemini-idle', 'ready', ['gemini/idle', 'gemini/taken']],
  ['gemini-compacting', 'ready', ['gemini/compacting', 'gemini/taken']],
  ['gemini-limit', 'no', ['gemini/limit']],
  // It has read a GEMINI.md: between the line and the bars stand three rows.
  ['gemini-narrow-memory', 'ready', ['gemini/idle', 'gemini/taken']],
  ['gemini-narrow-question', 'no', ['gemini/question']],
  ['gemini-permission-bash', 'no', ['gemini/permission']],
  ['gemini-permission-write', 'no', ['gemini/permission']],
  ['gemini-plan', 'no', ['gemini/plan', 'gemini/question']],
  ['gemini-question', 'no', ['gemini/question']],
  // Between two reads: its rows below the conversation are erased and not drawn yet.
  ['gemini-torn', 'no', []],
  ['gemini-trust', 'no', ['gemini/trust']],
  ['gemini-working', 'ready', ['gemini/working', 'gemini/taken']],
  ['gemini-working-tool', 'ready', ['gemini/working', 'gemini/taken']],
  ['opencode-error', 'ready', ['opencode/retrying', 'opencode/working']],
  ['opencode-finished', 'ready', ['opencode/idle']],
  ['opencode-idle', 'ready', ['opencode/idle']],
  ['opencode-narrow-home', 'ready', ['opencode/idle']],
  ['opencode-permission-bash', 'no', ['opencode/permission']],
  ['opencode-permission-write', 'no', ['opencode/permission']],
  ['opencode-question', 'no', ['opencode/question']],
  ['opencode-working', 'ready', ['opencode/working']],
  ['opencode-working-tool', 'ready', ['opencode/working']],
  ['qwen-denied', 'ready', ['qwen/idle']],
  ['qwen-finished', 'ready', ['qwen/idle']],
  ['qwen-idle', 'ready', ['qwen/idle']],
  // An interrupt before the first output puts the prompt back.
  ['qwen-interrupted', 'draft', ['qwen/idle']],
  ['qwen-limit', 'ready', ['qwen/working']],
  ['qwen-narrow-working', 'ready', ['qwen/working']],
  ['qwen-permission', 'no', ['qwen/permission']],
  ['qwen-plan', 'no', ['qwen/plan', 'qwen/permission']],
  ['qwen-question', 'no', ['qwen/question', 'qwen/permission']],
  ['qwen-working', 'ready', ['qwen/working']],
];

test.each(SCREENS)('%s: %s', (recording, prompt, rules) => {
  const { rules: watched, input } = agentOf(kindOf(recording));
  const screen = screenOf(recording);
  const dialog = input.dialogs.some(rule => screen.test(rule));
  const ready = input.ready !== undefined && screen.test(input.ready);
  const empty = input.empty !== undefined && screen.test(input.empty);
  const found = dialog || !ready ? 'no' : empty ? 'ready' : 'draft';
  expect([found, watched.filter(({ rule }) => screen.test(rule)).map(({ name }) => name)]).toEqual([prompt, rules]);
});

test('escape interrupts where the box stands and a turn is seen to go on, or is said to, and never on a dialog', () => {
  const interrupted = SCREENS.flatMap(([recording, prompt]) => {
    const { shows, says } = agentOf(kindOf(recording)).input.interrupt ?? {};
    if (!shows || !screenOf(recording).test(shows)) return [];
    expect(prompt, recording).not.toBe('no');
    return says === undefined ? [recording] : [];
  });
  expect(interrupted).toEqual([
    'claude-queued',
    'claude-retrying',
    'claude-working',
    'claude-working-tool',
    'copilot-bars-executing',
    'copilot-working',
    'copilot-working-tool',
    'gemini-working',
    'gemini-working-tool',
  ]);
});

test.each([
  ['claude-paste', 'pasted one\npasted two\npasted three', true],
  ['claude-paste', 'posted one', false],
  ['claude-paste-long', 'any long text', true],
  ['claude-idle', 'any', false],
  // An earlier prompt stands above the box: it is not in it.
  ['claude-error', 'x [[error 400]]', false],
  ['codex-paste', 'pasted one\npasted two', true],
  ['codex-paste-long', 'any long text', true],
  ['copilot-bars-draft', 'typed by hand [[say Two.]]', true],
  ['copilot-bars-finished', 'remember tritone [[say One.]]', false],
  ['copilot-bars-tall', 'Whatever stands in it\nand no box holds end', true],
  ['copilot-bars-tall', 'Whatever stands in it\nand no box holds more', false],
  ['gemini-draft', 'the first [[say One.]]', true],
  ['gemini-idle', 'the first', false],
  ['qwen-interrupted', 'SLOW please', true],
  ['qwen-idle', 'SLOW please', false],
])('in %s the text %j is seen in the box: %s', (recording, text, seen) => {
  const rule = agentOf(kindOf(recording)).input.seen?.(text);
  expect(rule && screenOf(recording).test(rule)).toBe(seen);
});

/** A one-letter draft, and a multi-line one, in a box as claude draws it; ghost text is dim but for its first letter. */
test.each([
  ['❯ x', false],
  ['❯ \x1b[7mT\x1b[0;2mry this', true],
  ['❯ \x1b[7m \x1b[0m', true],
  ['❯ one\r\n  two', false],
])('claude: %j leaves the box empty: %s', (box, empty) => {
  const screen = new Screen({ columns: 60, rows: 20, scrollback: 0 });
  const rule = '─'.repeat(60);
  screen.feed(Buffer.from(`❯ an earlier prompt\r\n\r\n${rule}\r\n${box}\r\n${rule}\r\n  manual mode on`));
  const { input } = agentOf('claude');
  expect(input.ready && screen.test(input.ready)).toBe(true);
  expect(input.empty && screen.test(input.empty)).toBe(empty);
});

test('claude: what a person has opened over the box is never typed into', () => {
  const screen = new Screen({ columns: 60, rows: 20, scrollback: 0 });
  screen.feed(
    Buffer.from('● Done\r\n\r\n  Select model\r\n❯ 1. Default\r\n  2. Opus\r\n\r\n  Enter to confirm · Esc to exit'),
  );
  expect(agentOf('claude').input.dialogs.some(each => screen.test(each))).toBe(true);
});

test('claude at a limit asks nothing: it is not ready for a prompt, which is what the prompt is put off by', () => {
  const { input } = agentOf('claude');
  const screen = screenOf('claude-limit');
  expect(input.dialogs.some(each => screen.test(each))).toBe(false);
  expect(input.ready && screen.test(input.ready)).toBe(false);
});

test('words of a dialog in the conversation are only talk while the box stands', () => {
  const screen = new Screen({ columns: 60, rows: 20, scrollback: 0 });
  const rule = '─'.repeat(60);
  screen.feed(
    Buffer.from(
      `● It says\r\n  Accessing workspace:\r\n  Would you like to proceed?\r\n\r\n${rule}\r\n❯ \r\n${rule}\r\n  ok`,
    ),
  );
  const { rules, input } = agentOf('claude');
  expect(rules.filter(each => screen.test(each.rule))).toEqual([]);
  expect(input.dialogs.some(each => screen.test(each))).toBe(false);
});
