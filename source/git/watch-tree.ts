import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { oneByOne } from '../system/one-by-one.ts';
import type { WatchEvent, WatcherBinding, WatchListener } from './watcher-binding.ts';

export interface TreeWatch {
  readonly close: () => Promise<void>;
}

export interface TreeWatchOptions {
  readonly watcher: WatcherBinding;
  readonly folder: string;
  readonly ignored: readonly string[];
  readonly onEvents: (events: readonly WatchEvent[]) => void;
  /** The folder is gone, or the system has given the watch up: nothing comes any more. */
  readonly onLost: (error: Error | null) => void;
}

/** Longer than the watcher gathers events itself (50 ms): what it has seen has arrived by then. */
const SETTLED_MS = 150;
const MOST_LOOKED_INTO = 500;

/**
 * Watches a folder and all below it. On Linux the watcher sees a new folder only after it is there: what is below it by then
 * (`mkdir -p a/b`, a folder moved in) it never watches. So new folders are looked into once, and where one holds a folder that
 * the watcher said nothing of, all is subscribed to anew.
 */
export async function watchTree(options: TreeWatchOptions): Promise<TreeWatch> {
  const { watcher, folder, ignored, onEvents, onLost } = options;
  const filter = { ignorePaths: ignored };
  let isClosed = false;
  let created = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  /** One after the other, so that closing ends what was subscribed to last. */
  const inTurn = oneByOne();

  const listener: WatchListener = (error, events) => {
    if (isClosed) return;
    if (error || events.some(event => event.path === folder && event.type === 'delete')) return onLost(error);
    onEvents(events);
    for (const event of events) if (event.type === 'create') created.add(event.path);
    if (created.size > 0) timer ??= setTimeout(() => void inTurn(lookInto), SETTLED_MS).unref();
  };

  const lookInto = async () => {
    timer = undefined;
    const seen = created;
    created = new Set();
    const missed = await findMissed({ seen, ignored });
    if (missed === undefined || isClosed) return;
    await watcher.unsubscribe(folder, listener, filter);
    try {
      await watcher.subscribe(folder, listener, filter);
      onEvents([{ path: missed, type: 'update' }]);
    } catch (error) {
      onLost(error instanceof Error ? error : new Error(String(error)));
    }
  };

  await watcher.subscribe(folder, listener, filter);
  return {
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(timer);
      await inTurn(() => watcher.unsubscribe(folder, listener, filter)).catch(() => undefined);
    },
  };
}

/** A folder within a new one of which no event came. */
async function findMissed({
  seen,
  ignored,
}: {
  readonly seen: ReadonlySet<string>;
  readonly ignored: readonly string[];
}): Promise<string | undefined> {
  let count = 0;
  for (const path of seen) {
    count += 1;
    if (count > MOST_LOOKED_INTO) return path;
    if (!(await stat(path).catch(() => undefined))?.isDirectory()) continue;
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    const missed = entries
      .filter(entry => entry.isDirectory())
      .map(entry => join(path, entry.name))
      .find(each => !seen.has(each) && !ignored.includes(each));
    if (missed !== undefined) return missed;
  }
  return undefined;
}
