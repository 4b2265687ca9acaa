import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { FRESH_MODES } from '../driver/fresh-modes.ts';
import { git } from '../driver/repository.ts';
import { countReceipts, fileOf, gone, marked, select, sessionRows, sessionsOf, spawnByKeys } from './demo-stage.ts';

const TEN = ['Alto', 'Bass', 'Cello', 'Drum', 'Erhu', 'Flute', 'Gong', 'Harp', 'Igil', 'Kazoo'];
const IDLE = '○';

/** What a user does with a fleet of ten, all of it by keys, and what must be true of it in the end. */
export async function playFleetOfTen(fleet: Fleet): Promise<void> {
  const { terminal } = fleet;
  const repository = fleet.repository ?? '';

  // Spawned, each with a first prompt.
  for (const title of TEN) await spawnByKeys(terminal, title, `[[write ${title}.txt la]]`);
  for (const title of TEN) await marked(terminal, title, IDLE);

  // Prompted, without going there.
  await select(terminal, 'Cello');
  fleet.press('i');
  await fleet.see('enter send');
  fleet.type('[[say sung by Cello]]');
  fleet.press('enter');
  await fleet.see('● sung by Cello');

  // Typed to.
  await select(terminal, 'Drum');
  await fleet.see('> [[write Drum.txt la]]');
  fleet.press('enter');
  await fleet.see('keys go to demo');
  fleet.type('[[say typed to Drum]]');
  await fleet.see('> [[say typed to Drum]]');
  fleet.press('enter');
  await fleet.see('● typed to Drum');
  fleet.press('ctrl-q');
  await fleet.see('? help');

  // Zoomed.
  fleet.press('z');
  await fleet.waitUntil('the pane is all there is', screen => !screen.has('│') && screen.has('● typed to Drum'));
  fleet.type('[[say zoomed]]\n');
  await fleet.see('● zoomed');
  fleet.press('ctrl-q');
  await fleet.waitUntil('the list is back', screen => screen.has('│') && screen.has('? help'));

  // Killed and undone, ignored files too.
  await marked(terminal, 'Erhu', IDLE);
  const ignored = await fileOf(fleet, 'Erhu', 'ignored.log');
  writeFileSync(ignored, 'kept');
  await select(terminal, 'Erhu');
  fleet.press('D');
  await fleet.see('Kill "Erhu"?');
  fleet.press('y');
  await gone(terminal, 'Erhu');
  fleet.press('u');
  await marked(terminal, 'Erhu', IDLE);
  // It is shown as soon as its undo is answered: until then a key would go to another one, and after it to this one.
  await fleet.waitUntil('Erhu is selected', screen => sessionRows(screen).some(row => row.startsWith('▌○ Erhu')));
  expect(readFileSync(ignored, 'utf8')).toBe('kept');

  // Paused, so that its branch can be checked out elsewhere, and resumed.
  await select(terminal, 'Flute');
  fleet.press('c');
  await marked(terminal, 'Flute', '‖');
  git(fleet.home, repository, ['switch', '-q', 'tester/flute']);
  git(fleet.home, repository, ['switch', '-q', 'main']);
  await select(terminal, 'Flute');
  fleet.press('r');
  await marked(terminal, 'Flute', IDLE);
  expect(readFileSync(await fileOf(fleet, 'Flute', 'Flute.txt'), 'utf8')).toBe('la\n');

  // Let go until it is ready.
  await select(terminal, 'Gong');
  fleet.press('l');
  await fleet.see('Let go "Gong"');
  fleet.type('[[write gong.txt struck]]');
  fleet.press('tab');
  fleet.type('test -f gong.txt');
  fleet.press('enter');
  await marked(terminal, 'Gong', '◆');

  // Taken over by typing, and given back.
  await select(terminal, 'Harp');
  await fleet.see('> [[write Harp.txt la]]');
  fleet.press('l');
  await fleet.see('Let go "Harp"');
  fleet.type('[[write harp.txt plucked]] [[sleep @go.log]]');
  fleet.press('tab');
  fleet.type('test -f harp.txt');
  fleet.press('enter');
  await fleet.see('Wrote 1 line to harp.txt');
  fleet.press('enter');
  await fleet.see('keys go to demo');
  fleet.press('x');
  await fleet.see('you have it');
  fleet.press('backspace', 'ctrl-q');
  await fleet.see('g give back');
  writeFileSync(await fileOf(fleet, 'Harp', 'go.log'), '');
  await fleet.see('? help');
  fleet.press('g');
  await marked(terminal, 'Harp', '◆');

  const sessions = await sessionsOf(fleet);
  expect(sessions.map(session => [session.title, session.status]).sort()).toEqual(
    TEN.map(title => [title, title === 'Gong' || title === 'Harp' ? 'ready' : 'idle']),
  );
  const receipts = readFileSync(fleet.home.receipts, 'utf8');
  const sent = [
    ...TEN.map(title => `${title}.txt`),
    'sung by Cello',
    'typed to Drum',
    'zoomed',
    'gong.txt',
    'harp.txt',
  ];
  expect(sent.map(text => [text, countReceipts(receipts, text)])).toEqual(sent.map(text => [text, 1]));

  // Left: the terminal is as it was, and everything goes on.
  const agents = () => fleet.pids('agent');
  const alive = agents();
  expect(alive).toHaveLength(10);
  fleet.press('q');
  expect(await terminal.ended).toBe(0);
  expect(terminal.modes()).toEqual(FRESH_MODES);
  expect(terminal.lineSettings()).toBe(terminal.firstLineSettings);
  expect(agents()).toEqual(alive);
}
