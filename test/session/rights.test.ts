import { expect, test } from 'vitest';
import {
  type Asked,
  GRANTS,
  type Grant,
  grantsOf,
  mayRead,
  NEEDS,
  refusalOfRight,
} from '../../source/session/rights.ts';
import type { Session } from '../../source/session/session.ts';

const A = 'aaaaaaaaaa';
const itself = { id: A };
const child = { id: 'cccccccccc', parent: A };
const other = { id: 'bbbbbbbbbb' };

const asked = Object.keys(NEEDS) as Asked[];
const refusal = (name: Asked, target: { id: string; parent?: string } | undefined, ...grants: readonly Grant[]) =>
  refusalOfRight(name, { id: A, title: 'Fix the cart', grants }, target);
const allowed = (target: { id: string; parent?: string }, ...grants: readonly Grant[]) =>
  asked.filter(name => refusal(name, target, ...grants) === undefined).toSorted();

const READS = [
  'file/find',
  'question/read',
  'session/diff',
  'session/history',
  'session/show',
  'session/wait',
  'session/why',
];
const BY_ITSELF = [
  'daemon/status',
  'fleet/list',
  'fleet/watch',
  'history/search',
  'session/ask',
  'session/report',
  'usage/list',
];

test('by itself a session reads itself and what it has started, and nothing else', () => {
  expect(allowed(itself)).toEqual([...BY_ITSELF, ...READS].toSorted());
  expect(allowed(child)).toEqual([...BY_ITSELF, ...READS].toSorted());
  expect(allowed(other)).toEqual(BY_ITSELF);
});

test.each([
  ['read', READS],
  ['write', ['prompt/send']],
  ['spawn', ['agent/list', 'repository/describe', 'session/create']],
  ['end', ['session/kill', 'session/pause']],
] as const)('granted %s it may: %s', (grant, may) => {
  expect(allowed(other, grant)).toEqual([...BY_ITSELF, ...may].toSorted());
});

test('what judges, hands over, undoes or widens is the person’s, whatever was granted', () => {
  const granted = allowed(itself, ...GRANTS);
  const persons = asked.filter(name => !granted.includes(name));
  expect(persons.toSorted()).toEqual(asked.filter(name => NEEDS[name][0] === 'person').toSorted());
  expect(persons).toEqual(
    expect.arrayContaining([
      'question/answer',
      'branch/merge',
      'branch/push',
      'branch/commit',
      'session/undo',
      'session/allow',
      'session/restart',
      'session/resume',
      'shell/open',
      'daemon/stop',
      'run/start',
    ]),
  );
});

test('a refusal is one sentence: what, why, what to do', () => {
  expect(refusal('branch/merge', other, ...GRANTS)).toBe(
    'The session "Fix the cart" may not merge: only the user does that, in a terminal of his own. Tell him what you would do.',
  );
  expect(refusal('session/show', other, 'write')).toBe(
    'The session "Fix the cart" may not read others: the user has not granted it. He does, if he wants to, by: tutti allow aaaaaaaaaa read',
  );
});

test('what was started by a session has what the settings grant to all only as far as that one has it', () => {
  const session = (id: string, rest: Partial<Session>) => ({ id, ...rest }) as Session;
  const all = [
    session('a', { grants: ['spawn'] }),
    session('b', { parent: 'a' }),
    session('c', { parent: 'b', grants: ['end'] }),
    session('d', { parent: 'gone' }),
  ];
  const of = (id: string, forAll: readonly Grant[]) => {
    const find = (wanted: string) => all.find(each => each.id === wanted);
    const found = find(id);
    return found && grantsOf(found, { forAll, find });
  };
  expect(of('a', [])).toEqual(['spawn']);
  expect(of('b', [])).toEqual([]);
  expect(of('a', ['read'])).toEqual(['read', 'spawn']);
  expect(of('b', ['read'])).toEqual(['read']);
  expect(of('c', ['read'])).toEqual(['read', 'end']);
  expect(of('d', ['read', 'spawn'])).toEqual([]);
});

test('a reader sees all, others what is theirs', () => {
  expect([itself, child, other].map(target => mayRead({ id: A, grants: [] }, target))).toEqual([true, true, false]);
  expect(mayRead({ id: A, grants: ['read'] }, other)).toBe(true);
});
