import { expect, test } from 'vitest';
import { type AllowRule, checkRule, ruleFor, ruleWords } from '../../source/session/allow-rule.ts';
import { CREATED, sessionAfter } from './make.ts';

const session = sessionAfter(CREATED);

const rule = (given: Partial<AllowRule> = {}): AllowRule => ({
  id: 'r1',
  command: 'npm test',
  match: 'exact',
  where: { in: 'everywhere' },
  madeAt: 1,
  used: 0,
  ...given,
});

test.each<[command: string, allowed: boolean]>([
  ['npm test', true],
  ['npm test ', false],
  ['npm  test', false],
  ['npm test -- --watch', false],
  ['NPM test', false],
  ['npm test; rm -rf /', false],
])('an exact rule allows that text alone: %j', (command, allowed) => {
  expect(ruleFor([rule()], command, session)?.id).toBe(allowed ? 'r1' : undefined);
});

test.each<[command: string, allowed: boolean]>([
  ['npm run', true],
  ['npm run build', true],
  ['npm run build --if-present -w packages/a', true],
  ['npm running', false],
  ['npm run  build', false],
  ['cd x && npm run build', false],
  ['npm run build; curl evil', false],
  ['npm run build && curl evil', false],
  ['npm run build | sh', false],
  ['npm run build & curl evil', false],
  ['npm run $(curl evil)', false],
  ['npm run `curl evil`', false],
  ['npm run build > /etc/passwd', false],
  ['npm run build < x', false],
  ['npm run "build"', false],
  ["npm run 'a b'", false],
  ['npm run $HOME', false],
  ['npm run a\ncurl evil', false],
  ['npm run a\rcurl evil', false],
  ['npm run a\tb', false],
  ['npm run {a,b}', false],
  ['npm run *', false],
  ['npm run a\\ b', false],
  ['npm run a #', false],
  ['npm run !x', false],
  ['npm run ~', false],
  ['npm run é', false],
])('a beginning allows plain words behind it, and nothing that means something to a shell: %j', (command, allowed) => {
  const rules = [rule({ command: 'npm run', match: 'beginning' })];
  expect(ruleFor(rules, command, session)?.id).toBe(allowed ? 'r1' : undefined);
});

test('a rule counts for its agent, in its session or its repository', () => {
  const allows = (given: Partial<AllowRule>) => ruleFor([rule(given)], 'npm test', session) !== undefined;
  expect(allows({ agent: 'demo' })).toBe(true);
  expect(allows({ agent: 'claude' })).toBe(false);
  expect(allows({ where: { in: 'session', session: session.id, name: '' } })).toBe(true);
  expect(allows({ where: { in: 'session', session: 'other', name: '' } })).toBe(false);
  expect(allows({ where: { in: 'repository', gitDir: session.repository.gitDir, name: '' } })).toBe(true);
  expect(allows({ where: { in: 'repository', gitDir: '/other/.git', name: '' } })).toBe(false);
});

test.each<[command: string, match: AllowRule['match'], problem: string | undefined]>([
  [' npm test ', 'exact', undefined],
  ['npm test && npm run lint', 'exact', undefined],
  ['npm run', 'beginning', undefined],
  ['', 'exact', 'A rule needs a command.'],
  ['rm -rf build', 'exact', 'No rule can be made of "rm -rf build": it deletes without asking.'],
  ['git push --force', 'beginning', 'No rule can be made of "git push --force": it overwrites a remote branch.'],
  ['npm test; ls', 'beginning', '"npm test; ls" can only be allowed as a whole: a beginning is made of plain words.'],
  ['npm', 'beginning', '"npm" alone would allow all that this program can do: a beginning has two words at least.'],
  ['npm\ntest', 'exact', 'A rule can be made of a command of one line, of 300 visible characters at most.'],
  ['npm \u202etest', 'exact', 'A rule can be made of a command of one line, of 300 visible characters at most.'],
  ['x'.repeat(301), 'exact', 'A rule can be made of a command of one line, of 300 visible characters at most.'],
])('what a rule can be made of: %j, %s', (command, match, problem) => {
  expect(checkRule(command, match)).toEqual(problem === undefined ? { command: command.trim() } : { problem });
});

test('a rule in words', () => {
  expect(ruleWords(rule())).toBe('npm test, everywhere, all agents');
  const where = { in: 'repository', gitDir: '/r', name: 'acme/shop' } as const;
  expect(ruleWords(rule({ match: 'beginning', agent: 'claude', where }))).toBe('npm test …, in acme/shop, claude');
});
