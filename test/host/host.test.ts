import { expect, inject, test } from 'vitest';
import { InputSource } from '../../source/protocol/input-frame.ts';
import { readBundle } from '../../source/system/bundle.ts';
import { hostRoom, record, table, untilGone, watchScreen } from './host-room.ts';

const build = `${inject('testBuilds')}/a`;

test('a host starts a program, shows it, types to it and keeps its end until somebody has noted it', async () => {
  const room = hostRoom(build);
  const { bundle, started } = await room.start({
    argv: ['sh', '-c', 'echo ready; read line; echo "got <$line>"; exit 3'],
  });
  expect(record(bundle)).toMatchObject({
    session: 'aaaaaaaaaa',
    name: 'agent-1',
    hostPid: started.hostPid,
    programPid: started.programPid,
    hostStart: table.startOf(started.hostPid),
    programStart: table.startOf(started.programPid),
    runtime: room.runtime.folder,
    build: room.runtime.build,
  });

  const connection = await room.connect(bundle);
  const watched = await watchScreen(connection);
  await watched.until('it is ready', text => text.includes('ready'));
  const exited = new Promise(resolve => connection.on('exited', resolve));
  connection.input(Buffer.from('hello\r'), InputSource.keys);
  await watched.until('the line is echoed', text => text.includes('got <hello>'));
  expect(await exited).toMatchObject({ code: 3, lastLines: ['ready', 'hello', 'got <hello>'] });
  expect(readBundle(bundle).exit).toMatchObject({ code: 3 });

  const late = await room.connect(bundle);
  expect(late.welcome.status.exit).toMatchObject({ code: 3 });
  await late.request('exit/acknowledge', null);
  await untilGone(started.hostPid, record(bundle).hostStart);
  await expect(room.connect(bundle)).rejects.toThrow(`The host of ${bundle} is gone.`);
});
