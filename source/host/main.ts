import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HostParams, HostStarted } from '../protocol/host.ts';
import { claimBundle } from '../system/bundle.ts';
import { killPoint } from '../system/kill-point.ts';
import { processTable } from '../system/process-identity.ts';
import { realSystem } from '../system/system.ts';
import { closeInherited } from './close-inherited.ts';
import { HostLog } from './host-log.ts';
import { openHost } from './open-host.ts';
import { parseParams, readParamsLine } from './read-params.ts';

void main();

/**
 * A host, from its first to its last moment: read the parameters, claim the bundle, listen, start the program, write the record,
 * say one line, serve; and when the program has ended and that was noted, go.
 */
async function main(): Promise<void> {
  // A line that was cut: who starts us died while writing it. Nothing has been touched yet.
  const line = readParamsLine(0);
  if (line === undefined) return;
  const params = read(line);
  if (!params) return;

  const { now, pid, platform } = realSystem();
  closeInherited(platform);
  const table = processTable(platform);
  const hostStart = table.startOf(pid) ?? '';
  const log = new HostLog(2, now);
  if (!claimBundle(params.bundle, { pid, start: hostStart })) {
    answer({ ok: false, reason: 'claimed', message: `The bundle ${params.bundle} has a host already.` });
    return;
  }
  killPoint('host:claimed');

  // A host is nobody's job: what a terminal or a login says at its end is not meant for it.
  process.on('SIGHUP', () => {});
  process.on('SIGINT', () => {});
  // A bug in what reads an agent's output must not end the agent.
  process.on('uncaughtException', error => log.say(`a bug: ${error.stack ?? error.message}`));

  const runtime = dirname(process.argv[1] ?? '');
  try {
    const programPid = await openHost({ params, hostPid: pid, hostStart, runtime, table, now, log });
    answer({ ok: true, hostPid: pid, hostStart, programPid });
    killPoint('host:answered');
  } catch (error) {
    answer({ ok: false, reason: 'spawn', message: (error as Error).message });
    process.exit(1);
  }
}

function read(line: string): HostParams | undefined {
  try {
    return parseParams(line);
  } catch (error) {
    answer({ ok: false, reason: 'bad', message: (error as Error).message });
    return undefined;
  }
}

/** The one line, and then none of our starter's pipes is held any longer. The starter may be dead: the bundle says it all. */
function answer(started: HostStarted): void {
  try {
    writeSync(1, `${JSON.stringify(started)}\n`);
  } catch {
    // Nobody is there to read it.
  }
  for (const file of [0, 1]) {
    closeSync(file);
    // The lowest free number is the one just closed.
    openSync('/dev/null', 'r+');
  }
}
