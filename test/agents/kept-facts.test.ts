import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { EventRing, type HostEventBody } from '../../source/host/event-ring.ts';
import type { HostStatus } from '../../source/protocol/host.ts';
import { hostStatusAfter } from './host-status.ts';

type Report = readonly [name: string, data?: Readonly<Record<string, unknown>>];

/** What an agent does after its host has kept what it could of these reports. */
function after(kind: 'codex' | 'opencode', reports: readonly Report[], state?: 'done') {
  const agent = agentOf(kind);
  let at = 1000;
  const ring = new EventRing({ now: () => at, onEvent: () => {}, facts: agent.facts ?? [] });
  const bodies = reports.map(
    ([name, data = {}], n): HostEventBody => ({
      type: 'hook',
      report: { id: `${n}`, name, at: 1000 + n, asks: false, data },
    }),
  );
  for (const body of bodies) {
    at += 1;
    ring.add(body);
  }
  const status: HostStatus = {
    ...hostStatusAfter(state ? [{ state }] : []),
    events: [...ring.events],
  };
  const { state: now, outcome, text } = agent.activity(status, at);
  return { now: [now, outcome, text], conversation: agent.conversationOf?.(status), kept: ring.events.length };
}

const status = (sessionID: string, type: 'busy' | 'idle'): Report => [
  'session.status',
  { sessionID, status: { type } },
];
const created = (id: string, parentID?: string): Report => ['session.created', { info: { id, parentID } }];
const asked = (id: string): Report => [
  'permission.asked',
  { id, sessionID: 'a', permission: 'bash', patterns: ['rm x'] },
];
const replied = (requestID: string): Report => ['permission.replied', { requestID, reply: 'once' }];
const many = (report: (n: number) => Report): readonly Report[] => Array.from({ length: 300 }, (_, n) => report(n));
const others = many(n => status('b', n % 2 === 0 ? 'busy' : 'idle'));

test('codex: a sub-agent works on, whatever else is reported, until it is told to be over', () => {
  const begun: readonly Report[] = [
    ['SubagentStart', { agent_id: 'a' }],
    ...many(n => [n % 2 === 0 ? 'UserPromptSubmit' : 'Stop']),
  ];
  expect(after('codex', begun, 'done').now).toEqual(['busy', undefined, 'a sub-agent works']);
  expect(after('codex', [...begun, ['SubagentStop', { agent_id: 'a' }], ['Stop']], 'done').now).toEqual([
    'idle',
    'done',
    undefined,
  ]);
});

test('opencode: a question stands, and a turn goes on, while much is told of another session', () => {
  const begun = [created('a'), status('a', 'busy'), created('b', 'a'), asked('p')];
  expect(after('opencode', [...begun, ...others])).toEqual({
    now: ['waiting', undefined, 'approve bash: rm x'],
    conversation: 'a',
    kept: 256,
  });
  expect(after('opencode', [...begun, ...others, replied('p')]).now).toEqual(['busy', undefined, undefined]);
  expect(after('opencode', [...begun, ...others, replied('p'), status('a', 'idle')]).now).toEqual([
    'idle',
    'done',
    undefined,
  ]);
});

test('opencode: nothing of before a break is held on to when what was found after it is forgotten', () => {
  const broken: readonly Report[] = [
    created('a'),
    status('a', 'busy'),
    asked('p'),
    ['server.lost'],
    ['server.found', { sessions: { a: { type: 'busy' } }, permissions: [], questions: [] }],
    status('a', 'idle'),
  ];
  expect(after('opencode', broken).now).toEqual(['idle', 'done', undefined]);
  expect(after('opencode', [...broken, ...others]).now).toEqual(['idle', 'done', undefined]);
});

test('what goes on without end takes no more than half of what is kept', () => {
  const kept = after('opencode', [...many(n => asked(`p${n}`)), ...many(n => ['session.error', { n }])]);
  expect(kept).toMatchObject({ now: ['waiting', undefined, 'approve bash: rm x'], kept: 256 });
  expect(
    after('opencode', [...many(n => asked(`p${n}`)), ...others, ...many(n => replied(`p${299 - n}`))]).now[0],
  ).toBe('idle');
});
