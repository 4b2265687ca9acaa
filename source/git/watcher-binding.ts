import { createRequire } from 'node:module';

/**
 * The native part of @parcel/watcher, called without its JavaScript: that takes a path with brackets for a pattern, and it is
 * not there beside a bundle in the runtime folder, where the binary alone is copied to.
 */
export interface WatcherBinding {
  readonly subscribe: (folder: string, listener: WatchListener, options: WatchFilter) => Promise<void>;
  readonly unsubscribe: (folder: string, listener: WatchListener, options: WatchFilter) => Promise<void>;
}

export type WatchListener = (error: Error | null, events: readonly WatchEvent[]) => void;

export interface WatchEvent {
  readonly path: string;
  readonly type: 'create' | 'update' | 'delete';
}

export interface WatchFilter {
  /** Absolute folders that get no watch of the system's. */
  readonly ignorePaths: readonly string[];
}

/** Loads the binary at a path, or the package's own. */
export function loadWatcher(binary: string = findWatcherBinary()): WatcherBinding {
  return createRequire(import.meta.url)(binary) as WatcherBinding;
}

/** The package's binary for this system. */
function findWatcherBinary(): string {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve('@parcel/watcher'));
  const system = `@parcel/watcher-${process.platform}-${process.arch}`;
  const names = process.platform === 'linux' ? [`${system}-glibc`, `${system}-musl`] : [system];
  for (const name of names) {
    try {
      return resolve(name);
    } catch {
      // npm installs the one that fits only.
    }
  }
  throw new Error(`@parcel/watcher has no binary for ${process.platform} ${process.arch}`);
}
