import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';

test.each(['a', 'b'])('the test build %s was made', name => {
  const files = ['tutti.js', 'cli.js', 'daemon.mjs', 'host.cjs', 'demo-agent.mjs', 'build.json'];
  expect(files.filter(file => !existsSync(join(inject('testBuilds'), name, file)))).toEqual([]);
});

test('the first has what node compiles for a screen, a daemon and a host', () => {
  const kept = readdirSync(join(inject('testBuilds'), 'a', 'compile-cache'), { recursive: true, withFileTypes: true });
  const flags = new Set(kept.filter(entry => entry.isFile()).map(entry => entry.parentPath));
  // A host has flags of its own, and so a folder of its own.
  expect(flags.size).toBe(2);
});
