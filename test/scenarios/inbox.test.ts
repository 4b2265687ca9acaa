import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import type { ScreenView } from '../driver/screen-view.ts';
import { marked, sessionsOf, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

/** The rows of the inbox, from its heading on; empty: it is closed. */
function inboxOf(screen: ScreenView): readonly string[] {
  const lines = screen.lines.map(line => line.split('│').at(-1) ?? '');
  const from = lines.findIndex(line => line.includes('── Inbox,'));
  return from === -1 ? [] : lines.slice(from);
}

const asks = (screen: ScreenView) => inboxOf(screen).find(line => /(?:answer|approve).*#\d+-\d+/u.test(line));
const canAnswer = (screen: ScreenView) =>
  asks(screen) !== undefined && inboxOf(screen).some(line => /^ +1 {2}\S/u.test(line));

/** Questions, permissions and plans, each with a number of its own. */
const KINDS = [
  (name: string) => `[[ask Which ${name} | good | bad]]`,
  (name: string) => `[[permission touch ${name}]]`,
  (name: string) => `[[plan Do ${name}]]`,
];

test('an inbox of thirty questions of six agents is worked off with the keyboard alone, each is answered once', async () => {
  fleet = await startStage({ size: [120, 40] });
  const { terminal } = fleet;
  const titles = ['Alto', 'Bass', 'Cello', 'Drum', 'Eupho', 'Flute'];
  for (const [index, title] of titles.entries()) {
    const prompt = [0, 1, 2, 3, 4].map(each => KINDS[(index + each) % 3]?.(`#${index}-${each}`)).join(' ');
    await spawnByKeys(terminal, title, `${prompt} [[write over.txt ${title}]]`);
  }
  const answered: string[] = [];
  const isOver = async () => {
    const sessions = await sessionsOf(fleet);
    return sessions.length === 6 && sessions.every(({ worktree }) => existsSync(join(worktree, 'over.txt')));
  };
  while (answered.length < 30) {
    await terminal.waitUntil('one can be answered', screen => canAnswer(screen) || screen.has('a answer'), {
      within: 30_000,
    });
    if (!canAnswer(terminal.screen())) {
      terminal.press('a');
      await terminal.waitUntil('the inbox is open', screen => inboxOf(screen).length > 0);
      continue;
    }
    const question = asks(terminal.screen()) ?? '';
    answered.push(question.trim());
    // Dead until it has stood for a moment: a person presses again.
    const isGone = (screen: ScreenView) => asks(screen) !== question;
    for (let attempt = 0; attempt < 20 && !isGone(terminal.screen()); attempt++) {
      terminal.press('1');
      await terminal.waitUntil('it is answered', isGone, { within: 450 }).catch(() => {});
    }
  }
  for (const title of titles) await marked(terminal, title, '○', 30_000);
  expect(await isOver()).toBe(true);
  expect(new Set(answered).size).toBe(30);
}, 120_000);

test('what is easily regretted is pressed twice, a no once, and nothing waits any more', async () => {
  fleet = await startStage({ size: [80, 24] });
  const { terminal } = fleet;
  await spawnByKeys(terminal, 'Alto', '[[permission rm -rf build]] [[permission rm -rf dist]] [[say Over.]]');
  await marked(terminal, 'Alto', '▲');
  fleet.press('a');
  await fleet.see('── Inbox, 1 of 1 ─');
  await fleet.see(/^.* 3 {2}No, and tell the agent/mu);
  await fleet.see('approve Action: rm -rf build');
  await pressUntil('1', 'It deletes without asking. 1 once more does it.');
  // A second press is one that comes after the first has stood for a moment.
  const isGone = (screen: ScreenView) => !screen.has('── Inbox');
  for (let attempt = 0; attempt < 20 && !isGone(terminal.screen()); attempt++) {
    fleet.press('1');
    await terminal.waitUntil('it is answered', isGone, { within: 600 }).catch(() => {});
  }
  // Nobody else waits: it closes, and is opened again for the next question.
  await fleet.miss('── Inbox');
  await fleet.see('rm -rf dist');
  await marked(terminal, 'Alto', '▲');
  fleet.press('a');
  await fleet.see('── Inbox, 1 of 1 ─');
  await fleet.see(/^.* 3 {2}No, and tell the agent/mu);
  await pressUntil('3', 'Answered "Alto": No, and');
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
  await pressUntil('1', 'Answered 3.');
  fleet.press('esc');
  const asksNext = (screen: ScreenView) => screen.lines.filter(line => line.includes('touch b')).length >= 3;
  await terminal.waitUntil('all ask the next', asksNext);
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
  await pressUntil('d', 'Deny "Alto"');
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

/** A key is dead until the question has stood for a moment. */
async function pressUntil(key: string, text: string): Promise<void> {
  const { terminal } = fleet;
  for (let attempt = 0; attempt < 20 && !terminal.screen().has(text); attempt++) {
    terminal.press(key);
    await terminal.see(text, { within: 1_000 }).catch(() => {});
  }
  await terminal.see(text);
}
