import { expect, test } from 'vitest';
import { makeId, resolveName, shortId } from '../../source/session/id.ts';
import { checkTitle, titleOfPrompt } from '../../source/session/title.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

test('ids have ten characters and are ordered by time', () => {
  const times = [0, 1_000, 1_760_000_000_000, 1_795_000_000_000, 1_795_000_001_000];
  const ids = times.map(now => makeId(now, bytes(1, 2, 3, 31)));
  expect(ids.every(id => /^[0-9a-hjkmnp-tv-z]{10}$/.test(id))).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
  expect(makeId(5, bytes(0, 0, 0, 1))).not.toBe(makeId(5, bytes(0, 0, 0, 2)));
});

test('a short id is the shortest end that names no other', () => {
  expect(shortId('0000001234', ['0000001234', '0000005678'])).toBe('1234');
  expect(shortId('0000001234', ['0000001234', '0000091234'])).toBe('01234');
});

test('a session is found by id, by a part of it, or by its title', () => {
  const sessions = [
    { id: 'aaaa001111', title: 'one' },
    { id: 'aaaa002222', title: 'two' },
    { id: 'aaaa003333', title: 'two' },
  ];
  expect(resolveName('aaaa001111', sessions)).toMatchObject({ found: { title: 'one' } });
  expect(resolveName('2222', sessions)).toMatchObject({ found: { id: 'aaaa002222' } });
  expect(resolveName('one', sessions)).toMatchObject({ found: { id: 'aaaa001111' } });
  expect(resolveName('two', sessions)).toEqual({
    problem: 'several',
    message: '"two" names 2 sessions: aaaa002222, aaaa003333. Use one of these ids.',
  });
  const isHere = ({ id }: { id: string }) => id === 'aaaa003333' || id === 'aaaa001111';
  expect(resolveName('two', sessions, isHere)).toMatchObject({ found: { id: 'aaaa003333' } });
  expect(resolveName('two', sessions, () => true)).toMatchObject({ problem: 'several' });
  expect(resolveName('222', sessions)).toEqual({
    problem: 'none',
    message: 'There is no session "222". tutti ls --all shows them all.',
  });
});

test('a title is one plain line', () => {
  expect(checkTitle('  Fix\tthe \n bug\u202e ')).toEqual({ title: 'Fix the bug' });
  expect(checkTitle('\u200b \x1b')).toEqual({ problem: 'A title needs at least one visible character.' });
  expect(checkTitle('\u3164\u{e0041}')).toEqual({ problem: 'A title needs at least one visible character.' });
  expect(checkTitle('a\u{e0041}\u200db')).toEqual({ title: 'ab' });
  expect(checkTitle('x'.repeat(121))).toEqual({ problem: 'A title may have 120 characters, this one has 121.' });
  expect(checkTitle('-rf "日本" é')).toEqual({ title: '-rf "日本" é' });
});

test('a title is made of the first words of a prompt', () => {
  expect(titleOfPrompt('\n\nFix the flaky test\nThe test fails')).toBe('Fix the flaky test');
  expect(titleOfPrompt('The test of the checkout fails on rapid toggles, seed 41, every second time')).toBe(
    'The test of the checkout fails on rapid toggles, seed 41,…',
  );
  expect(titleOfPrompt(' \n ')).toBe('Untitled');
});
