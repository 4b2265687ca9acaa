import { existsSync, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** Thrown by whatever waits in a turn that was interrupted. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** A deadline that an interrupt cuts short. Nothing is waited for where `ms` is 0. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    if (signal.aborted) return fail(new Interrupted());
    if (ms === 0) return done();
    const stop = () => {
      clearTimeout(timer);
      fail(new Interrupted());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      done();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Waits until a file is there, by the folder's own events. */
export function fileAppears(options: {
  readonly cwd: string;
  readonly path: string;
  readonly signal: AbortSignal;
}): Promise<void> {
  const file = resolve(options.cwd, options.path);
  return new Promise((done, fail) => {
    if (options.signal.aborted) return fail(new Interrupted());
    const watcher = watch(dirname(file), (_, name) => {
      if ((name === null || name === basename(file)) && existsSync(file)) end(done);
    });
    const stop = () => end(() => fail(new Interrupted()));
    const end = (then: () => void) => {
      watcher.close();
      options.signal.removeEventListener('abort', stop);
      then();
    };
    options.signal.addEventListener('abort', stop, { once: true });
    watcher.on('error', error => end(() => fail(error)));
    if (existsSync(file)) end(done);
  });
}
