import { expect, test } from 'vitest';
import { AGENTS, agentOf } from '../../source/agents/index.ts';
import { agentCalled, conversationCalled } from '../../source/agents/runs-elsewhere.ts';

const ID = '0190d0b0-1111-4222-8333-444455556666';

test.each([
  [['claude'], 'claude'],
  [['/opt/bin/claude', '--resume', ID], 'claude'],
  [['node', '--no-warnings', '/usr/lib/node_modules/.bin/gemini', '-i', 'claude'], 'gemini'],
  [['/usr/bin/python3.12', '/home/ann/.local/bin/aider'], 'aider'],
  [['bash', '/home/ann/bin/codex'], 'codex'],
  [['vim', 'claude'], undefined],
  [['bash', '-c', 'claude --resume x'], undefined],
  [['bash'], undefined],
  [['sh'], undefined],
  [[], undefined],
])('%j is %s', (argv, kind) => {
  expect(agentCalled(argv, AGENTS)?.kind).toBe(kind);
});

test.each([
  ['claude', ['claude', '--resume', ID], ID],
  ['claude', ['claude', `--session-id=${ID}`, 'Fix it'], ID],
  ['claude', ['claude', '--resume', 'Fix the cart'], undefined],
  ['claude', ['claude', '--resume', ID, '--fork-session'], undefined],
  ['claude', ['claude', '--', '--resume', ID], undefined],
  ['claude', ['claude', 'resume', ID], undefined],
  ['codex', ['codex', '-c', 'a=b', 'resume', ID], ID],
  ['copilot', ['copilot', `--resume=${ID}`], ID],
  ['opencode', ['opencode', '-s', 'ses_0190d0b0aa'], 'ses_0190d0b0aa'],
  ['qwen', ['node', '/bin/qwen', '-r', ID], ID],
] as const)('%s called as %j has %s', (kind, argv, id) => {
  const { elsewhere } = agentOf(kind);
  expect(elsewhere && conversationCalled(argv, elsewhere)).toBe(id);
});

test("claude's own list is read; what is none is empty", () => {
  const { read = () => [] } = agentOf('claude').elsewhere?.list ?? {};
  const row = {
    pid: 4711,
    cwd: '/shop',
    kind: 'interactive',
    startedAt: 1,
    sessionId: ID,
    name: 'shop-6f',
    status: 'busy',
  };
  expect(read(JSON.stringify([row, { pid: 1 }, 7, null]))).toEqual([{ id: ID, pid: 4711 }]);
  for (const output of ['', 'error: unknown option', '{}', 'null']) expect(read(output)).toEqual([]);
});
