import { expect, test } from 'vitest';
import { AGENTS } from '../../source/agents/index.ts';
import { hostStatusAfter } from './host-status.ts';

/** JSON that can't be made a text of, and what else a name is not. */
const ODD: readonly unknown[] = [{ toString: 1 }, [{ toString: 1 }], null, [null], 7, true, '', 'constructor', 'a\nb'];

/** Every report that some adapter reads, and two that are properties of every object. */
const NAMES = [
  ...['UserPromptSubmit', 'PermissionRequest', 'Stop', 'StopFailure', 'SessionStart', 'SubagentStart', 'SubagentStop'],
  ...['sessionStart', 'userPromptSubmitted', 'notification', 'agentStop', 'errorOccurred', 'subagentStart'],
  ...['session.created', 'session.status', 'session.error', 'permission.asked', 'permission.replied'],
  ...['question.asked', 'question.replied', 'question.rejected', 'server.found', 'constructor', 'toString'],
];

/** Every field that some adapter reads. */
const dataOf = (odd: unknown) => ({
  ...Object.fromEntries(
    ['tool_name', 'tool_input', 'error', 'last_assistant_message', 'background_tasks', 'session_id', 'message'].map(
      field => [field, odd],
    ),
  ),
  ...Object.fromEntries(
    [
      'id',
      'requestID',
      'sessionID',
      'sessionId',
      'status',
      'info',
      'permission',
      'patterns',
      'questions',
      'reply',
      'sessions',
      'permissions',
    ].map(field => [field, odd]),
  ),
  notification_type: 'permission_prompt',
});
const WITHIN = ['tool_input', 'error', 'status', 'info'] as const;
const withinOf = (odd: unknown) => ({
  ...dataOf(odd),
  ...Object.fromEntries(
    WITHIN.map(field => [
      field,
      { command: odd, name: odd, type: odd, id: odd, parentID: odd, data: { message: odd } },
    ]),
  ),
  patterns: [odd],
  questions: [{ question: odd, id: odd }],
  permissions: [{ id: odd }],
  sessions: { root: { type: odd }, other: odd },
});

test.each(AGENTS.map(({ kind }) => kind))('%s: no report, however odd, is more than a report', kind => {
  const agent = AGENTS.find(each => each.kind === kind);
  const asked = [{ state: 'blocked', kind: 'permission' }, { state: 'done' }, { holds: `${kind}/permission` }] as const;
  for (const name of NAMES) {
    for (const data of ODD.flatMap(odd => [dataOf(odd), withinOf(odd)])) {
      const hook = { hook: name, data };
      const lost = { hook: 'server.lost' };
      for (const happenings of [[hook], [hook, hook], [lost, hook], ...asked.map(each => [hook, each])]) {
        const status = hostStatusAfter(happenings);
        const activity = agent?.activity(status, 100_000);
        const said = [activity?.state, activity?.kind ?? '', activity?.outcome ?? '', activity?.text ?? ''];
        const claims = activity?.evidence.map(({ claim }) => claim) ?? [];
        expect([...said, ...claims].filter(each => typeof each !== 'string')).toEqual([]);
        expect(['string', 'undefined']).toContain(typeof agent?.conversationOf?.(status));
      }
    }
  }
});
