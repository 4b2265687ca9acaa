import { afterEach, expect, test } from 'vitest';
import { connectHost } from '../../source/client/host-connection.ts';
import { InputSource } from '../../source/protocol/input-frame.ts';
import { hostBundle } from '../../source/system/paths.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage.end());

test('a prompt that waits in the host for the end of a draft is taken back there, and never typed', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Draft');
  const { paths, system } = stage;
  const bundle = hostBundle(paths, session.id, 'agent-1');
  const link = await connectHost({ bundle, paths, system, client: 'person', kind: 'test', build: 'test' });
  const type = (text: string) => link.input(Buffer.from(text), InputSource.keys);
  type('half a thought');
  const screen = async () => (await link.request('screen/read', { scrollback: 0 })).lines.join('\n');
  await expect.poll(screen).toContain('> half a thought');
  const { prompt } = await stage.send(session.id, 'first [[say one]]');
  // Its host tells so while it still waits for the draft to go.
  await stage.until(
    session.id,
    'waits for the draft',
    ({ session: { outbox } }) => outbox[0]?.why === 'a draft stands in its input' && outbox[0].attempts === 0,
  );
  await stage.request('prompt/withdraw', { operation: stage.operation(), session: session.id, prompt });
  type('\x15');
  link.close();
  await stage.send(session.id, 'second [[say two]]');
  await stage.until(session.id, 'has begun the second', view => view.session.outbox.at(-1)?.state === 'begun');
  expect(stage.receipts()).toEqual(['second [[say two]]']);
  expect(stage.view(session.id).session.outbox.map(({ state }) => state)).toEqual(['withdrawn', 'begun']);
});
