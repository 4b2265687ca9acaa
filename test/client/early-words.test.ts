import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectDaemon } from '../../source/client/daemon-connection.ts';
import { encodeFrame, FrameReader, FrameType } from '../../source/protocol/frame.ts';
import { daemonDial } from '../../source/system/daemon-dial.ts';
import { paths as pathsOf } from '../../source/system/paths.ts';
import { realSystem } from '../../source/system/system.ts';
import { makeHome } from '../driver/home.ts';

test('what a daemon says in one breath with its welcome is heard', async () => {
  const home = makeHome({});
  const system = { ...realSystem(), env: home.env };
  const paths = pathsOf({ env: home.env, home: home.root, uid: system.uid });
  for (const folder of [paths.data, dirname(paths.daemonSecret)]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(paths.daemonSecret, 'secret');
  const asked: string[] = [];
  const { promise: offered, resolve } = Promise.withResolvers<void>();
  const say = (message: object) =>
    encodeFrame(FrameType.rpc, Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message })));
  const server = createServer(socket => {
    const reader = new FrameReader();
    socket.on('error', () => {});
    socket.on('data', chunk => {
      for (const frame of reader.read(chunk)) {
        const { id, method } = JSON.parse(Buffer.from(frame.payload).toString());
        asked.push(method);
        if (method === 'client/offer') resolve();
        const result = method === 'client/hello' ? { protocol: 1, build: 'x', capabilities: [] } : null;
        const answer = say({ id, result });
        const wanted = say({ method: 'environment/wanted', params: null });
        socket.write(method === 'client/hello' ? Buffer.concat([answer, wanted]) : answer);
      }
    });
  });
  onTestFinished(() => {
    server.close();
    for (const folder of [home.root, paths.link]) rmSync(folder, { recursive: true, force: true });
  });
  await new Promise<void>(done => server.listen(daemonDial(paths, system), done));
  const connection = await connectDaemon({ system, paths, kind: 'test', build: 'x', program: undefined });
  await offered;
  expect(asked).toEqual(['client/hello', 'client/offer']);
  connection.close();
});
