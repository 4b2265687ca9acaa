import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { Paths } from './paths.ts';
import { privateDirectory } from './private-dir.ts';
import { RotatingFile } from './rotating-file.ts';
import type { System } from './system.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

const LIMIT = { limit: 2 * 1024 * 1024, keep: 5 };

/** The daemon's log, `daemon.log` in the state directory, 5 × 2 MB. Written line by line, so that a crash loses none. */
export function openLog(options: {
  readonly paths: Pick<Paths, 'logs'>;
  readonly system: Pick<System, 'now' | 'uid' | 'env'>;
  readonly name: string;
}): Log {
  const { paths, system, name } = options;
  privateDirectory(paths.logs, system.uid);
  const file = new RotatingFile(join(paths.logs, `${name}.log`), LIMIT);
  return pino(
    {
      level: system.env.TUTTI_LOG ?? 'info',
      base: { pid: process.pid },
      timestamp: () => `,"time":"${new Date(system.now()).toISOString()}"`,
    },
    file,
  );
}
