import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { makeRepository } from '../driver/repository.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { atTheList, countReceipts, fileOf, SETTINGS, sessionsOf, startStage } from '../scenarios/demo-stage.ts';
import { byKey, byWords, byYes, dealWith, laterOn, openInbox, workOff } from '../scenarios/inbox-by-keys.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

/** What agents ask, each with a number of its own, which the agent notes when it may go on. */
const question = (n: number) => `[[ask Which #${n} | good | bad]] [[bash echo '#${n} {answer}' >>log]]`;
const permission = (n: number, what = 'touch') => `[[permission ${what} #${n}]] [[bash echo '#${n}' >>log]]`;
const plan = (n: number) => `[[plan Do #${n}]] [[bash echo '#${n}' >>log]]`;

/** Ends when the file is there; what was sent to it meanwhile was sent and never begun. */
const ends = (go: string, code: number) => `[[sleep @${go}]] [[exit ${code}]]`;

const digit = (n: number, key = '1') => byKey(`#${n}`, key);

/** All of them stand in the inbox before the first is answered. */
const AT_ONCE = 30;

const WAITING = ['needsYou', 'failed', 'stalled', 'ready'];

test('thirty things of all kinds that wait at once, in two repositories, and what follows them are worked off by keyboard alone', async () => {
  fleet = await startStage({
    opened: false,
    settings: { ...SETTINGS, profiles: { wary: { agent: 'demo', args: ['--instant', '--ask-trust'] } } },
  });
  const { home } = fleet;
  writeFileSync(join(home.bin, 'tutti'), `#!/bin/sh\nexec "${process.execPath}" "${fleet.launcher}" "$@"\n`, {
    mode: 0o755,
  });
  const other = makeRepository(home, { name: 'press' });
  const go = join(home.scratch, 'go');
  const session = (title: string, prompt: string, cwd = fleet.cwd, ...more: readonly string[]) =>
    fleet.cli(['new', title, '-p', prompt, '-C', cwd, ...more]);
  const run = (goal: string, check: string, cwd = fleet.cwd) =>
    fleet.cli(['run', goal, '--check', check, '--attempts', '1', '-C', cwd]);
  const waiting = async () =>
    (await sessionsOf(fleet)).filter(({ status }) => WAITING.includes(status)).map(({ title }) => title);
  // Who has asked longest comes first: no failure, which is no news any more when it has been looked at.
  await session('Alto', [question(1), permission(2), plan(3), question(4)].join(' '));
  await expect.poll(waiting, { timeout: 10_000 }).toEqual(['Alto']);
  await Promise.all([
    session('Gong', ends(go, 3)),
    session('Harp', ends(go, 4)),
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
    run('[[say Nothing.]]', 'true', other),
  ]);
  const sent = async () =>
    (await sessionsOf(fleet)).filter(({ prompts }) => prompts.at(-1)?.state === 'submitted').length === 2;
  while (!(await sent()));
  writeFileSync(go, '');
  await Promise.all([
    session('Lute', question(31)),
    session('Mandola', permission(32, 'rm -rf')),
    session('Nay', plan(33), other),
    session('Oboe', permission(34), other),
    session('Piano', question(35)),
  ]);
  await Promise.all([
    session('Quena', plan(36)),
    session('Rebec', '[[error refused]]'),
    session('Sax', '[[bash tutti ask "Which reed for #37?" soft hard >>log]]'),
    session('Tuba', permission(38), other),
    session('Ukulele', question(39), other),
  ]);
  await Promise.all([
    session('Viola', plan(40), other),
    session('Waldhorn', permission(42)),
    session('Xylophone', question(43), other),
    session('Zither', question(44), fleet.cwd, '--profile', 'wary'),
    session('Bugle', permission(45), other),
    session('Cornet', plan(46)),
  ]);
  // Of one whose agent is there again its prompt is what waits; of the other its end comes first.
  await fleet.cli(['restart', 'Gong']);
  await expect.poll(waiting, { timeout: 20_000 }).toHaveLength(AT_ONCE);

  const terminal = fleet.open();
  await fleet.see('Gong');
  fleet.press('A');
  await fleet.see('Marimba');
  const limit = /failed.*usage limit/su;
  const items = [
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
    byWords(/Gong.*prompt not delivered/su, 'X', { form: 'Prompt to "Gong"', words: ' [[say again.]]' }),
    digit(23),
    byKey(/Harp.*code 4/su, 'R'),
    byKey(/Harp.*prompt not delivered/su, 'x'),
    byYes(/iris.*committed, true passed/su, 'm', 'Merge "'),
    byKey(/jazz.*committed, true passed/su, 'c'),
    byKey(/kazoo.*failed/su, 't'),
    byKey(/Nothing.*stalled/su, 't'),
    laterOn(limit, 'What waits: usage limit'),
    digit(30),
    ...[31, 32, 33, 34].map(n => digit(n)),
    digit(35, '2'),
    digit(36),
    byWords('API Error: refused', 'i', { form: 'Prompt to "Rebec"', words: question(47) }),
    digit(47),
    digit(37, '2'),
    ...[38, 39, 40, 42, 43].map(n => digit(n)),
    { says: /Zither.*in its pane only/su, deal: trustInPane },
    ...[44, 45, 46].map(n => digit(n)),
  ];
  await openInbox(terminal, AT_ONCE);
  expect(await workOff(terminal, items)).toEqual([]);
  terminal.press('a');
  await terminal.see('a (answer) does nothing now: nothing waits for you.');

  // What was put away comes back, and its account is there again: it goes on.
  terminal.press('u');
  await dealWith(terminal, byWords(limit, 'i', { form: 'Prompt to "', words: plan(41) }));
  await dealWith(terminal, digit(41));
  await terminal.waitUntil('nobody works', screen => !/\d/u.test(screen.lines[0] ?? ''));
  terminal.press('a');
  await terminal.see('a (answer) does nothing now: nothing waits for you.');

  // Each agent went on once for each answer, in its order, and what was answered is what it was told.
  const logs = await Promise.all(LOGS.map(async ([title]) => [title, await logOf(title)]));
  expect(logs).toEqual(LOGS);
  const receipts = readFileSync(home.receipts, 'utf8');
  expect(['Do #20', 'Do #41', '[[say again.]]'].map(text => countReceipts(receipts, text))).toEqual([1, 1, 1]);
  const became = (await sessionsOf(fleet)).map(({ title, status }) => [title, status]);
  const others = became.filter(([, status]) => status !== 'idle');
  expect(others.toSorted()).toEqual([
    ['[[write iris.txt Iris]]', 'merged'],
    ['[[write jazz.txt Jazz]]', 'paused'],
  ]);
}, 180_000);

/** What the agents have noted in the end. */
const LOGS: readonly (readonly [title: string, log: string])[] = [
  ['Alto', '#1 good #2 #3 #4 bad'],
  ['Bass', '#5 #6 #7 #8 good'],
  ['Cello', '#10 good #11'],
  ['Drum', '#12 #13 good #14 #15 good'],
  ['Eupho', '#16 good #17 #18'],
  ['Flute', '#20'],
  ['Gong', '#23 good'],
  ['Marimba', 'Yes'],
  ['Lute', '#31 good'],
  ['Mandola', '#32'],
  ['Nay', '#33'],
  ['Oboe', '#34'],
  ['Piano', '#35 bad'],
  ['Quena', '#36'],
  ['Rebec', '#47 good'],
  ['Sax', 'hard'],
  ['Tuba', '#38'],
  ['Ukulele', '#39 good'],
  ['Viola', '#40'],
  ['[[limit 3600]]', '#41'],
  ['Waldhorn', '#42'],
  ['Xylophone', '#43 good'],
  ['Zither', '#44 good'],
  ['Bugle', '#45'],
  ['Cornet', '#46'],
];

/** What the inbox cannot answer: enter goes to it. */
async function trustInPane(terminal: UserTerminal): Promise<void> {
  terminal.press('enter');
  await terminal.see('keys go to ');
  terminal.press('down');
  await terminal.see('❯ Yes, I trust this folder');
  terminal.press('enter');
  await terminal.miss('Yes, I trust this folder');
  terminal.press('ctrl-q');
  await atTheList(terminal);
}

/** What a session's agent has noted. */
async function logOf(title: string): Promise<string> {
  return readFileSync(await fileOf(fleet, title, 'log'), 'utf8')
    .trim()
    .replaceAll('\n', ' ');
}
