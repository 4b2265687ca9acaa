import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { marked, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

test('h shows what was asked and what came of it, follows the next turn, and is there when the agent has ended', async () => {
  fleet = await startStage({ size: [100, 30] });
  const { terminal } = fleet;
  await spawnByKeys(terminal, 'Alto', 'remember tritone [[bash true]] [[say I do.]]');
  await fleet.see('● I do.');
  await marked(terminal, 'Alto', '○');
  fleet.press('h');
  await fleet.see('── History of "Alto" ─');
  await fleet.see(/ \d+s remember tritone/u);
  await fleet.see('Bash true');
  await fleet.see(/│ +I do\. *$/mu);

  // It is read again when the turn of another client's prompt is over.
  const [{ id }] = (await fleet.cli('ls --json')).json<readonly [{ readonly id: string }]>();
  expect((await fleet.cli(['send', id, 'the second [[say Two.]]'])).code).toBe(0);
  await fleet.see(/│ +Two\. *$/mu);
  await fleet.see(/ 2 turns *$/mu);
  fleet.press('esc');
  await fleet.miss('── History of');

  expect((await fleet.cli(['send', id, '[[exit 0]]'])).code).toBe(0);
  await marked(terminal, 'Alto', '·');
  fleet.press('h');
  await fleet.see(/ 3 turns *$/mu);
  fleet.press('h');
  await fleet.miss('── History of');
  expect((await fleet.cli(`history ${id}`)).stdout).toContain('> remember tritone');
  expect((await fleet.cli('search TRITONE')).stdout).toContain(`${id}  `);

  fleet.press('f');
  await fleet.see('── Find what was asked and said ─');
  fleet.type('nowhere\n');
  await fleet.see('No turn has all of: nowhere.');
  fleet.press('ctrl-u');
  fleet.type('SECOND two\n');
  await fleet.see(/▌Alto: the second \[\[say Two\.\]\] +demo/u);
  fleet.press('enter');
  await fleet.see('── History of "Alto" ─');
  await fleet.see(/▌ *\d+s the second/u);
});

test('T lists what began in this repository outside of tutti, shows its history, and takes it over', async () => {
  fleet = await startStage({ size: [80, 24] });
  await fleet.see('take over a conversation that began outside of tutti');
  fleet.press('T');
  await fleet.see('No conversation of this repository began outside of tutti.');
  fleet.press('esc');
  await fleet.miss('── Take over');
  const folder = fleet.home.env.TUTTI_DEMO_STATE ?? '';
  mkdirSync(folder, { recursive: true });
  const rows = [
    { type: 'begun', cwd: fleet.repository, at: 1 },
    { type: 'block', block: { type: 'prompt', text: 'remember tritone' }, at: 2 },
    { type: 'block', block: { type: 'answer', text: 'I do.' }, at: 3 },
  ];
  writeFileSync(join(folder, 'theirs-1.jsonl'), `${rows.map(row => JSON.stringify(row)).join('\n')}\n`);
  fleet.press('T');
  await fleet.see(/^▌remember tritone +demo/mu);
  fleet.press('h');
  await fleet.see('── History of "remember tritone" ─');
  await fleet.see(/^ +I do\.$/mu);
  fleet.press('h');
  await fleet.see(/^▌remember tritone +demo/mu);
  fleet.press('enter');
  await marked(fleet.terminal, 'remember tritone', '○');
  // Its agent has drawn what was said before.
  await fleet.see('● I do.');
});
