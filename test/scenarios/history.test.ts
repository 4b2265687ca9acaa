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
});
