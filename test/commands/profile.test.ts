import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../source/store/settings-defaults.ts';
import { runFake, viewOf } from './fake-context.ts';

const settings = { ...DEFAULT_SETTINGS, profiles: { work: { agent: 'codex' } } };
const view = viewOf();
const answers = { 'session/create': view, 'session/wait': view };

test('new: a profile names its agent; one that the settings lack is said before the daemon is asked', async () => {
  const made = await runFake(['new', 'x', '--profile', 'work'], { answers, settings });
  const created = made.asked.find(([method]) => method === 'session/create')?.[1];
  expect(created).toMatchObject({ agent: { kind: 'codex', profile: 'work' } });
  const { asked, ...refused } = await runFake(['new', 'x', '--profile', 'wrok'], { answers, settings });
  expect(refused).toMatchObject({
    code: 3,
    err: 'Your settings have no profile "wrok". Known are work; they stand under profiles.\n',
  });
  expect(asked).toEqual([]);
});
