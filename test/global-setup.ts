import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

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
export default function setup(project: TestProject): () => void {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const folder = `${root}node_modules/.cache/tutti-test/${process.pid}`;
  try {
    execFileSync(process.execPath, [`${root}build/build.js`, '--test', folder], { stdio: 'inherit' });
  } catch {
    // esbuild has said why.
  }
  project.provide('testBuilds', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
