import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { SETTINGS, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

const told = () => fleet.terminal.told.statuses;
const until = (what: string, holds: () => boolean) => fleet.terminal.waitUntil(what, holds);

test('the terminal around is told how the fleet is, and nothing any more when tutti is left', async () => {
  fleet = await startStage({ opened: false });
  fleet.open({ readsStatus: true });
  await fleet.see('No sessions in');
  await spawnByKeys(fleet.terminal, 'Asks', '[[permission rm -rf build]]');
  await until('it is told who needs the user', () => told().get('tutti')?.message === '1 needs you');
  const [, session] = [...told()].find(([id]) => id.startsWith('tutti/')) ?? [];
  expect(session).toEqual({ state: 'blocked', kind: 'permission', app: 'demo', title: 'Asks', message: 'needs you' });
  expect(told().get('tutti')).toMatchObject({ app: 'tutti', state: 'blocked' });
  await until('the title has the numbers', () => fleet.terminal.told.title === 'tutti: 1 needs you');
  // What it asks stays in its pane.
  expect(fleet.terminal.raw).not.toContain(Buffer.from('rm -rf build').toString('base64').slice(0, 12));
  fleet.press('enter');
  await fleet.see('keys go to demo');
  fleet.press('2', 'ctrl-q');
  await until('it is told that nobody is needed', () => told().get('tutti')?.state === 'idle');
  fleet.press('q');
  await fleet.terminal.ended;
  await until('nothing is said any more', () => told().size === 0);
});

test('who opens tutti on a fleet that waits already is told at once, though nothing changes', async () => {
  fleet = await startStage();
  await spawnByKeys(fleet.terminal, 'Asks', '[[permission rm -rf build]]');
  await until('the title has the numbers', () => fleet.terminal.told.title === 'tutti: 1 needs you');
  fleet.press('q');
  await fleet.terminal.ended;
  const later = fleet.open();
  await later.waitUntil('its title has them', () => later.told.title === 'tutti: 1 needs you');
});

test('after a SIGKILL nothing of it is left either', async () => {
  fleet = await startStage({ opened: false });
  fleet.open({ readsStatus: true });
  await until('the fleet is told', () => told().get('tutti')?.message === 'nothing needs you');
  await fleet.kill('tui');
  await until('nothing is said any more', () => told().size === 0);
});

test('a terminal that does not read it, or a user who does not want it, is not bothered', async () => {
  fleet = await startStage({ settings: { ...SETTINGS, outward: false } });
  const deaf = fleet.terminal;
  await spawnByKeys(deaf, 'First', '[[say one]]');
  await fleet.see('● one');
  expect(deaf.raw.replaceAll('7501;?', '').replaceAll('7501;state=clear:id=tutti', '')).not.toContain('7501');
  // Asked once, at the start.
  expect(deaf.raw.split('7501;?')).toHaveLength(2);
  expect(deaf.told.title).toBe('tutti');
});
