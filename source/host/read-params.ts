import { readSync } from 'node:fs';
import type { HostParams } from '../protocol/host.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { OLDEST_PROTOCOL } from '../protocol/version.ts';

/** An environment may have a megabyte; what is longer is no line of ours. */
const LONGEST = 16 * 1024 * 1024;

/**
 * The one line of parameters on stdin, read before anything else happens. Undefined when it ends without a newline: whoever
 * starts us died while writing, and nothing may be left behind.
 */
export function readParamsLine(file: number): string | undefined {
  const parts: Buffer[] = [];
  let length = 0;
  const chunk = Buffer.alloc(64 * 1024);
  for (;;) {
    const read = readSome(file, chunk);
    if (read === 0 || length > LONGEST) return undefined;
    const end = chunk.subarray(0, read).indexOf(10);
    parts.push(Buffer.from(chunk.subarray(0, end === -1 ? read : end)));
    length += read;
    if (end !== -1) return Buffer.concat(parts).toString('utf8');
  }
}

/** Only what would break the host itself is looked at: the line comes from tutti. */
export function parseParams(line: string): HostParams {
  let params: HostParams;
  try {
    params = JSON.parse(line);
  } catch (cause) {
    throw new TuttiError('usage', 'The parameters of a host are not JSON.', { cause });
  }
  const wrong = fault(params);
  if (wrong) throw new TuttiError('usage', `The parameters of a host are wrong: ${wrong}.`);
  return params;
}

function fault(params: HostParams): string | undefined {
  if (typeof params !== 'object' || params === null) return 'they are no object';
  if (!(params.protocol >= OLDEST_PROTOCOL)) return `the protocol ${params.protocol} is not spoken here`;
  for (const name of ['session', 'name', 'bundle', 'socket', 'secret', 'cwd'] as const) {
    if (typeof params[name] !== 'string' || params[name] === '') return `${name} is missing`;
  }
  if (!Array.isArray(params.argv) || params.argv.length === 0) return 'argv is empty';
  const strings = [...params.argv, params.cwd, ...Object.entries(params.env ?? {}).flat()];
  if (strings.some(text => typeof text !== 'string' || text.includes('\0'))) return 'a string holds a zero character';
  if (!isSize(params.columns) || !isSize(params.rows)) return `the size is ${params.columns}x${params.rows}`;
  return undefined;
}

function isSize(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= 2000;
}

function readSome(file: number, into: Buffer): number {
  try {
    return readSync(file, into);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EOF') return 0;
    throw error;
  }
}
