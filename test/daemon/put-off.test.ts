import { expect, test } from 'vitest';
import { PutOff } from '../../source/daemon/put-off.ts';

const prompt = { key: 'deliverPrompt:p/0', session: 's' };
const check = { key: 'startCheck:s', session: 's' };
const other = { key: 'startHost:t', session: 't' };

test('what has to wait waits until its session is woken', () => {
  const putOff = new PutOff();
  for (const effect of [prompt, check, other]) {
    putOff.begin(effect);
    putOff.later(effect);
    putOff.end(effect);
  }
  expect([prompt, check, other].map(({ key }) => putOff.has(key))).toEqual([true, true, true]);
  putOff.wake('s');
  expect([prompt, check, other].map(({ key }) => putOff.has(key))).toEqual([false, false, true]);
});

test('a wake-up that comes while it is tried counts, and only once', () => {
  const putOff = new PutOff();
  putOff.begin(check);
  putOff.wake('t');
  putOff.wake('s');
  putOff.later(check);
  putOff.end(check);
  expect(putOff.has(check.key)).toBe(false);
  putOff.begin(check);
  putOff.later(check);
  putOff.end(check);
  expect(putOff.has(check.key)).toBe(true);
});
