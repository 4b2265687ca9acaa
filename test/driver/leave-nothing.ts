import { rmSync } from 'node:fs';
import { paths } from '../../source/system/paths.ts';
import type { TestHome } from './home.ts';
import { endProcesses } from './leftovers.ts';
import { findLeftFiles, tailLogs } from './world.ts';

/** The end of a test: what still runs is ended, the home goes, and whatever was left behind fails the test, with `troubles` before. */
export async function leaveNothing(options: {
  readonly home: TestHome;
  readonly repository: string | undefined;
  readonly troubles: readonly string[];
  /** Milliseconds in which processes may end by themselves. */
  readonly within: number;
}): Promise<void> {
  const { home, repository, troubles, within } = options;
  const left = await endProcesses(home.root, within);
  const { sockets, locks } = findLeftFiles(home, repository);
  const lines = [
    ...troubles,
    ...left.map(view => `process ${view.pid} (${view.what}): ${view.command}`),
    ...sockets.map(path => `socket ${path}`),
    ...locks.map(path => `lock or temporary file ${path}`),
  ];
  const logs = lines.length > 0 ? tailLogs(home) : '';
  const { link } = paths({ env: home.env, home: home.root, uid: process.getuid?.() ?? 0 });
  for (const path of [link, home.root]) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  if (lines.length > 0) throw new Error(`the test left something behind:\n${lines.join('\n')}\n${logs}`);
}
