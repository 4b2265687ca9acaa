import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

test('an undo that comes while the kill is under way has it finished first', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Slow to go',
    agent: {
      kind: 'command',
      command: ['sh', '-c', 'trap "" HUP; echo up; while :; do sleep 0.1; done'],
      permissionMode: undefined,
      model: undefined,
      extra: [],
    },
  });
  await stage.until(
    session.id,
    'runs',
    view => view.session.host.state === 'running' && view.session.life.name === 'live',
  );
  const killed = stage.request('session/kill', { operation: stage.operation(), session: session.id });
  await stage.until(session.id, 'is being killed', view => view.session.life.name === 'killing');
  const scope = { path: stage.repository };
  const back = await stage.request('session/undo', { operation: stage.operation(), env: stage.home.env, scope });
  expect(back.session).toMatchObject({ id: session.id, life: { name: 'live' }, host: { state: 'running' } });
  await killed;
});

test('undo brings back what was asked to be killed last: under way or done, however long the others take', async () => {
  stage = await startStage();
  const scope = { path: stage.repository };
  const kill = (id: string) => stage.request('session/kill', { operation: stage.operation(), session: id });
  const undo = async () =>
    (await stage.request('session/undo', { operation: stage.operation(), env: stage.home.env, scope })).session.id;
  const go = join(stage.home.scratch, 'go');
  // It goes when it is allowed to.
  const { session: slow } = await stage.create({
    title: 'Slow to go',
    agent: {
      kind: 'command',
      command: ['sh', '-c', `trap "while [ ! -e ${go} ]; do sleep 0.1; done; exit" HUP; while :; do sleep 0.1; done`],
      permissionMode: undefined,
      model: undefined,
      extra: [],
    },
  });
  const { session: quick } = await stage.idle('Quick to go');
  // The slow one is asked first and done last.
  const slowly = kill(slow.id);
  await kill(quick.id);
  writeFileSync(go, '');
  await slowly;
  expect(await undo()).toBe(quick.id);
  // One under way is newer than one that is done. Both requests are on their way at once, as from `D y u`.
  await kill(quick.id);
  expect(await undo()).toBe(quick.id);
  const killing = kill(quick.id);
  expect(await undo()).toBe(quick.id);
  await killing;
});
