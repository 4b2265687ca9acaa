import { expect, test } from 'vitest';
import { allowOnceOf } from '../../source/agents/allow-once.ts';
import { AGENTS, agentOf } from '../../source/agents/index.ts';
import { readQuestion } from '../../source/agents/read-question.ts';
import { holdsOf } from '../../source/agents/standing-choices.ts';
import type { HostStatus } from '../../source/protocol/host.ts';
import { kindOf, screenOf } from './recording.ts';

/** A permission as it stands on a recorded screen, with what its agent says of it. */
function asked(recording: string, said: { readonly tool?: string; readonly command: string; readonly text?: string }) {
  const { tool = 'Bash', command, text = `approve ${tool}: ${command}` } = said;
  const { numbered } = agentOf(kindOf(recording));
  const onScreen = numbered && readQuestion(screenOf(recording).text({ scrollback: 0 }), numbered);
  if (!onScreen) throw new Error('no question stands there');
  const choices = onScreen.choices.map(choice => {
    const holds = holdsOf(choice, numbered.standing);
    return holds === undefined ? choice : { ...choice, holds };
  });
  return allowOnceOf(
    { tool, command },
    { activity: { kind: 'permission', text }, body: onScreen.body, choices },
    numbered,
  );
}

test('the command of a dialog and the choice that allows it once, where agent and screen say the same', () => {
  expect(asked('claude-permission-bash', { command: 'rm -f foo.txt' })).toEqual({
    command: 'rm -f foo.txt',
    choice: '1',
  });
  expect(asked('codex-permission', { command: 'touch /root/zz' })).toEqual({ command: 'touch /root/zz', choice: '1' });
});

test.each<[what: string, recording: string, said: Parameters<typeof asked>[1]]>([
  ['another command stands on the screen', 'claude-permission-bash', { command: 'rm -f bar.txt' }],
  ['only its beginning stands there', 'claude-permission-bash', { command: 'rm -f foo' }],
  ['it is more than what stands there', 'claude-permission-bash', { command: 'rm -f foo.txt; ls' }],
  ['a description is no command', 'claude-permission-bash', { command: 'Run a mock command' }],
  [
    'the line by which it waits names another one',
    'claude-permission-bash',
    { command: 'rm -f foo.txt', text: 'approve Bash: ls' },
  ],
  [
    'the line by which it waits names none',
    'claude-permission-bash',
    { command: 'rm -f foo.txt', text: 'approve Bash' },
  ],
  ['a file is no command', 'claude-permission-write', { command: 'foo.txt' }],
  ['a reason is no command', 'codex-permission', { command: 'The mock asks to run this outside the sandbox' }],
  ['the dialogs of its agent are not known for it', 'gemini-permission-bash', { command: 'rm -f foo.txt' }],
])('%s: no rule answers', (_, recording, said) => {
  expect(asked(recording, said)).toBeUndefined();
});

test('the choice has to be one, for this once, and known', () => {
  const { numbered } = agentOf('claude');
  const shown = {
    activity: { kind: 'permission', text: 'approve Bash: ls' },
    body: ['Bash command', 'ls', 'Do you want to proceed?'],
  } as const;
  const at = (...labels: readonly string[]) =>
    allowOnceOf(
      { tool: 'Bash', command: 'ls' },
      { ...shown, choices: labels.map((label, index) => ({ key: `${index + 1}`, label, opens: false })) },
      numbered,
    );
  expect(at('Yes', 'No')).toEqual({ command: 'ls', choice: '1' });
  expect(at('No', 'Yes')).toEqual({ command: 'ls', choice: '2' });
  expect(at('Yes, and always allow ls', 'No')).toBeUndefined();
  expect(at('Yes', 'Yes')).toBeUndefined();
  const [yes, no] = [
    { key: '1', label: 'Yes', opens: false },
    { key: '2', label: 'No', opens: false },
  ];
  const choices = (first: object) => ({ ...shown, choices: [{ ...yes, ...first }, no] });
  const ls = { tool: 'Bash', command: 'ls' };
  expect(allowOnceOf(ls, choices({ holds: 'in a file' }), numbered)).toBeUndefined();
  expect(allowOnceOf(ls, choices({ more: 'for all' }), numbered)).toBeUndefined();
  expect(
    allowOnceOf(ls, { ...choices({}), activity: { kind: 'plan', text: 'approve Bash: ls' } }, numbered),
  ).toBeUndefined();
});

test('what an agent asks for is its newest question, as its hook tells it, and nothing but a command', () => {
  const events = (...inputs: readonly unknown[]) =>
    ({
      events: inputs.map((tool_input, n) => ({
        type: 'hook',
        n,
        at: n,
        report: { name: 'PermissionRequest', at: n, data: { tool_name: 'Bash', tool_input } },
      })),
    }) as unknown as Pick<HostStatus, 'events'>;
  const askedBy = (status: Pick<HostStatus, 'events'>) => agentOf('claude').commandAsked?.(status, undefined);
  expect(askedBy(events({ command: 'ls' }, { command: 'ls\nrm x' }))).toEqual({ tool: 'Bash', command: 'ls\nrm x' });
  expect(askedBy(events({ command: 'ls' }, { file_path: '/x' }))).toBeUndefined();
  expect(askedBy(events({ command: ['ls'] }))).toBeUndefined();
  expect(askedBy(events())).toBeUndefined();
});

test('every agent that tells its command has dialogs that rules can answer, and the other way round', () => {
  for (const { kind, commandAsked, numbered } of AGENTS) {
    expect(numbered?.commands !== undefined, kind).toBe(commandAsked !== undefined);
  }
});
