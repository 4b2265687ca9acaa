import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { connectDaemon } from '../../source/client/daemon-connection.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

/** A command that is called in this folder. */
async function standing(cwd: string) {
  const { paths, system, build } = stage;
  const client = await connectDaemon({ system, paths, kind: 'command', build, cwd, program: undefined });
  onTestFinished(() => client.close());
  const operation = () => client.operation();
  return {
    show: async (session: string) => (await client.request('session/show', { session })).session.id,
    why: async (session: string) => (await client.request('session/why', { session })).view.session.id,
    kill: async (session: string) =>
      (await client.request('session/kill', { operation: operation(), session })).session.id,
    undo: async (session: string) => {
      const params = { operation: operation(), env: stage.home.env, scope: { path: cwd }, session };
      return (await client.request('session/undo', params)).session.id;
    },
  };
}

test('a title that sessions of several repositories have means the one where the user stands', async () => {
  stage = await startStage();
  const other = join(stage.home.root, 'other');
  stage.git(['clone', '-q', stage.repository, other]);
  const here = (await stage.idle('Twice')).session.id;
  const there = (await stage.idle('Twice', { path: other })).session.id;
  const nowhere = await standing(stage.home.root);
  const inHere = await standing(stage.repository);
  const inThere = await standing(other);
  await expect(nowhere.show('Twice')).rejects.toThrow(`"Twice" names 2 sessions: ${here}, ${there}. Use one of these`);
  expect([await inHere.show('Twice'), await inThere.show('Twice')]).toEqual([here, there]);
  expect(await inThere.kill('Twice')).toBe(there);
  // What is in the list is meant before what was killed, wherever one stands; only an undo looks for killed ones too.
  expect([await inThere.show('Twice'), await inThere.why('Twice')]).toEqual([here, here]);
  expect(await inThere.undo('Twice')).toBe(there);
  // Two of one title in one repository are told apart by nothing but their ids.
  await stage.idle('Twice', { path: other });
  await expect(inThere.kill('Twice')).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('"Twice" names 3 sessions'),
  });
});
