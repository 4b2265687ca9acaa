import { expect, test } from 'vitest';
import type { AgentChoice } from '../../source/session/session.ts';
import { settleAgent } from '../../source/store/settings-agent.ts';
import { DEFAULT_SETTINGS } from '../../source/store/settings-defaults.ts';

const settings = {
  ...DEFAULT_SETTINGS,
  agents: {
    mine: { command: ['aider', '-x'] },
    claude: { permissionMode: 'plan', model: 'small', args: ['--a'] },
    bad: {},
  },
};
const choose = (choice: Partial<AgentChoice> & { kind: string }) =>
  settleAgent({
    choice: { command: undefined, permissionMode: undefined, model: undefined, extra: [], ...choice },
    settings,
    known: ['claude', 'shell', 'command'],
  });

test('what the choice leaves open comes from the settings', () => {
  expect(choose({ kind: 'claude', model: 'big', extra: ['--b'] })).toEqual({
    kind: 'claude',
    command: undefined,
    permissionMode: 'plan',
    model: 'big',
    extra: ['--a', '--b'],
  });
  expect(choose({ kind: 'mine' })).toMatchObject({ kind: 'mine', command: ['aider', '-x'] });
  expect(choose({ kind: 'shell' })).toMatchObject({ kind: 'shell', command: undefined });
});

test.each(['aidre', 'bad', 'constructor'])('a name that nobody knows is refused: %s', kind => {
  expect(() => choose({ kind })).toThrow(
    `tutti knows no agent "${kind}". Known are claude, shell, mine, bad; a command of your own is named in the settings, under agents.`,
  );
});
