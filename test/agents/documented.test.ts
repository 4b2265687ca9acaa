import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AGENTS } from '../../source/agents/index.ts';

test('the documents state the version that each adapter was seen with', () => {
  const docs = readFileSync(new URL('../../docs/agents.md', import.meta.url), 'utf8');
  const rows = docs.matchAll(/^\| `([a-z-]+)` \| (\S+) \|/gmu);
  const said = new Map([...rows].map(([, kind, version]) => [kind, version]));
  const named = AGENTS.filter(({ kind }) => kind !== 'command');
  expect(said).toEqual(new Map(named.map(({ kind, seenWith }) => [kind, seenWith ?? '–'])));
});
