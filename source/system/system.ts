import { homedir, userInfo } from 'node:os';

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
    home: process.env.HOME || homedir(),
    uid: process.getuid?.() ?? 0,
    user: userInfo().username,
    platform: process.platform,
    pid: process.pid,
    cwd: () => process.cwd(),
  };
}
