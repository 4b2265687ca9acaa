import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import type { ScreenView } from '../driver/screen-view.ts';
import { marked, sessionsOf, spawnByKeys, startStage } from './demo-stage.ts';
import { pressUntil } from './inbox-by-keys.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

test('what is easily regretted is pressed twice, a no once, and nothing waits any more', async () => {
  fleet = await startStage({ size: [80, 24] });
  const { terminal } = fleet;
  await spawnByKeys(terminal, 'Alto', '[[permission rm -rf build]] [[permission rm -rf dist]] [[say Over.]]');
  await marked(terminal, 'Alto', '▲');
  fleet.press('a');
  await fleet.see('── Inbox, 1 of 1 ─');
  await fleet.see(/^.* 3 {2}No, and tell the agent/mu);
  await fleet.see('approve Action: rm -rf build');
  await pressUntil(terminal, '1', 'It deletes without asking. 1 once more does it.');
  // A second press is one that comes after the first has stood for a moment.
  const isGone = (screen: ScreenView) => !screen.has('── Inbox');
  await pressUntil(terminal, '1', 'it is answered', isGone);
  // Nobody else waits: it closes, and is opened again for the next question.
  await fleet.miss('── Inbox');
  await fleet.see('rm -rf dist');
  await marked(terminal, 'Alto', '▲');
  fleet.press('a');
  await fleet.see('── Inbox, 1 of 1 ─');
  await fleet.see(/^.* 3 {2}No, and tell the agent/mu);
  await pressUntil(terminal, '3', 'Answered "Alto": No, and');
  await fleet.miss('── Inbox');
});

test('one answer for several that ask the same: by A and a digit, and by --alike; one that is put away is left alone', async () => {
  fleet = await startStage({ size: [80, 24] });
  const { terminal } = fleet;
  for (const title of ['Alto', 'Bass', 'Cello']) {
    await spawnByKeys(terminal, title, '[[permission touch a]] [[permission touch b]] [[say Over.]]');
    await marked(terminal, title, '▲');
  }
  fleet.press('a');
  await fleet.see('A  2 more ask the same: Alto, Bass');
  fleet.press('A');
  await fleet.see('A  2 more get the answer too: Alto, Bass');
  await pressUntil(terminal, '1', 'Answered 3.');
  fleet.press('esc');
  await fleet.miss('── Inbox');
  // The rows are too narrow for what they ask.
  const asking = async () => (await sessionsOf(fleet)).filter(({ line }) => line.includes('touch b'));
  await expect.poll(asking, { message: 'all ask the next', timeout: 10_000 }).toHaveLength(3);
  expect((await fleet.cli('snooze Cello')).code).toBe(0);
  const done = await fleet.cli('answer Alto 1 --alike');
  expect([done.code, done.stdout.match(/"\w+": 1 Yes/gu)]).toEqual([0, ['"Alto": 1 Yes', '"Bass": 1 Yes']]);
  await marked(terminal, 'Alto', '○');
  await marked(terminal, 'Bass', '○');
  await marked(terminal, 'Cello', '◔');
});

test('a no with its reason, by key and by command, is what the agent hears next', async () => {
  fleet = await startStage({ size: [80, 24] });
  const { terminal } = fleet;
  await spawnByKeys(terminal, 'Alto', '[[permission touch a]] [[say Over.]]');
  await marked(terminal, 'Alto', '▲');
  fleet.press('a');
  await fleet.see(/^.* 3 {2}No, and tell the agent/mu);
  await pressUntil(terminal, 'd', 'Deny "Alto"');
  await fleet.see('It asks: approve Action: touch a');
  fleet.type('[[permission touch b]]\n');
  await fleet.see(/ {4}touch b *$/mu);
  const refused = await fleet.cli('answer Alto 1 --reason "Not yet"');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('a reason goes with the choice that refuses');
  expect((await fleet.cli('answer Alto')).stdout).toContain('instead (--reason can follow)');
  const done = await fleet.cli('answer Alto no --reason "[[say Heard.]]"');
  expect(done.stdout).toContain('3 No, and tell the agent what to do instead. Its agent is told why');
  await fleet.see('Heard.');
  await marked(terminal, 'Alto', '○');
});

test('tutti answer shows what all ask and answers it; one that was answered is refused', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Alto', '[[ask Which | good | bad]] [[write word {answer}]] [[say Over.]]');
  await marked(fleet.terminal, 'Alto', '▲');
  const [asked] = (await fleet.cli('answer --json')).json<
    readonly { readonly session: string; readonly id: string }[]
  >();
  expect(asked).toMatchObject({
    kind: 'question',
    choices: [
      { key: '1', label: 'good' },
      { key: '2', label: 'bad' },
    ],
  });
  expect((await fleet.cli('answer Alto')).stdout).toContain('  2  bad');
  const done = await fleet.cli(`answer Alto bad --question ${asked?.id}`);
  expect(done).toMatchObject({ code: 0, stdout: `answered ${asked?.session} "Alto": 2 bad\n` });
  await marked(fleet.terminal, 'Alto', '○');
  const again = await fleet.cli(`answer Alto good --question ${asked?.id}`);
  expect(again).toMatchObject({ code: 4 });
  expect(again.stderr).toContain('it asks nothing now');
  expect((await fleet.cli('answer')).stdout).toBe('No agent asks anything.\n');
});
