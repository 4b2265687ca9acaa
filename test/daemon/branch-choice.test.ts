import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

const messageOf = (made: Promise<unknown>) =>
  made.then(
    () => 'made',
    (error: Error) => error.message,
  );

test('sessions of one title that are made at the same time get a branch each', async () => {
  stage = await startStage();
  const made = await Promise.all([1, 2, 3, 4].map(() => stage.create({ title: 'Same title' })));
  const stands = made.map(({ session }) => stage.until(session.id, 'is idle', view => view.status === 'idle'));
  const branches = (await Promise.all(stands)).map(({ session }) => session.branch);
  expect(branches.sort()).toEqual(
    ['', '-2', '-3', '-4'].map(end => expect.stringMatching(new RegExp(`/same-title${end}$`))),
  );
  expect(stage.notices).toEqual([]);
});

test('a name that two ask for at the same time is the first one’s, and the second is told', async () => {
  stage = await startStage();
  const refused = (made: Promise<string>[]) =>
    Promise.all(made).then(said => said.filter(text => text.includes(' is being made on it. Choose another branch.')));
  expect(
    await refused([
      messageOf(stage.create({ title: 'One', branch: 'mine' })),
      messageOf(stage.create({ title: 'Two', branch: 'MINE' })),
    ]),
  ).toHaveLength(1);
  stage.git(['branch', 'there']);
  expect(
    await refused(['Three', 'Four'].map(title => messageOf(stage.create({ title, existingBranch: 'there' })))),
  ).toHaveLength(1);
});

test('who waits for one that can not be made gets the reason, not its state on the way', async () => {
  stage = await startStage();
  const script = join(stage.home.bin, 'brief-agent');
  writeFileSync(script, '#!/bin/sh\nexec cat\n', { mode: 0o755 });
  writeFileSync(join(stage.repository, '.git/hooks/post-checkout'), `#!/bin/sh\nrm ${script}\n`, { mode: 0o755 });
  const agent = { ...DEMO, kind: 'command', command: ['brief-agent'], extra: [] };
  const { session } = await stage.create({ title: 'Brief', agent });
  const waited = stage.request('session/wait', { session: session.id, statuses: ['idle', 'unknown', 'failed'] });
  await expect(waited).rejects.toMatchObject({ kind: 'notFound', message: expect.stringContaining('brief-agent') });
});
