import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from '../../source/system/log.ts';
import { RotatingFile } from '../../source/system/rotating-file.ts';
import { tempHome } from './temp-home.ts';

test('a log never has more than its files, and the newest lines are in the first', () => {
  const home = tempHome();
  const file = new RotatingFile(join(home, 'x.log'), { limit: 20, keep: 3 });
  for (let line = 0; line < 20; line++) file.write(`line ${line} ....\n`);
  file.close();
  expect(readdirSync(home).toSorted()).toEqual(['x.log', 'x.log.1', 'x.log.2']);
  expect(readFileSync(join(home, 'x.log'), 'utf8')).toContain('line 19');
  expect(readFileSync(join(home, 'x.log.2'), 'utf8')).toContain('line 17');
});

test('the log of the daemon has a time, a pid and the words, line by line', () => {
  const home = tempHome();
  const log = openLog({
    paths: { logs: join(home, 'state') },
    system: { now: () => 0, uid: process.getuid?.() ?? 0, env: {} },
    name: 'daemon',
  });
  log.info({ session: 'abc' }, 'a host was found');
  log.debug('not said');
  const lines = readFileSync(join(home, 'state', 'daemon.log'), 'utf8')
    .trim()
    .split('\n');
  expect(lines.map(line => JSON.parse(line))).toEqual([
    { level: 30, time: '1970-01-01T00:00:00.000Z', pid: process.pid, session: 'abc', msg: 'a host was found' },
  ]);
});
