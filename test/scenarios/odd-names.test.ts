import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { marked, sessionsOf, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

test('odd names are shown whole or cut, never as escapes, and take nothing out of line', async () => {
  fleet = await startStage({ size: [80, 24], repository: { name: `it's "全角" $HOME -x` } });
  const titles = [
    '全角のカート',
    '😀 emoji 🎼',
    "it's $(touch x) `y`",
    '--help',
    'é combining e\u0301',
    'x'.repeat(100),
  ];
  for (const title of titles) {
    fleet.press('n');
    await fleet.see('New session');
    fleet.paste(title);
    fleet.press('enter');
    await fleet.miss('New session');
  }
  await fleet.waitUntil(
    'all are idle',
    screen => screen.lines.filter(line => /^.○ /u.test(line)).length === titles.length,
    {
      within: 20_000,
    },
  );
  const rules = fleet.screen().lines.filter(line => line.includes('│'));
  const places = new Set(rules.map((_, y) => cellOf('│', y + 1)));
  expect([...places]).toEqual([26]);
  const sessions = await sessionsOf(fleet);
  expect(sessions.map(session => session.title).sort()).toEqual([...titles].sort());
  for (const { branch } of sessions) expect(branch).toMatch(/^tester\/[^\s~^:?*[\\]+$/);
});

test('a pasted title with escapes and newlines is one plain line', async () => {
  fleet = await startStage({ size: [100, 30] });
  fleet.press('n');
  await fleet.see('New session');
  fleet.terminal.send('\x1b[200~red \x1b[31mtitle\rsecond\x1b]0;evil\x07\x1b[201~');
  fleet.press('enter');
  await fleet.miss('New session');
  await fleet.see('red');
  const [session] = await sessionsOf(fleet);
  expect(session?.title).not.toMatch(/[\x00-\x1f]/);
  expect(session?.title).toContain('red');
  await spawnByKeys(fleet.terminal, 'Next');
  await marked(fleet.terminal, 'Next', '○');
});

/** Column of the first cell with this text in a row. */
function cellOf(text: string, y: number): number | undefined {
  const { columns, cell } = fleet.screen();
  for (let x = 0; x < columns; x++) if (cell(x, y).text === text) return x;
  return undefined;
}
