import { expect, test } from 'vitest';
import { NOW, runFake } from './fake-context.ts';

const CHOICE = { key: '2', label: 'pnpm', opens: false };

test('ask: prints the answer alone, so that a script can take it', async () => {
  const answers = { 'session/ask': { choice: CHOICE } };
  const asked = await runFake(['ask', 'Which?', 'npm', 'pnpm'], { answers });
  expect([asked.code, asked.out, asked.err]).toEqual([0, 'pnpm\n', '']);
  expect(asked.asked).toEqual([
    ['session/ask', { operation: 'operation-1', question: 'Which?', choices: ['npm', 'pnpm'], askedAt: NOW }],
  ]);
  expect((await runFake(['ask', 'Which?', '--json'], { answers })).json()).toEqual(CHOICE);
});

test('report: one of the states, with a line or without', async () => {
  const answers = { 'session/report': null };
  const report = async (...words: readonly string[]) => {
    const { code, out, err, asked } = await runFake(['report', ...words], { answers });
    return code === 0 && out === '' ? asked : [code, err];
  };
  expect(await report('working', '-m', '3 of 9')).toEqual([
    ['session/report', { state: 'working', message: '3 of 9' }],
  ]);
  expect(await report('done')).toEqual([['session/report', { state: 'done' }]]);
  expect(await report('great')).toEqual([
    2,
    'tutti report: "great" is no state. States are working, idle, done, error.\n',
  ]);
});
