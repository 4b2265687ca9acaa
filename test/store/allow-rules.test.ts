import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AllowRule } from '../../source/session/allow-rule.ts';
import { AllowRules } from '../../source/store/allow-rules.ts';

const RULE: AllowRule = {
  id: 'r1',
  command: 'npm test',
  match: 'exact',
  where: { in: 'session', session: 's1', name: 'Alto' },
  madeAt: 1,
  used: 0,
};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tutti-rules-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('what was written is read again; without a file there is no rule', () => {
  const data = folder();
  expect(new AllowRules(data).list()).toEqual([]);
  new AllowRules(data).write([RULE, { ...RULE, id: 'r2', agent: 'claude', where: { in: 'everywhere' } }]);
  expect(new AllowRules(data).list().map(({ id, where }) => [id, where.in])).toEqual([
    ['r1', 'session'],
    ['r2', 'everywhere'],
  ]);
  expect(readdirSync(data)).toEqual(['allow-rules.json']);
});

test.each([
  ['no JSON', 'npm test'],
  ['a rule without its place', JSON.stringify({ rules: [{ ...RULE, where: undefined }] })],
  ['a place that is not known', JSON.stringify({ rules: [{ ...RULE, where: { in: 'world' } }] })],
  ['a field that is not known', JSON.stringify({ rules: [{ ...RULE, unless: 'x' }] })],
  ['a match that is not known', JSON.stringify({ rules: [{ ...RULE, match: 'glob' }] })],
])('of a file with %s no rule counts, and it stays as it is', (_, text) => {
  const data = folder();
  const file = join(data, 'allow-rules.json');
  writeFileSync(file, text);
  const rules = new AllowRules(data);
  expect(() => rules.list()).toThrow(`The rules in ${file} can't be read`);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
