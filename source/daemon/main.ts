import { writeSync } from 'node:fs';
import type { ReadyLine } from '../client/daemon-start.ts';
import { toErrorBody } from '../protocol/rpc.ts';
import { paths } from '../system/paths.ts';
import { openRuntime } from '../system/runtime.ts';
import { realSystem } from '../system/system.ts';
import { IDLE_MS } from './lifetime.ts';
import { startDaemon } from './start-daemon.ts';

await main();

/**
 * The daemon's process. `--wake` (a host has news and nobody listens) is the same start: the lock decides who runs, and a user
 * who has ended the last one.
 */
async function main(): Promise<void> {
  const system = realSystem();
  // A daemon is nobody's job: it ends when it is told to or has nothing to do.
  process.on('SIGHUP', () => {});
  // What it prints has one reader, for one line.
  process.stdout.on('error', () => {});
  try {
    const started = await startDaemon({
      system,
      paths: paths(system),
      runtime: openRuntime(import.meta.dirname, process.execPath),
      idleMs: Number(system.env.TUTTI_IDLE_MS) || IDLE_MS,
      woken: process.argv.includes('--wake'),
    });
    say(started.line);
    if (!('ended' in started)) return;
    process.once('SIGTERM', started.end).once('SIGINT', started.end);
    await started.ended;
    process.exit();
  } catch (thrown) {
    say({ ready: false, why: 'failed', message: toErrorBody(thrown).message });
    process.stderr.write(`${thrown instanceof Error ? thrown.stack : thrown}\n`);
    process.exit(1);
  }
}

function say(line: ReadyLine): void {
  try {
    writeSync(1, `${JSON.stringify(line)}\n`);
  } catch {
    // Nobody reads it: woken by a host, or the client has gone.
  }
}
