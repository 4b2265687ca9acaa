import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AGENTS } from '../../source/agents/index.ts';
import { FACTS } from '../../source/agents/sources.ts';

const rows = readFileSync(new URL('../../docs/agents.md', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line.startsWith('| '))
  .map(line => line.slice(2, -2).split(' | '));

test('the documents state the version that each adapter was seen with', () => {
  const said = rows.filter(cells => cells.length === 6 && cells[0] !== '---').slice(1);
  expect(said.map(([title, version]) => [title, version])).toEqual(
    AGENTS.map(({ kind, seenWith }) => [kind === 'command' ? 'yours' : `\`${kind}\``, seenWith ?? '–']),
  );
});

test('every fact of every agent stands in the documents, with its source or a dash', () => {
  const table = rows.filter(cells => cells.length === AGENTS.length + 1 && cells[0] !== '---');
  expect(table.slice(1).map(([fact]) => fact)).toEqual(Object.values(FACTS));
  for (const cells of table) for (const cell of cells.slice(1)) expect(cell).toMatch(/\S/u);
});
