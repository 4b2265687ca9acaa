import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory of this test's own, gone at its end. */
export function tempHome(): string {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'tutti-system-')));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}
