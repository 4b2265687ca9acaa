import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { StartOptions } from '../../source/agents/agent.ts';
import { AGENTS, agentOf } from '../../source/agents/index.ts';

const UUID = '0190d0b0-1111-4222-8333-444455556666';
const start: StartOptions = {
  program: '/bin/agent',
  permissionMode: undefined,
  model: undefined,
  extra: [],
  prompt: undefined,
  uuid: UUID,
  cwd: '/tree',
};

test('claude gets its hooks for this start, each with its name, by the path of whoever takes them', () => {
  const { argv } = agentOf('claude').start({ ...start, report: "/the user's/report" });
  const { hooks } = JSON.parse(argv[argv.indexOf('--settings') + 1] ?? '');
  expect(Object.keys(hooks)).toEqual(['UserPromptSubmit', 'PermissionRequest', 'Stop', 'StopFailure']);
  expect(hooks.Stop).toEqual([{ hooks: [{ type: 'command', command: "'/the user'\\''s/report' Stop", timeout: 10 }] }]);
});

test('codex gets its hooks for this start with the trust in them, by the hash that it would make of each itself', () => {
  const { argv } = agentOf('codex').start({ ...start, report: '/r' });
  const values = argv.filter((_, index) => argv[index - 1] === '-c');
  expect(values.map(value => value.split('=')[0])).toEqual([
    'check_for_update_on_startup',
    'hooks.SessionStart',
    'hooks.UserPromptSubmit',
    'hooks.PermissionRequest',
    'hooks.SubagentStart',
    'hooks.SubagentStop',
    'hooks.Stop',
    'hooks.state',
  ]);
  expect(values).toContain(`hooks.Stop=[{hooks=[{type="command",command="'/r' Stop",timeout=10}]}]`);
  expect(values.at(-1)).toContain(
    `"/<session-flags>/config.toml:stop:0:0"={trusted_hash="sha256:${createHash('sha256')
      .update(`{"event_name":"stop","hooks":[{"async":false,"command":"'/r' Stop","timeout":10,"type":"command"}]}`)
      .digest('hex')}"}`,
  );
  expect(values.at(-1)).toContain(':permission_request:0:0"');
});

describe('argv of a start', () => {
  test.each<[kind: string, options: Partial<StartOptions>, argv: readonly string[]]>([
    ['claude', {}, ['--permission-mode', 'manual', '--session-id', UUID]],
    [
      'claude',
      { permissionMode: 'acceptEdits', model: 'opus', extra: ['--add-dir', '/x'], prompt: '-x first\nline' },
      [
        '--permission-mode',
        'acceptEdits',
        '--session-id',
        UUID,
        '--model',
        'opus',
        '--add-dir',
        '/x',
        '--',
        '-x first\nline',
      ],
    ],
    [
      'claude',
      { report: "/b's/report", extra: ['--settings', '{}'] },
      ['--permission-mode', 'manual', '--session-id', UUID, '--settings', '{}'],
    ],
    // What the user says himself is not said twice.
    ['claude', { extra: ['--permission-mode=plan'] }, ['--session-id', UUID, '--permission-mode=plan']],
    ['codex', {}, [...codexFlags('workspace-write', 'on-request')]],
    [
      'codex',
      { permissionMode: 'never', model: 'gpt-5.5', prompt: '!ls' },
      [...codexFlags('workspace-write', 'never'), '-m', 'gpt-5.5', '--', ' !ls'],
    ],
    ['codex', { permissionMode: 'read-only' }, [...codexFlags('read-only', 'on-request')]],
    ['codex', { permissionMode: 'full-access' }, [...codexFlags('danger-full-access', 'never')]],
    ['gemini', { prompt: 'first' }, ['--approval-mode', 'default']],
    ['gemini', { permissionMode: 'yolo', model: 'pro' }, ['--approval-mode', 'yolo', '-m', 'pro']],
    ['opencode', { prompt: '-x', model: 'mock/m' }, ['-m', 'mock/m']],
    ['opencode', { permissionMode: 'auto' }, ['--auto']],
    ['copilot', { prompt: '-x', model: 'm' }, [`--session-id=${UUID}`, '--model', 'm', '--interactive=-x']],
    ['copilot', { permissionMode: 'allow-all-tools' }, [`--session-id=${UUID}`, '--allow-all-tools']],
    [
      'qwen',
      { permissionMode: 'plan', model: 'm', prompt: '-x' },
      ['--approval-mode', 'plan', '--session-id', UUID, '-m', 'm', '--prompt-interactive=-x'],
    ],
    ['qwen', { extra: ['--approval-mode=yolo'] }, ['--session-id', UUID, '--approval-mode=yolo']],
    ['cursor-agent', { permissionMode: 'plan', model: 'm', prompt: '-x' }, ['--mode=plan', '--model', 'm', '--', '-x']],
    ['cursor-agent', { permissionMode: 'force' }, ['--force']],
    [
      'aider',
      { folder: '/own', model: 'm', permissionMode: 'yes-always', prompt: 'first' },
      [
        '--chat-history-file',
        '/own/aider.chat.history.md',
        '--input-history-file',
        '/own/aider.input.history',
        '--map-tokens',
        '0',
        '--no-auto-commits',
        '--no-dirty-commits',
        '--no-gitignore',
        '--no-check-update',
        '--yes-always',
        '--model',
        'm',
      ],
    ],
    // Whoever wants its commits and its map says so.
    [
      'aider',
      { extra: ['--auto-commits', '--map-tokens', '1024'] },
      ['--no-dirty-commits', '--no-gitignore', '--no-check-update', '--auto-commits', '--map-tokens', '1024'],
    ],
    ['amp', { prompt: 'first' }, ['--no-notifications']],
    ['amp', { extra: ['--notifications'] }, ['--notifications']],
    ['goose', {}, ['session', '--name', UUID]],
    ['goose', { prompt: '-x' }, ['run', '--interactive', '--name', UUID, '--text=-x']],
    ['crush', { folder: '/own', permissionMode: 'yolo' }, ['--data-dir', '/own', '--yolo']],
    ['demo', { prompt: 'first' }, ['--session-id', UUID, '--permission-mode', 'edits', '--', 'first']],
    ['shell', { prompt: 'ls', extra: ['-l'] }, ['-l']],
    ['command', { prompt: 'ls' }, []],
  ])('%s with %j', (kind, options, argv) => {
    const launch = agentOf(kind).start({ ...start, ...options });
    expect(launch.argv).toEqual(['/bin/agent', ...argv]);
    expect(launch.promptGiven).toBe(argv.some(word => options.prompt !== undefined && word.endsWith(options.prompt)));
  });
});

describe('argv of a resume', () => {
  test.each([
    ['claude', ['--permission-mode', 'manual', '--resume', 'c1', '--', 'go on']],
    ['codex', [...codexFlags('workspace-write', 'on-request'), 'resume', 'c1', '--', 'go on']],
    ['copilot', ['--session-id=c1', '--interactive=go on']],
    ['qwen', ['--approval-mode', 'default', '--resume', 'c1', '--prompt-interactive=go on']],
    ['cursor-agent', ['--resume=c1', '--', 'go on']],
    ['demo', ['--resume', 'c1', '--permission-mode', 'edits', '--', 'go on']],
  ])('%s', (kind, argv) => {
    const launch = agentOf(kind).resume?.({ ...start, prompt: 'go on', conversation: 'c1' });
    expect(launch).toMatchObject({ argv: ['/bin/agent', ...argv], conversation: 'c1', promptGiven: true });
  });

  test('gemini: the newest one of its folder, whatever its id', () => {
    const { argv, conversation } = agentOf('gemini').resume?.({ ...start, conversation: 'c1' }) ?? {};
    expect([argv?.slice(3), conversation]).toEqual([['--resume', 'latest'], undefined]);
  });
});

test.each([
  [
    'claude',
    ['--permission-mode', 'manual', '--resume', 'c1', '--fork-session', '--session-id', UUID, '--', 'go on'],
    UUID,
  ],
  ['codex', [...codexFlags('workspace-write', 'on-request'), 'fork', 'c1', '--', 'go on'], undefined],
])('%s begins a fork of a conversation', (kind, argv, conversation) => {
  const launch = agentOf(kind).fork?.({ ...start, prompt: 'go on', conversation: 'c1' });
  expect(launch).toMatchObject({ argv: ['/bin/agent', ...argv], conversation, promptGiven: true });
});

test.each([
  ['goose', ['session', '--resume', '--name', 'c1'], 'c1'],
  ['crush', ['--data-dir', '/own', '--continue'], undefined],
  ['amp', ['threads', 'continue', '--last', '--no-notifications'], undefined],
])('%s is resumed without a prompt, which is typed then', (kind, argv, conversation) => {
  const launch = agentOf(kind).resume?.({ ...start, folder: '/own', prompt: 'go on', conversation: 'c1' });
  expect(launch).toMatchObject({ argv: ['/bin/agent', ...argv], conversation, promptGiven: false });
});

test('aider reads its history again', () => {
  const { argv } = agentOf('aider').resume?.({ ...start, folder: '/own', conversation: 'c1' }) ?? {};
  expect(argv).toContain('--restore-chat-history');
  expect(argv).toContain('/own/aider.chat.history.md');
});

test('goose gets its mode and its model as variables', () => {
  expect(agentOf('goose').start({ ...start, model: 'm' }).env).toEqual({
    GOOSE_MODE: 'approve',
    GOOSE_CLI_BELL: 'true',
    GOOSE_MODEL: 'm',
  });
});

test('qwen gets its hooks as defaults of the system, in a file of the session’s own', () => {
  const { env, files } = agentOf('qwen').start({ ...start, folder: '/own', report: '/r' });
  expect(env).toEqual({ QWEN_CODE_SYSTEM_DEFAULTS_PATH: '/own/qwen-defaults.json' });
  const { hooks, ui } = JSON.parse(files?.['qwen-defaults.json'] ?? '');
  expect(ui).toEqual({ enableFollowupSuggestions: false });
  expect(hooks.Stop).toEqual([{ hooks: [{ type: 'command', command: "'/r' Stop", timeout: 10_000 }] }]);
});

test('the user’s own command line stands for the program', () => {
  expect(agentOf('command').start({ ...start, command: ['/bin/aider', '--no-git'], extra: ['-v'] }).argv).toEqual([
    '/bin/aider',
    '--no-git',
    '-v',
  ]);
  expect(
    agentOf('claude')
      .start({ ...start, command: ['/bin/wrap', 'claude'] })
      .argv.slice(0, 3),
  ).toEqual(['/bin/wrap', 'claude', '--permission-mode']);
});

test.each([
  ['x'.repeat(120_001), 'is longer than an argument may be'],
  ['ä'.repeat(60_001), 'has more bytes than an argument may have'],
  ['a\0b', 'holds a NUL'],
  ['', 'is empty'],
])('a prompt that cannot be an argument is left for typing: %#, it %s', prompt => {
  for (const agent of AGENTS) {
    const launch = agent.start({ ...start, prompt });
    expect(launch.promptGiven).toBe(false);
    expect(launch.argv.join(' ')).not.toContain(prompt === '' ? '--prompt' : prompt);
  }
});

test('a session id is known only where the program takes one', () => {
  expect(AGENTS.map(agent => [agent.kind, agent.start(start).conversation])).toEqual([
    ['claude', UUID],
    ['codex', undefined],
    ['gemini', undefined],
    ['opencode', undefined],
    ['copilot', UUID],
    ['qwen', UUID],
    ['cursor-agent', undefined],
    ['aider', undefined],
    ['amp', undefined],
    ['goose', UUID],
    ['crush', undefined],
    ['demo', UUID],
    ['shell', undefined],
    ['command', undefined],
  ]);
});

test('what an adapter cannot do is said in a sentence, and nothing else is missing', () => {
  for (const agent of AGENTS) {
    expect(agent.resume === undefined && agent.cannot.resume === undefined).toBe(false);
    for (const reason of Object.values(agent.cannot)) expect(reason).toMatch(/^[a-z].{15,}[^.]$/u);
  }
});

test.each([
  ['claude', '2.1.330 (Claude Code)\n', '2.1.330'],
  ['codex', 'codex-cli 0.169.0\n', '0.169.0'],
  ['gemini', '0.61.0\n', '0.61.0'],
  ['opencode', '1.18.33\n', '1.18.33'],
  ['copilot', 'GitHub Copilot CLI 1.0.102.\nRun copilot update\n', '1.0.102'],
  ['qwen', '0.24.4\n', '0.24.4'],
  ['amp', '0.0.1790142911-g7618fb (released 2026-09-23T05:55:11.000Z, 2mo ago)', '0.0.1790142911-g7618fb'],
  ['aider', 'aider 0.86.2\n', '0.86.2'],
  ['goose', ' 1.50.0\n', '1.50.0'],
  ['crush', 'crush version v0.96.1\n', '0.96.1'],
  ['cursor-agent', '2026.10.02-abc123\n', '2026.10.02-abc123'],
  ['claude', 'command not found', undefined],
])('%s tells its version in %j', (kind, output, version) => {
  expect(agentOf(kind).detect.version(output)).toBe(version);
});

test.each([
  ['claude', '!rm -rf /', ' !rm -rf / '],
  ['claude', '/quit', '> /quit'],
  ['claude', ' /quit now', '>  /quit now'],
  ['claude', '/tmp/x is a path', ' /tmp/x is a path '],
  ['claude', 'left\u200eright', 'leftright'],
  ['claude', 'look at @a', ' look at @a '],
  ['claude', 'costs $5', ' costs $5 '],
  ['claude', 'a plain one, with a/b and x!', 'a plain one, with a/b and x!'],
  ['codex', 'use $skill', ' use $skill '],
  ['codex', 'two\n/quit', 'two\n/quit'],
  ['copilot', '#12', ' #12 '],
  ['copilot', '!rm -rf /', '> !rm -rf /'],
  ['copilot', ' \n!rm -rf /', '> !rm -rf /'],
  ['gemini', '!ls', ' !ls'],
  ['qwen', '/quit', '> /quit'],
  ['qwen', '!ls', ' !ls'],
  ['aider', '!ls', ' !ls'],
  ['crush', '@file', ' @file'],
  ['cursor-agent', '&do it', ' &do it'],
  ['shell', '!ls', '!ls'],
])('%s: %j is typed as %j', (kind, text, typed) => {
  expect(agentOf(kind).input.protect(text)).toBe(typed);
});

test('a kind that this build does not know is treated as any command line', () => {
  expect(agentOf('of-tomorrow').kind).toBe('command');
});

function codexFlags(sandbox: string, approval: string): readonly string[] {
  return ['-c', 'check_for_update_on_startup=false', '-s', sandbox, '-a', approval, '-C', '/tree'];
}
