import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fileAppears } from './file-appears.ts';
import { type Stage, startStage } from './stage.ts';

// Green is a word on the files that the check has seen.

let stage: Stage;
afterEach(() => stage?.end());

const counted = (command: string) => `echo run >> ${stage.home.root}/checks && ${command}`;
const checks = () => {
  const file = join(stage.home.root, 'checks');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
};
const said = () => stage.notices.filter(({ text }) => text.includes('files changed while its check ran'));

test('a file that is edited while the check runs is checked too, before it is committed', async () => {
  stage = await startStage();
  const [hang, seen] = [join(stage.home.scratch, 'hang'), join(stage.home.scratch, 'seen')];
  writeFileSync(hang, '');
  const { session } = await stage.create({
    title: 'Edited',
    run: {
      goal: '[[write word good]] [[later {{write word good}}]]',
      check: counted(`test "$(cat word)" = good && touch ${seen} && while [ -e ${hang} ]; do sleep 0.1; done`),
      attempts: 2,
    },
  });
  await fileAppears(seen);
  writeFileSync(join(session.worktree, 'word'), 'bad');
  rmSync(hang);
  // The first check is green for what is there no more; the second one says red, and the agent mends it.
  const ready = await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(ready.session.run).toMatchObject({ attempt: 2, checks: 3, lastCheck: { passed: true } });
  expect(checks()).toBe(3);
  expect(stage.git(['show', `${session.branch}:word`]).trim()).toBe('good');
  expect(said()).toEqual([]);
});

test('a check that writes files itself runs twice, and then what it wrote is committed, with a word on that', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Writes',
    run: { goal: '[[write word good]]', check: counted('date +%s%N > stamp') },
  });
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(checks()).toBe(2);
  expect(said()).toHaveLength(1);
  expect(stage.git(['ls-tree', '--name-only', session.branch]).split('\n')).toContain('stamp');
});

test('a check that brings files into their form is done when they have it', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Forms',
    run: { goal: '[[write word good]]', check: counted('printf formed > word') },
  });
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(checks()).toBe(2);
  expect(said()).toEqual([]);
  expect(stage.git(['show', `${session.branch}:word`]).trim()).toBe('formed');
});
