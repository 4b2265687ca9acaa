import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { makeRepository } from '../driver/repository.ts';
import type { ScreenView } from '../driver/screen-view.ts';
import { countReceipts, fileOf, sessionsOf, startStage } from '../scenarios/demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

/** What agents ask, each with a number of its own, which the agent notes when it may go on. */
const question = (n: number) => `[[ask Which #${n} | good | bad]] [[bash echo '#${n} {answer}' >>log]]`;
const permission = (n: number, what = 'touch') => `[[permission ${what} #${n}]] [[bash echo '#${n}' >>log]]`;
const plan = (n: number) => `[[plan Do #${n}]] [[bash echo '#${n}' >>log]]`;

/** Ends when the file is there; what was sent to it meanwhile was sent and never begun. */
const ends = (go: string, code: number) => `[[sleep @${go}]] [[exit ${code}]]`;

/** One item of the inbox: what tells it from the others, and how it is worked off. */
interface Item {
  readonly says: string | RegExp;
  readonly deal: () => Promise<void>;
}

test('an inbox of thirty items of all kinds, of two repositories, is worked off by keyboard alone, and each thing is done once', async () => {
  fleet = await startStage({ opened: false });
  const { home } = fleet;
  writeFileSync(join(home.bin, 'tutti'), `#!/bin/sh\nexec "${process.execPath}" "${fleet.launcher}" "$@"\n`, {
    mode: 0o755,
  });
  const other = makeRepository(home, { name: 'press' });
  const go = join(home.scratch, 'go');
  const session = (title: string, prompt: string, cwd = fleet.cwd) =>
    fleet.cli(['new', title, '-p', prompt, '-C', cwd]);
  const run = (goal: string, check: string, cwd = fleet.cwd) =>
    fleet.cli(['run', goal, '--check', check, '--attempts', '1', '-C', cwd]);
  await session('Gong', ends(go, 3));
  await Promise.all([
    session('Harp', ends(go, 4)),
    session('Alto', [question(1), permission(2), plan(3), question(4)].join(' ')),
    session('Bass', [permission(5), permission(6, 'rm -rf'), plan(7), question(8)].join(' ')),
    session('Cello', permission(9)),
  ]);
  await Promise.all([
    session('Drum', [plan(12), question(13), permission(14), question(15)].join(' '), other),
    session('Eupho', [question(16), plan(17), permission(18)].join(' '), other),
    session('Flute', '[[error overloaded]]', other),
    session('Marimba', '[[bash tutti ask "Drop #30?" >>log]]', other),
  ]);
  await Promise.all([
    fleet.cli(['send', 'Gong', question(23)]),
    fleet.cli(['send', 'Harp', 'never mind']),
    run('[[write iris.txt Iris]]', 'true'),
    run('[[write jazz.txt Jazz]]', 'true', other),
    run('[[write kazoo.txt Kazoo]]', 'false', other),
    run('[[limit 3600]]', 'true'),
  ]);
  const sent = async () =>
    (await sessionsOf(fleet)).filter(({ prompts }) => prompts.at(-1)?.state === 'submitted').length === 2;
  while (!(await sent()));
  writeFileSync(go, '');

  const terminal = fleet.open();
  await fleet.see('Gong');
  fleet.press('A');
  await fleet.see('Marimba');
  /** Dead until it has stood for a moment: a person presses again, not as fast as a key that is held. */
  const pressUntil = async (key: string, what: string, holds: (screen: ScreenView) => boolean) => {
    for (let attempt = 0; attempt < 40 && !holds(terminal.screen()); attempt++) {
      terminal.press(key);
      await terminal.waitUntil(what, holds, { within: 750 }).catch(() => {});
    }
    await terminal.waitUntil(what, holds);
  };
  const gone = (says: Item['says']) => (screen: ScreenView) => !shows(screen, says);
  const item = (says: Item['says'], deal: () => Promise<void>): Item => ({ says, deal });
  const byKey = (says: Item['says'], key: string) =>
    item(says, () => pressUntil(key, `${key} is done with ${says}`, gone(says)));
  const digit = (n: number, key = '1') => byKey(`#${n}`, key);
  /** A key that asks for words. */
  const byWords = (says: Item['says'], key: string, { form, words }: { form: string; words: string }) =>
    item(says, async () => {
      await pressUntil(key, `${form} is open`, screen => screen.has(form));
      terminal.type(`${words}\n`);
      await terminal.waitUntil(`${form} is sent`, screen => !screen.has(form) && gone(says)(screen));
    });
  /** A key that asks whether one means it. */
  const byYes = (says: Item['says'], key: string, ask: string) =>
    item(says, async () => {
      await pressUntil(key, `it asks: ${ask}`, screen => screen.has(ask));
      terminal.press('y');
      await terminal.waitUntil(`${says} is done`, screen => !screen.has(ask) && gone(says)(screen));
    });

  const items: readonly Item[] = [
    ...[1, 2, 3].map(n => digit(n)),
    digit(4, '2'),
    digit(5),
    // Easily regretted, so pressed twice; a key that is held is one press.
    byKey('#6', '1'),
    ...[7, 8].map(n => digit(n)),
    byWords('#9', 'd', { form: 'Deny "Cello"', words: `${question(10)} ${permission(11)}` }),
    ...[10, 11, 12, 13, 14, 15, 16, 17, 18].map(n => digit(n)),
    byWords('API Error: overloaded', 'i', { form: 'Prompt to "Flute"', words: plan(20) }),
    digit(20),
    byKey(/Gong.*code 3/su, 'R'),
    byWords(/Gong.*prompt not delivered/su, 'X', { form: 'Prompt to "Gong"', words: ' [[say again.]]' }),
    digit(23),
    byKey(/Harp.*code 4/su, 'R'),
    byKey(/Harp.*prompt not delivered/su, 'x'),
    byYes(/iris.*committed, true passed/su, 'm', 'Merge "'),
    byKey(/jazz.*committed, true passed/su, 'c'),
    byKey(/kazoo.*failed/su, 't'),
    item(/failed.*usage limit/su, async () => {
      await pressUntil('s', 'it asks for how long', screen => screen.has('What waits: usage limit'));
      terminal.press('h');
      await terminal.see('away until');
    }),
    digit(30),
  ];
  const done = new Set<Item>();
  const shown = () => items.find(({ says }) => shows(terminal.screen(), says));
  const isClosed = (screen: ScreenView) => !screen.has('── Inbox') && !screen.has('enter send   ');
  /** Nobody waits and nobody works: no number stands in the header. */
  const isOver = (screen: ScreenView) => isClosed(screen) && !/\d/u.test(screen.lines[0] ?? '');
  while (!isOver(terminal.screen())) {
    await terminal.waitUntil(
      'the inbox shows an item, or can be opened, or all is over',
      screen => shown() !== undefined || (isClosed(screen) && screen.has('a answer')) || isOver(screen),
      { within: 20_000 },
    );
    const item = shown();
    if (item) {
      await item.deal();
      done.add(item);
    } else if (!isOver(terminal.screen())) {
      terminal.press('a');
      await terminal.waitUntil('the inbox is open', screen => !isClosed(screen) || !screen.has('a answer'));
    }
  }
  expect(items.map(each => [each.says, done.has(each)])).toEqual(items.map(each => [each.says, true]));
  expect(items).toHaveLength(30);
  terminal.press('a');
  await terminal.see('a (answer) does nothing now: nothing waits for you.');

  // Each agent went on once for each answer, in its order, and what was answered is what it was told.
  const logs = await Promise.all(['Alto', 'Bass', 'Cello', 'Drum', 'Eupho', 'Flute', 'Gong', 'Marimba'].map(logOf));
  expect(logs).toEqual([
    '#1 good #2 #3 #4 bad',
    '#5 #6 #7 #8 good',
    '#10 good #11',
    '#12 #13 good #14 #15 good',
    '#16 good #17 #18',
    '#20',
    '#23 good',
    'Yes',
  ]);
  const receipts = readFileSync(home.receipts, 'utf8');
  expect(['Do #20', '[[say again.]]'].map(text => countReceipts(receipts, text))).toEqual([1, 1]);
  const became = (await sessionsOf(fleet)).map(({ title, status }) => [title, status]);
  const others = became.filter(([, status]) => status !== 'idle');
  expect(others.toSorted()).toEqual([
    ['[[limit 3600]]', 'snoozed'],
    ['[[write iris.txt Iris]]', 'merged'],
    ['[[write jazz.txt Jazz]]', 'paused'],
  ]);
}, 120_000);

/** What a session's agent has noted. */
async function logOf(title: string): Promise<string> {
  return readFileSync(await fileOf(fleet, title, 'log'), 'utf8')
    .trim()
    .replaceAll('\n', ' ');
}

/** Whether the inbox shows it: the title of the selected session, and what stands in the inbox itself. */
function shows(screen: ScreenView, says: string | RegExp): boolean {
  const rows = screen.lines.map(line => line.split('│'));
  const from = rows.findIndex(([, beside = '']) => beside.includes('── Inbox,'));
  if (from === -1) return false;
  const title = rows.filter(([list = '']) => list.startsWith('▌')).map(([list = '']) => list);
  const text = [...title.slice(0, 1), ...rows.slice(from).map(([, beside = '']) => beside)].join('\n');
  // A number is not the beginning of another one.
  return typeof says === 'string' ? new RegExp(`${says}(?!\\d)`, 'u').test(text) : says.test(text);
}
