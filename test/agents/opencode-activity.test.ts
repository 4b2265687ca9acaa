import { expect, test } from 'vitest';
import { opencode } from '../../source/agents/opencode.ts';
import { conversationOfOpencode } from '../../source/agents/opencode-server.ts';
import type { Activity } from '../../source/session/activity.ts';
import { type Happening, hostStatusAfter } from './host-status.ts';

const says = (hook: string, data: Readonly<Record<string, unknown>>): Happening => ({ hook, data });
const is = (type: string, sessionID = 'root') => says('session.status', { sessionID, status: { type } });
const created = (id: string, parentID?: string) =>
  says('session.created', { info: { id, ...(parentID === undefined ? {} : { parentID }) } });
const aborted = says('session.error', { sessionID: 'root', error: { name: 'MessageAbortedError' } });
const failed = says('session.error', {
  sessionID: 'root',
  error: { name: 'APIError', data: { message: 'Unauthorized\nmore', statusCode: 401 } },
});
const asked = says('permission.asked', {
  id: 'per_1',
  sessionID: 'root',
  permission: 'bash',
  patterns: ['touch a.txt'],
});
const question = says('question.asked', { id: 'que_1', sessionID: 'root', questions: [{ question: 'Which color' }] });

const lost = says('server.lost', {});
const found = (sessions: object, permissions: readonly object[] = [], questions: readonly object[] = []) =>
  says('server.found', { sessions, permissions, questions });
const answered = says('permission.replied', { requestID: 'per_1', reply: 'once' });

/** What its server and its screen tell together: `[state, outcome or kind, text]`. */
test.each<
  readonly [string, readonly Happening[], readonly [Activity['state'], string | undefined, string | undefined]]
>([
  ['nothing of a turn', [created('root')], ['unknown', undefined, undefined]],
  ['its box, before any turn', [created('root'), { holds: 'opencode/idle' }], ['idle', undefined, undefined]],
  ['work', [is('busy')], ['busy', undefined, undefined]],
  ['a turn that is over', [is('busy'), is('idle')], ['idle', 'done', undefined]],
  ['an interrupt', [is('busy'), aborted, is('idle')], ['idle', undefined, undefined]],
  ['an interrupt that is told twice', [is('busy'), aborted, is('idle'), aborted], ['idle', undefined, undefined]],
  ['an error', [is('busy'), failed, is('idle')], ['idle', 'error', 'Unauthorized']],
  ['a turn after an error', [is('busy'), failed, is('idle'), is('busy'), is('idle')], ['idle', 'done', undefined]],
  ['a retry', [is('busy'), is('retry')], ['busy', undefined, 'no answer from the model, retrying']],
  [
    'a try that waits for long, as at a limit',
    [
      is('busy'),
      says('session.status', {
        sessionID: 'root',
        status: {
          type: 'retry',
          attempt: 1,
          message: 'Too many\nrequests',
          next: new Date(1970, 0, 2, 20, 33).getTime(),
        },
      }),
    ],
    ['busy', undefined, 'no answer from the model before Fri 20:33: Too many'],
  ],
  ['a permission', [is('busy'), asked], ['waiting', 'permission', 'approve bash: touch a.txt']],
  ['a question', [is('busy'), question], ['waiting', 'question', 'Which color']],
  [
    'a permission that was given',
    [is('busy'), asked, says('permission.replied', { requestID: 'per_1', reply: 'once' })],
    ['busy', undefined, undefined],
  ],
  [
    'one that was refused, which ends the turn and is no success',
    [is('busy'), asked, says('permission.replied', { requestID: 'per_1', reply: 'reject' }), is('idle')],
    ['idle', undefined, undefined],
  ],
  [
    'a question that was left',
    [is('busy'), question, says('question.rejected', { requestID: 'que_1' }), is('idle')],
    ['idle', undefined, undefined],
  ],
  [
    'a sub-agent at work',
    [is('busy'), created('sub', 'root'), is('busy', 'sub'), is('idle')],
    ['busy', undefined, undefined],
  ],
  [
    'work whose end may have been told while nobody listened: its screen tells',
    [is('busy'), { holds: 'opencode/idle' }, lost],
    ['idle', undefined, undefined],
  ],
  [
    'the end of a turn, while its screen still shows work',
    [is('busy'), { holds: 'opencode/working' }, is('idle')],
    ['idle', 'done', undefined],
  ],
  [
    'what stands on its screen longer than it holds',
    [is('busy'), { holds: 'opencode/permission' }, asked, is('idle')],
    ['waiting', 'permission', 'approve bash: touch a.txt'],
  ],
  ['a break, after which nobody knows', [is('busy'), lost], ['unknown', undefined, undefined]],
  ['a break, and what it says next', [is('busy'), lost, is('idle', 'sub')], ['unknown', undefined, undefined]],
  [
    'a turn that was over in a break: its screen tells that',
    [is('busy'), lost, found({}), { holds: 'opencode/idle' }],
    ['idle', undefined, undefined],
  ],
  ['a turn over a break', [is('busy'), lost, found({ root: { type: 'busy' } })], ['busy', undefined, undefined]],
  ['a turn after a break', [is('busy'), lost, found({}), is('busy'), is('idle')], ['idle', 'done', undefined]],
  [
    'an end after a break',
    [is('busy'), lost, found({ root: { type: 'busy' } }), is('idle')],
    ['idle', 'done', undefined],
  ],
  [
    'an end that is told before what was read',
    [is('busy'), lost, is('idle'), found({ root: { type: 'busy' } })],
    ['idle', 'done', undefined],
  ],
  [
    'a turn that began in a break',
    [is('idle'), lost, found({ root: { type: 'busy' } })],
    ['busy', undefined, undefined],
  ],
  ['an error before a break', [is('busy'), failed, is('idle'), lost, found({})], ['idle', 'error', 'Unauthorized']],
  ['nothing before a break, and nothing after', [created('root'), lost, found({})], ['unknown', undefined, undefined]],
  [
    'a permission that was given in a break',
    [is('busy'), asked, lost, found({ root: { type: 'busy' } })],
    ['busy', undefined, undefined],
  ],
  [
    'a permission that was asked for in a break',
    [is('busy'), lost, found({ root: { type: 'busy' } }, [{ id: 'per_1', permission: 'bash', patterns: ['ls'] }])],
    ['waiting', 'permission', 'approve bash: ls'],
  ],
  [
    'a permission that was given before it was read',
    [is('busy'), asked, lost, answered, found({ root: { type: 'busy' } }, [{ id: 'per_1', permission: 'bash' }])],
    ['busy', undefined, undefined],
  ],
  [
    'a question over two breaks',
    [is('busy'), question, lost, lost, found({ root: { type: 'busy' } }, [], [{ id: 'que_1', questions: [] }])],
    ['waiting', 'question', 'Which color'],
  ],
])('%s', (_, happenings, [state, which, text]) => {
  const activity = opencode.activity(hostStatusAfter(happenings), 100_000);
  expect([activity.state, activity.kind ?? activity.outcome, activity.text]).toEqual([state, which, text]);
});

test('what a break has not changed is as old as it was', () => {
  const sinceAfter = (...happenings: readonly Happening[]) =>
    opencode.activity(hostStatusAfter(happenings), 100_000).since;
  expect(sinceAfter(is('busy'), lost, found({ root: { type: 'busy' } }))).toBe(1000);
  expect(sinceAfter(is('busy'), is('idle'), lost, found({}))).toBe(2000);
  expect(sinceAfter(is('busy'), asked, lost, found({ root: { type: 'busy' } }, [{ id: 'per_1' }]))).toBe(2000);
  expect(sinceAfter(is('idle'), lost, found({ root: { type: 'busy' } }))).toBe(3000);
});

test('its conversation is the newest one that is no sub-agent’s', () => {
  const idAfter = (...happenings: readonly Happening[]) => conversationOfOpencode(hostStatusAfter(happenings));
  expect(idAfter()).toBeUndefined();
  expect(idAfter(created('ses_1'), created('ses_2', 'ses_1'))).toBe('ses_1');
  expect(idAfter(created('ses_1'), created('ses_3'))).toBe('ses_3');
  // Created before anybody listened.
  expect(idAfter(created('sub', 'ses_1'), is('busy', 'sub'), is('busy', 'ses_1'))).toBe('ses_1');
});
