import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { exitFacts } from '../../source/daemon/exit-facts.ts';
import type { ProgramExit } from '../../source/protocol/host.ts';
import type { Session } from '../../source/session/session.ts';

const system = { random: (size: number) => new Uint8Array(size) };
const exit = (more: Partial<ProgramExit>): ProgramExit => ({
  code: 0,
  signal: undefined,
  at: 5,
  lastLines: [],
  ...more,
});
const facts = (kind: string, more: Partial<ProgramExit>) =>
  exitFacts({ agent: { kind, command: undefined } } as Session, { name: 'agent-1', exit: exit(more) }, system);

test.each([
  ['its own exit', { code: 3 }, { cause: 'exit', code: 3, text: 'demo ended with code 3.' }],
  [
    'a signal that nobody here sent',
    { code: undefined, signal: 'SIGSEGV' },
    { cause: 'crash', text: 'demo was ended by SIGSEGV.' },
  ],
])('%s', (_, more, end) => {
  expect(facts('demo', more)).toEqual([{ type: 'hostExited', name: 'agent-1', end: expect.objectContaining(end) }]);
});

test('an agent that does not know its conversation gets a new one at its next start', () => {
  const lastLines = ['', 'No conversation found with session ID: 1234'];
  expect(facts('claude', { code: 1, lastLines })).toEqual([
    {
      type: 'hostExited',
      name: 'agent-1',
      end: {
        cause: 'exit',
        at: 5,
        code: 1,
        signal: undefined,
        text: 'claude does not know its conversation any more: the next start begins a new one.',
      },
    },
    { type: 'conversationReported', conversation: '00000000-0000-4000-8000-000000000000', begun: false },
  ]);
  expect(facts('shell', { code: 1, lastLines })).toHaveLength(1);
});

test.each([
  // Killed before its first turn was written down: the other one is there, and is forked once more.
  { kind: 'claude', conversationBegun: true, forgets: undefined },
  { kind: 'claude', conversationBegun: false, forgets: true },
  { kind: 'codex', conversationBegun: true, forgets: undefined },
  { kind: 'gemini', conversationBegun: true, forgets: true },
  { kind: 'opencode', conversationBegun: true, forgets: true },
])('a fork of $kind that is lost, begun: $conversationBegun', ({ kind, conversationBegun, forgets }) => {
  const lastLines = [agentOf(kind).conversationLost?.split('|')[0] ?? ''];
  const session = { agent: { kind, command: undefined }, forks: 'c1', conversationBegun } as Session;
  const [, lost] = exitFacts(session, { name: 'agent-1', exit: exit({ code: 1, lastLines }) }, system);
  expect(lost).toMatchObject({ type: 'conversationReported', begun: false });
  expect(lost && 'forgets' in lost ? lost.forgets : undefined).toBe(forgets);
});
