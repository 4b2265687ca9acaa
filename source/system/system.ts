import { userInfo } from 'node:os';
import { TuttiError } from '../protocol/rpc.ts';

/** Time, randomness, environment and home, so that no test alters the real ones. The only place that reads them. */
export interface System {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly uid: number;
  readonly user: string;
  readonly platform: NodeJS.Platform;
  readonly pid: number;
  readonly cwd: () => string;
}

/** The real one. `HOME` is believed before the password file, as shells do. */
export function realSystem(): System {
  return {
    now: Date.now,
    // Loaded when it is needed: the first frame needs none.
    random: size => process.getBuiltinModule('node:crypto').randomBytes(size),
    env: process.env,
    home: homeOf(process.env.HOME),
    uid: process.getuid?.() ?? 0,
    // As this one is: the password file takes a start 2 ms.
    get user() {
      return userInfo().username;
    },
    platform: process.platform,
    pid: process.pid,
    cwd: workingDirectory,
  };
}

/** An empty or relative one would have everything written into whatever folder one stands in. */
function homeOf(named: string | undefined): string {
  return named?.startsWith('/') ? named : userInfo().homedir;
}

/** @throws TuttiError `unavailable` where it has been deleted under us. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new TuttiError(
      'unavailable',
      'The directory that this shell stands in is gone. Go to another one and start tutti there.',
      { cause },
    );
  }
}
