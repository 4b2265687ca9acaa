import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { gone, marked, select, sessionsOf, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

const titles = async () => (await sessionsOf(fleet)).map(session => session.title).sort();

/** What a person goes on typing who has not looked up: a kill, a rename, an undo, and leaving tutti. */
const TYPED = 'Dyexyz\nuq';

test('the session of an attach is killed elsewhere: no other one gets the keys', async () => {
  fleet = await startStage({ opened: false });
  const make = async (title: string) =>
    (await fleet.cli(['new', title, '--agent', 'demo', '--prompt', `[[say ${title}]]`])).stdout.trim();
  const id = await make('Here');
  await make('Other');
  const terminal = fleet.open({ args: ['attach', id], size: [100, 30] });
  await terminal.see('● Here');
  expect((await fleet.cli(['kill', id])).code).toBe(0);
  await terminal.see('"Here" was killed');
  await terminal.see('What you type goes nowhere; ctrl-q leaves.');
  expect(terminal.screen().has('● Other')).toBe(false);
  terminal.type(TYPED);
  terminal.press('ctrl-q');
  expect(await terminal.ended).toBe(0);
  expect(await titles()).toEqual(['Other']);
  expect((await fleet.cli(['screen', 'Other'])).stdout).not.toContain('Dy');
});

test('the session of a focused pane is killed elsewhere: the rest of what is typed is no command', async () => {
  fleet = await startStage({ size: [100, 30] });
  const { terminal } = fleet;
  for (const title of ['Alto', 'Bass']) {
    await spawnByKeys(terminal, title, `[[say ${title}]]`);
    await marked(terminal, title, '○');
  }
  await select(terminal, 'Alto');
  fleet.press('enter');
  await fleet.see('keys go to demo');
  expect((await fleet.cli('kill Alto')).code).toBe(0);
  await fleet.see('"Alto" was killed');
  fleet.type(TYPED);
  fleet.press('ctrl-q');
  await fleet.miss('"Alto" was killed');
  await gone(terminal, 'Alto');
  expect(await titles()).toEqual(['Bass']);
  fleet.press('u');
  await marked(terminal, 'Alto', '○');
});

test('the agent of a focused pane ends: the rest of what is typed is no command', async () => {
  fleet = await startStage({ size: [100, 30] });
  await spawnByKeys(fleet.terminal, 'Solo', '[[say here]]');
  await marked(fleet.terminal, 'Solo', '○');
  fleet.press('enter');
  await fleet.see('keys go to demo');
  fleet.type('[[exit 3]]\n');
  await fleet.see('What you type goes nowhere');
  fleet.type(TYPED);
  fleet.press('esc');
  await fleet.miss('What you type goes nowhere');
  expect(await titles()).toEqual(['Solo']);
  fleet.press('R');
  await marked(fleet.terminal, 'Solo', '○');
});

test('an attach to a program that has ended is left by the leaving key', async () => {
  fleet = await startStage({ opened: false });
  const id = (await fleet.cli(['new', 'Over', '--agent', 'demo', '--prompt', '[[exit 0]]'])).stdout.trim();
  expect((await fleet.cli(['wait', id, '--for', 'exited'])).code).toBe(0);
  const terminal = fleet.open({ args: ['attach', id], size: [100, 30] });
  await terminal.see('ctrl-q leaves');
  terminal.type(TYPED);
  terminal.press('ctrl-q');
  expect(await terminal.ended).toBe(0);
  expect(await titles()).toEqual(['Over']);
});
