import { expect, test } from 'vitest';
import { importsOf } from './read-imports.ts';

test('every way of importing is seen', () => {
  const text = `
import a from 'a';
import type { B } from './b.ts';
import { type C, type D } from '../protocol/c.ts';
import { type E, f } from '@scope/f/deep';
import * as g from 'node:g';
import './h.ts';
export { i } from './i.ts';
export * from './j.ts';
const k = await import('k');
// import l from 'l';
const words = ['import', 'x'];
/* import m from 'm'; */
import n, { type O } from 'n';
import {
  p,
  type Q,
} from './p.ts';
`;
  const seen = importsOf({ path: 'source/room/file.ts', room: 'room', text });
  expect(seen.map(({ to, isType }) => `${to}${isType ? ' (type)' : ''}`).sort()).toEqual([
    '@scope/f',
    'a',
    'k',
    'n',
    'node:g',
    'source/protocol/c.ts (type)',
    'source/room/b.ts (type)',
    'source/room/h.ts',
    'source/room/i.ts',
    'source/room/j.ts',
    'source/room/p.ts',
  ]);
});
