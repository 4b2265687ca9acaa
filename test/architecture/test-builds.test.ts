import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';

test.each(['a', 'b'])('the test build %s was made', name => {
  const files = ['tutti.js', 'cli.js', 'daemon.mjs', 'host.cjs', 'demo-agent.mjs', 'build.json'];
  expect(files.filter(file => !existsSync(join(inject('testBuilds'), name, file)))).toEqual([]);
});
