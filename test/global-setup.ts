import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { warmUp } from './driver/warm-up.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder with the test builds `a` and `b`. */
    readonly testBuilds: string;
  }
}

/**
 * Builds the two test builds once before any test; scenarios start the real program from them. They lie below node_modules so
 * that native packages are found, in a folder of this run's own so that two runs don't pull the floor from under each other. A build
 * that fails keeps no pure room from being tested; who needs it fails, `test/architecture/test-builds.test.ts` in any case.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const folder = `${root}node_modules/.cache/tutti-test/${process.pid}`;
  // Each project of a run asks for them, in a module of its own.
  const made = globalThis as { tuttiTestBuilds?: Promise<void> };
  made.tuttiTestBuilds ??= build(root, folder);
  await made.tuttiTestBuilds;
  project.provide('testBuilds', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

async function build(root: string, folder: string): Promise<void> {
  try {
    execFileSync(process.execPath, [`${root}build/build.js`, '--test', folder], { stdio: 'inherit' });
    await warmUp(join(folder, 'a'));
  } catch (thrown) {
    process.stderr.write(`The test builds were not made: ${thrown}\n`);
  }
}
